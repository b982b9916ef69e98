/*
 * session_state: what the files of the session share. Not for anybody else.
 *
 *   dialogue/session/session.c             events and commands: what happens
 *   dialogue/session/session_speech.c      what is said: sentences put together from messages and
 * guide dialogue/session/session_list.c        the monthly list: marks, what is left, until when
 *   dialogue/session/session_learner.c     who is learning; reminders and session log
 *   dialogue/session/session_vocabulary.c  what can be said or typed
 *   dialogue/session/session_access.c      hearing again, other words for the same, settings of
 * reading dialogue/session/session_scan.c        going through the choices with a switch
 */
#ifndef PASAPAS_DIALOGUE_SESSION_SESSION_STATE_H
#define PASAPAS_DIALOGUE_SESSION_SESSION_STATE_H

#include "base/strbuf.h"
#include "dialogue/session/session.h"
#include "model/window.h"

/* Where the learner is. */
enum place {
    PLACE_PATHS,       /* choosing a path */
    PLACE_CONTENTS,    /* choosing a section */
    PLACE_STEP,        /* at a step */
    PLACE_SECTION_END, /* behind the last step of a section */
    PLACE_PATH_END     /* behind the last section */
};

/* What was asked and not yet answered. */
enum question {
    QUESTION_NONE,
    QUESTION_RESUME,    /* go on where you were? */
    QUESTION_NEED,      /* have you got this? (session->need) */
    QUESTION_READ_BACK, /* did you really do this step? */
    QUESTION_CLEAR,     /* clear what is done in this section? */
    QUESTION_DOUBT,     /* did you say this? (session->doubt) */
    QUESTION_LEARNER,   /* who is there, and what is to be done? A choice of a list. */
    QUESTION_NAME,      /* which name? It is typed. */
    QUESTION_REMINDERS, /* switch reminders on, or off? */
    QUESTION_LOG,       /* agree to a log, or stop it? */
    /* These insist: */
    QUESTION_LEAVE,   /* leave the unfinished monthly list? */
    QUESTION_CONFIRM, /* do what was asked with the learner? (session->wish) */
    QUESTION_UNSAVED  /* go on without saving? */
};

/* What is on its way to the disk and told only once it is there. */
enum pending { PENDING_NONE, PENDING_MARK, PENDING_UNMARK, PENDING_CLEAR };

struct session {
    struct session_config
        config; /* its ids, record and settings are not used after session_new() */
    const struct guide *guide;
    const struct messages *messages;
    struct learner_record record;
    struct settings settings;

    enum place place;
    int path;    /* position in the guide, or -1 */
    int section; /* position in the path, or -1 */
    int step;    /* position in the section; PLACE_STEP only */

    enum question question;
    int need; /* QUESTION_NEED: position */
    struct {
        int command, argument;
        char *phrase;         /* what was heard */
        enum question before; /* the question that it put aside */
    } doubt;

    char *name;    /* of the learner, or NULL */
    bool starting; /* a question of the start is open: the session itself has not begun */
    bool reminded; /* the start spoke of the windows already */
    struct {
        enum learner_request request;
        char *name; /* LEARNER_OPEN and LEARNER_RENAME: the new name, or NULL */
    } wish;

    enum pending pending;                   /* waiting for EVENT_SAVED */
    struct learner_record before;           /* PENDING_*: what is on disk, to go back to */
    bool marked_here;                       /* a mark of this visit can be undone... */
    int undo_path, undo_section, undo_step; /* ...at this step */

    bool paused;
    int help_page; /* the next one */
    int help_from; /* the first command of the page told last */
    bool spelled;  /* the next spelling is by example words */
    bool slowly;   /* what is said now is to be said slowly */
    struct {
        bool on; /* a choice was told and may be taken */
        int page, at, rounds;
    } scan;
    int misses; /* in a row */

    char **last; /* what "repeat" says again, one utterance an item */
    size_t last_count, last_capacity;

    /* While an event is handled. */
    struct date today;
    int64_t at;
    struct effects *effects;
    bool spoke; /* the event has said something: what follows is queued behind it */
};

/* The present path, section and step; NULL where there is none. */
const struct guide_path *session_path(const struct session *session);
const struct guide_section *session_section(const struct session *session);
const struct guide_step *session_step(const struct session *session);

/* --- dialogue/session/session_speech.c
 * ------------------------------------------------------------------------ */

void session_effect(struct session *session, enum effect_kind kind);

/* Says a text once. Takes it over. */
void session_say(struct session *session, char *text);
/* Prints a text without saying it. Takes it over. */
void session_print(struct session *session, char *text);
/* Says a text letter by letter. */
void session_spell(struct session *session, const char *text, bool examples);
/* Says a text that "repeat" says again. Takes it over. */
void session_tell(struct session *session, char *text);
/* Says `before` and the text in one line; only the text is repeated. Takes both over. */
void session_tell_after(struct session *session, char *before, char *text);
/* What is told from here on replaces what "repeat" says. */
void session_new_topic(struct session *session);
void session_repeat(struct session *session);

/* A message of the pack, as text. */
#define session_text(session, ...) messages_format((session)->messages, __VA_ARGS__)
/* A number as text, in a buffer of the caller. */
const char *number_text(char buffer[16], long number);

/* Tells the present place: the choices, or the step with its warning. */
void session_tell_place(struct session *session);
/* The same for a step, with `before` (or NULL) in front of it. Takes it over. */
void session_tell_step(struct session *session, char *before);
void session_tell_question(struct session *session);
void session_say_where(struct session *session);
void session_say_help(struct session *session);
void session_tell_help_command(struct session *session, enum command command);
/* The commands that help told last (or would tell first): `ret` from *ret_from up to the count
 * returned; `ret` holds COMMAND_COUNT. */
size_t session_help_told(const struct session *session, enum command *ret_commands,
                         size_t *ret_from);
void session_say_not_understood(struct session *session);

/* --- dialogue/session/session_list.c
 * -------------------------------------------------------------------------- */

/* The window of a section, or state WINDOW_WRONG_CLOCK and month 0 if it has none. */
struct window session_period(const struct session *session, const struct guide_section *section);
/* The list a section is marked in today: the open month's, else the one without a month. */
struct month session_list_month(const struct session *session, const struct guide_section *section);
const struct learner_record_mark *session_mark_of(const struct session *session,
                                                  const struct guide_section *section, int step);
/* Steps of a section that are marked, and how many of all are not. */
void session_count(const struct session *session, const struct guide_section *section,
                   int *ret_marked, int *ret_left);
/* True if a window is open, the section is the present one, and a step that counts is open. */
bool session_is_unfinished(const struct session *session);
/* "3 étapes faites, 2 restent." */
char *session_counts_text(const struct session *session, int marked, int left);
/* "Vous avez jusqu'au 15 décembre : 12 jours." or NULL outside a window. */
char *session_deadline_text(const struct session *session, const struct guide_section *section);
/* Says what is left to do in the present monthly list, and until when. */
void session_say_left(struct session *session);
/* Says which windows are open and not done, and until when; false if there is none. */
bool session_remind(struct session *session);
/* Says whether a section's window is open, until when, or when the next one opens. */
void session_say_period(struct session *session, const struct guide_section *section);
/* The same for every section that has one. */
void session_say_periods(struct session *session);
void session_say_history(struct session *session);
/* Says which needs of the present section were missing, if any. */
void session_say_missing(struct session *session);
/* "étape 3" of "étape 3, étape 4 et étape 5": adds an item to a list being written. */
void session_list_add(const struct session *session, struct strbuf *list, const char *item,
                      size_t position, size_t count);

/* --- dialogue/session/session_learner.c
 * ----------------------------------------------------------------------- */

/* The list that QUESTION_LEARNER offers: how many choices, and what one is called. */
size_t session_learner_choices(const struct session *session);
char *session_learner_choice(const struct session *session, size_t choice);
void session_tell_learners(struct session *session);
void session_tell_confirm(struct session *session);
void session_tell_setting(struct session *session);
/* What is said at the start of who is there. */
void session_say_hello(struct session *session);

void session_do_learner(struct session *session);
void session_do_reminders(struct session *session);
void session_do_log(struct session *session);
void session_choose_learner(struct session *session, size_t choice);
void session_take_name(struct session *session, const char *text);
void session_answer_confirm(struct session *session, bool yes);
void session_answer_setting(struct session *session, enum question question, bool yes);

/* --- dialogue/session/session.c, for the above
 * ----------------------------------------------------------------- */

void session_ask(struct session *session, enum question question);
/* Back to where the learner is; at the start: on with it. */
void session_go_on(struct session *session);

/* --- dialogue/session/session_vocabulary.c
 * --------------------------------------------------------------------- */

/* What a choice means: a section or path by position, a step of the present section, or a choice of
 * the list of learners. */
enum choice_kind {
    CHOICE_SECTION = 1000,
    CHOICE_PATH = 2000,
    CHOICE_STEP = 3000,
    CHOICE_LEARNER = 4000
};

/* True if the command can be carried out here. */
bool session_allows(const struct session *session, enum command command);
/* The command's first phrase and its key (NULL if none), as help names them. */
const char *session_phrase(const struct session *session, enum command command);
const char *session_key(const struct session *session, enum command command);
/* The commands that help tells here, the most useful first; `ret` holds COMMAND_COUNT. */
size_t session_help_commands(const struct session *session, enum command *ret_commands);

/* --- dialogue/session/session_access.c
 * ------------------------------------------------------------------------ */

/* Carries out a command of these two files, beside any question; false if it is none. */
bool session_carry_out_access(struct session *session, enum command command, int argument);
/* One command's help line and its other phrases. */
void session_say_help_of(struct session *session, enum command command);
void session_say_phrasings(struct session *session);

/* --- dialogue/session/session_scan.c
 * -------------------------------------------------------------------------- */

/* Tells the next choice of the moment, or the first one. */
void session_scan_next(struct session *session);
/* The same by itself, after a pause: ends after two rounds. */
void session_scan_tick(struct session *session);
/* Takes the choice told last: true, and what it is; false if scanning only began or went on. */
bool session_scan_take(struct session *session, int *ret_command, int *ret_argument);

#endif
