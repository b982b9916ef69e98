/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rules: the tables of the dialogue (model/command.def, tables.def) as data, and what follows from
 * them alone: what is possible now, and in which order help tells it.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_RULES_H
#define PASAPAS_DIALOGUE_SESSION_RULES_H

#include "dialogue/session/features.h"

/* Of a command, besides its flags (command_flags()). */
struct command_rule {
    fact *possible;
    command_handler *run;
    int value; /* for `run` */
    int help;  /* place in help, from 1; 0: not there */
};

/* Names that can be said besides commands. */
enum names {
    NAMES_PATHS = 1 << 0,
    NAMES_SECTIONS = 1 << 1,
    NAMES_TITLES = 1 << 2, /* of the choices, as they are told */
    NAMES_WORDS = 1 << 3   /* of the glossary, as far as the step uses them */
};

struct place_rule {
    teller *tell;
    where_teller *where;
    command_handler *next, *previous;
    enum choice_kind choices;   /* CHOICE_NONE: no list is told there */
    unsigned names;             /* enum names */
    enum message asked;         /* what is asked there, in other words */
    enum command first, second; /* that go on from it */
};

enum question_flag {
    QUESTION_INSISTS = 1 << 0,
    QUESTION_NO_YES = 1 << 1,
    QUESTION_ONLY_NAMES = 1 << 2,
    QUESTION_RETURNS = 1 << 3
};

struct question_rule {
    teller *ask;
    enum message asked;  /* the same in other words */
    topic_teller *about; /* what those name */
    answer_handler *answer;
    int yes, no;              /* a command that means it too, or COMMAND_NONE */
    command_handler *next;    /* or NULL */
    enum choice_kind choices; /* CHOICE_NONE: none */
    unsigned names, flags;    /* enum names, enum question_flag */
};

struct choice_rule {
    enum choice_kind kind;
    choice_counter *count;
    choice_namer *title;
    choice_sayer *phrase;
    choice_taker *take;
    enum message help;
};

const struct command_rule *command_rule(int command);
const struct place_rule *place_rule(enum place place);
const struct question_rule *question_rule(enum question question);

/* The row of a kind, or NULL for CHOICE_NONE. */
const struct choice_rule *choice_rule(enum choice_kind kind);

/* What a number chooses now: from the list of the question, or of the place if nothing is asked;
 * NULL where no list was told. */
const struct choice_rule *session_choices(const struct session *session);
/* The choice that an argument of COMMAND_CHOOSE means, or NULL if there is none. */
const struct choice_rule *session_find_choice(const struct session *session, int argument,
                                              size_t *ret_position);

/* True if only commands with COMMAND_INSISTING are carried out now. */
bool session_insists(const struct session *session);
/* True if the command can be carried out here. */
bool session_allows(const struct session *session, enum command command);
/* The same, but only of what acts even where a secret may be typed, while that is so. */
bool session_allows_here(const struct session *session, enum command command);
/* The commands that help tells here, the most useful first; `ret` holds COMMAND_COUNT. */
size_t session_help_commands(const struct session *session, enum command *ret_commands);

#endif
