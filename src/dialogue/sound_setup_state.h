/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sound_setup_state: the sound check as its two files see it: its state, and the questions as a
 * table. For sound_setup.c and sound_setup_questions.c only.
 *
 * A question does not go to another one: it returns what comes next.
 */
#ifndef PASAPAS_DIALOGUE_SOUND_SETUP_STATE_H
#define PASAPAS_DIALOGUE_SOUND_SETUP_STATE_H

#include "dialogue/dialogue.h"
#include "dialogue/microphone_state.h"
#include "dialogue/sound_setup_config.h"
#include "model/command.h"

/* In the order in which they are asked. */
enum setup_question {
    SETUP_HEAR,     /* do you hear me? */
    SETUP_READER,   /* is there a screen reader? */
    SETUP_SHARE,    /* how do the two share the sound? A number. */
    SETUP_RATE,     /* which of two samples? A number. */
    SETUP_QUIET,    /* no question: the microphone is measured while it is quiet */
    SETUP_LISTEN,   /* how to listen? A number. */
    SETUP_ECHO,     /* no question: what the microphone hears of the loudspeaker */
    SETUP_EXERCISE, /* say "suivant" */
    SETUP_NOTHING   /* all was asked */
};

struct sound_setup {
    struct sound_setup_config config; /* its settings are not used after sound_setup_new() */
    const struct messages *messages;
    struct settings settings;

    enum setup_question question;
    bool reader;                   /* a screen reader is there */
    int slow, fast;                /* the two samples, words a minute */
    enum microphone_state trouble; /* what is to be mended, SETUP_QUIET */
    int again;                     /* the question was told again so often by itself */
    int tries;                     /* SETUP_EXERCISE */
    enum settings_speech before;   /* SETUP_SHARE: what to go back to */

    /* While an event is handled. */
    struct effects *effects;
    const struct microphone_report *microphone; /* or NULL */
};

enum setup_next {
    SETUP_STAY,   /* nothing */
    SETUP_ASK,    /* ask the same again */
    SETUP_GO_ON,  /* the next question that applies */
    SETUP_NO_IDEA /* say that it was not understood, and ask again */
};

#define SETUP_CHOICES_MAX 3

/* What can be chosen by number. */
struct setup_choices {
    int of[SETUP_CHOICES_MAX]; /* values of the setting */
    enum message says[SETUP_CHOICES_MAX];
    int count;
};

#define SETUP_HEARD_MAX 4

/* A row; what is NULL does not happen. */
struct setup_rule {
    bool (*applies)(const struct sound_setup *setup); /* NULL: always */
    void (*enter)(struct sound_setup *setup);         /* before it is asked for the first time */
    void (*ask)(struct sound_setup *setup);
    enum setup_next (*answer)(struct sound_setup *setup, bool yes);
    struct setup_choices (*choices)(const struct sound_setup *setup);
    void (*choose)(struct sound_setup *setup, int value);
    enum setup_next (*turn_rate)(struct sound_setup *setup,
                                 bool faster);          /* NULL: the voice itself */
    enum setup_next (*next)(struct sound_setup *setup); /* "suivant", where it is an answer */
    enum setup_next (*missed)(
        struct sound_setup *setup); /* something was said and not understood */
    int (*pause_ms)(const struct sound_setup *setup);
    enum setup_next (*pause_over)(struct sound_setup *setup);
    /* What is listened for besides what always is; COMMAND_NONE ends it. Few, so that little can be
     * mistaken: whoever is here for the first time has not been heard yet. */
    int heard[SETUP_HEARD_MAX + 1];
};

const struct setup_rule *setup_rule(enum setup_question question);

/* --- what both say ---------------------------------------------------------------------------- */

#define setup_say(setup, ...)                                                                      \
    setup_say_at(setup, 0, messages_format((setup)->messages, __VA_ARGS__))
/* At a rate (words a minute; 0: the learner's). Takes the text over. */
void setup_say_at(struct sound_setup *setup, int rate, char *text);
/* The settings changed. */
void setup_change_settings(struct sound_setup *setup);
/* The command's first phrase; its key, or NULL: keys that do not act alone are not offered. */
const char *setup_phrase(const struct sound_setup *setup, enum command command);
const char *setup_key(const struct sound_setup *setup, enum command command);
/* Turns the volume by SETUP_VOLUME_STEP, and says so. */
#define SETUP_VOLUME_STEP 40 /* percent; more than a step of the session: it must be heard */
enum setup_next setup_turn_volume(struct sound_setup *setup, bool louder);

#endif
