/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state: a session as its files see it: where the learner is, what was asked, what is on its way to
 * the disk, and what comes next. For the files of this folder only.
 *
 * Each file is one feature; features do not call each other, they are reached through the tables
 * (rules.h) and return what comes next. What they share:
 *
 *   say        saying, repeating, texts and dates
 *   facts      what is true here and now
 *   checklist  marks, what is left, windows
 *   phrases    how commands and choices are called, what can be said
 */
#ifndef PASAPAS_DIALOGUE_SESSION_STATE_H
#define PASAPAS_DIALOGUE_SESSION_STATE_H

#include "dialogue/dialogue.h"
#include "dialogue/session/config.h"
#include "model/command.h"
#include "model/vocabulary.h"

enum place {
#define PLACE(id, tell, where, next, previous, choices, names, asked, first, second) PLACE_##id,
#define QUESTION(...)
#define CHOICE(...)
#include "dialogue/session/tables.def"
#undef PLACE
#undef QUESTION
#undef CHOICE
    PLACE_COUNT
};

enum question {
#define QUESTION(id, ask, asked, about, answer, yes, no, next, choices, names, flags) QUESTION_##id,
#define PLACE(...)
#define CHOICE(...)
#include "dialogue/session/tables.def"
#undef PLACE
#undef QUESTION
#undef CHOICE
    QUESTION_COUNT
};

/* The argument of COMMAND_CHOOSE: one of these and a position. */
enum choice_kind {
#define CHOICE(id, first, count, title, phrase, take, help) CHOICE_##id = (first),
#define PLACE(...)
#define QUESTION(...)
#include "dialogue/session/tables.def"
#undef PLACE
#undef QUESTION
#undef CHOICE
    CHOICE_NONE = 0
};

/* What a handler leaves to be done: it says what it has to say and returns one of these. */
enum next_kind {
    NEXT_STAY,  /* nothing */
    NEXT_GO_ON, /* on with the start, or back to where the learner is */
    NEXT_TELL,  /* tell again what is asked, or the place */
    NEXT_PLACE, /* go to a place and tell it */
    NEXT_STEP,  /* go to a step of the section, from 0, and tell it */
    NEXT_ASK,   /* ask a question */
    NEXT_RUN,   /* carry out a command */
    NEXT_CANNOT /* tell that a command is not possible here, and what is asked */
};

struct next {
    enum next_kind kind;
    int what;     /* the place, step, question or command */
    int argument; /* of the command */
};

static inline struct next next_stay(void)
{
    return (struct next){.kind = NEXT_STAY};
}

static inline struct next next_go_on(void)
{
    return (struct next){.kind = NEXT_GO_ON};
}

static inline struct next next_tell(void)
{
    return (struct next){.kind = NEXT_TELL};
}

static inline struct next next_place(enum place place)
{
    return (struct next){.kind = NEXT_PLACE, .what = (int)place};
}

static inline struct next next_step(int step)
{
    return (struct next){.kind = NEXT_STEP, .what = step};
}

static inline struct next next_ask(enum question question)
{
    return (struct next){.kind = NEXT_ASK, .what = (int)question};
}

static inline struct next next_run(int command, int argument)
{
    return (struct next){.kind = NEXT_RUN, .what = command, .argument = argument};
}

static inline struct next next_cannot(enum command command)
{
    return (struct next){.kind = NEXT_CANNOT, .what = (int)command};
}

/* A command as its handler gets it. */
struct request {
    int argument;        /* of the phrase: a choice, a word; else 0 */
    int value;           /* of the command's row */
    enum question asked; /* the question that it put aside */
};

struct session {
    struct session_config config; /* its ids, record and settings are not used after the start */
    const struct guide *guide;
    const struct messages *messages;
    struct learner_record record;
    struct settings settings;

    enum place place;
    int path;    /* position in the guide, or -1 */
    int section; /* position in the path, or -1 */
    int step;    /* position in the section; PLACE_STEP only */

    const struct guide_step
        *told; /* the step told last: from then on what it asks for may be typed */

    struct { /* what is looked for on the page; NULL: nothing */
        const struct guide_step *step;
        bool moves;
        const struct guide_step *watched; /* whose label is watched for; NULL: none */
        bool pressed;                     /* it was asked whether that is done */
    } page;

    enum question question;
    int need; /* QUESTION_NEED, NEED_WHY: position */
    /* Which are asked: those never answered; also those that were missing; all. */
    enum { NEEDS_OPEN, NEEDS_OPEN_OR_MISSING, NEEDS_ALL } asking_needs;
    struct {
        int command, argument;
        char *phrase; /* what was heard */
    } doubt;
    enum question below[QUESTION_COUNT]; /* what a question that returns put aside */
    int go;                              /* QUESTION_GO: what is to be chosen */
    char *rest;                          /* QUESTION_MORE: what is not explained yet; else NULL */
    const char *later;                   /* id of the section to go to once a path is chosen */

    struct vocabulary found; /* QUESTION_WHICH: what was typed may mean each of these */

    struct { /* QUESTION_VOICE: voices are being tried */
        bool on;
        int turn;                 /* when the last one was taken */
        enum settings_speech way; /* of speaking: each has voices of its own */
        char *before;             /* the voice before the first of them, or NULL: the usual one */
    } trial;

    char *name;    /* of the learner, or NULL */
    bool starting; /* a question of the start is open: the session itself has not begun */
    bool reminded; /* the start spoke of the windows already */
    int turns;     /* how often the learner has said something */
    struct {       /* when the state of the months was told last */
        bool once;
        int turn;
        int64_t at;
    } months_told;
    struct {
        enum learner_request request;
        char *name; /* LEARNER_OPEN and LEARNER_RENAME: the new name, or NULL */
    } wish;

    /* What is told once the record is on the disk; NULL: nothing is on its way there. */
    struct next (*told_when_saved)(struct session *session);
    struct learner_record before;           /* what is on the disk meanwhile, to go back to */
    bool place_lost;                        /* the last place is not on the disk */
    bool marked_here;                       /* a mark of this visit can be undone... */
    int undo_path, undo_section, undo_step; /* ...at this step */

    bool paused;
    bool at_start; /* no step was told yet: help tells what the greeting left out */
    int help_page; /* the next one */
    int help_from; /* the first command of the page told last */
    bool spelled;  /* the next spelling is by example words */
    bool slowly;   /* what is said now is to be said slowly */
    struct {
        bool on; /* a choice was told and may be taken */
        int page, at, rounds;
    } scan;
    int misses;       /* in a row */
    int repeats;      /* in a row */
    bool met_silence; /* a silence after the question was met already */

    struct utterance *last; /* what "repeat" says again */
    size_t last_count, last_capacity;

    /* While an event is handled. */
    struct date today;
    int64_t at;
    struct effects *effects;
    enum question open; /* the question when it came, or when its command began */
    char *prefix;       /* said in one line with the step that is told next, or NULL */
};

/* The present path, section and step; NULL where there is none. */
const struct guide_path *session_path(const struct session *session);
const struct guide_section *session_section(const struct session *session);
const struct guide_step *session_step(const struct session *session);

/* Goes to a place, tells it and keeps it. Of several on the way, all but the last go through here;
 * the last one is returned. */
void session_enter(struct session *session, enum place place);
/* Keeps where the learner is. */
void session_save_place(struct session *session);

#endif
