/*
 * rules: the tables of the dialogue (model/command.def, rules.def) as data, and what follows from
 * them alone: what is possible now, and in which order help tells it.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_RULES_H
#define PASAPAS_DIALOGUE_SESSION_RULES_H

#include "dialogue/session/state.h"

typedef struct next (*command_handler)(struct session *session, const struct request *request);

struct command_rule {
    unsigned flags; /* enum command_flag */
    bool (*possible)(const struct session *session);
    command_handler run;
    int value; /* for `run` */
    int help;  /* place in help, from 1; 0: not there */
};

/* Names that can be said besides commands. */
enum names {
    NAMES_PATHS = 1 << 0,
    NAMES_SECTIONS = 1 << 1,
    NAMES_LEARNERS = 1 << 2,
    NAMES_WORDS = 1 << 3 /* of the glossary, as far as the step uses them */
};

struct place_rule {
    void (*tell)(struct session *session);
    char *(*where)(const struct session *session); /* to be freed */
    command_handler next, previous;
    enum choice_kind choices;
    unsigned names; /* enum names */
};

enum question_flag {
    QUESTION_INSISTS = 1 << 0,
    QUESTION_NO_YES = 1 << 1,
    QUESTION_ONLY_NAMES = 1 << 2
};

struct question_rule {
    void (*ask)(struct session *session);
    /* The question is no longer open when this is called. */
    struct next (*answer)(struct session *session, enum question asked, bool yes);
    int yes, no;              /* a command that means it too, or COMMAND_NONE */
    command_handler next;     /* or NULL */
    enum choice_kind choices; /* CHOICE_NONE: those of the place */
    unsigned names, flags;
};

struct choice_rule {
    enum choice_kind kind;
    size_t (*count)(const struct session *session);
    char *(*title)(const struct session *session, size_t position); /* to be freed */
    const char *(*phrase)(const struct session *session);           /* of the first one */
    struct next (*take)(struct session *session, size_t position);
    enum message help;
};

const struct command_rule *command_rule(int command);
const struct place_rule *place_rule(enum place place);
const struct question_rule *question_rule(enum question question);

/* The choices of the moment: those of the question, else those of the place. */
const struct choice_rule *session_choices(const struct session *session);
/* The choice that an argument of COMMAND_CHOOSE means, or NULL if there is none. */
const struct choice_rule *session_find_choice(const struct session *session, int argument,
                                              size_t *ret_position);

/* Facts that the tables ask and answer: is there something to choose, is "yes" an answer? */
bool session_has_choices(const struct session *session);
bool session_takes_yes(const struct session *session);

/* True if only commands with COMMAND_INSISTING are carried out now. */
bool session_insists(const struct session *session);
/* True if the command can be carried out here. */
bool session_allows(const struct session *session, enum command command);
/* The commands that help tells here, the most useful first; `ret` holds COMMAND_COUNT. */
size_t session_help_commands(const struct session *session, enum command *ret_commands);

#endif
