/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * effect: what a dialogue wants to be done, as a list to be carried out in order.
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_EFFECT_H
#define PASAPAS_DIALOGUE_EFFECT_H

#include "reading/utterance.h"

#include <stdbool.h>
#include <stddef.h>

struct settings;

enum effect_kind {
    EFFECT_SAY,     /* utterance: print it and speak it */
    EFFECT_PRINT,   /* utterance: print it, stay silent */
    EFFECT_SILENCE, /* stop speaking, forget what was to be said */
    EFFECT_PAUSE,   /* stop speaking, keep the place */
    EFFECT_RESUME,  /* go on with the sentence that was paused */

    EFFECT_VOCABULARY, /* what can be said changed (dialogue_vocabulary()) */
    EFFECT_SETTINGS,   /* settings: they changed, apply and save them */
    EFFECT_SAVE_PLACE, /* save the record; a failure is only logged and told once */
    EFFECT_SAVE_MARK,  /* save the record, then EVENT_SAVED, EVENT_UNSAVED or EVENT_SAVE_FAILED */
    EFFECT_LEARNER,    /* request, name: carried out behind all others */

    EFFECT_GUIDE, /* name: the id of another guide; carried out behind all others */

    EFFECT_PAGE,       /* name: labels with tabs between, or NULL; where are they and the focus?
                        * Answered by EVENT_PAGE */
    EFFECT_PAGE_WATCH, /* name: the labels to watch for, or NULL: none; EVENT_PAGE tells of it */
    EFFECT_PAGE_END,   /* the page is looked at no longer */

    EFFECT_SOUND_SETUP, /* another dialogue begins: the sound check (dialogue/sound_setup.h) */
    EFFECT_ENROLMENT,   /* another dialogue begins: learning the voice (dialogue/enrolment.h) */
    EFFECT_OVER,        /* this dialogue is over */
    EFFECT_QUIT,        /* speech goes on to its end, then the program ends */

    /* Of the sound check: */
    EFFECT_MEASURE_MICROPHONE, /* once all is said */
    EFFECT_CHECK_ECHO,         /* play and listen (dsp/echo_probe.h), then EVENT_ECHO_CHECKED */

    /* Of the enrolment, about what it was taught (model/calibration.h): */
    EFFECT_MEASURE_PHRASE, /* phrase: it was said twice; measure it, and save */
    EFFECT_MEASURE_GAIN,   /* measure what all of it is worth, and save, then EVENT_MEASURED */
    EFFECT_DROP_HALVES,    /* forget what was said once only */
    EFFECT_KEEP,           /* take what is not kept yet into use, and save */
    EFFECT_DROP,           /* forget what is not kept yet, and save */
    EFFECT_CALIBRATION     /* listen by what is known now */
};

/* All but the export end the session: another one is to be made, for the learner that is then
 * there. */
enum learner_request {
    LEARNER_OPEN,   /* name (NULL: the one without a name), known or new */
    LEARNER_GUEST,  /* nobody: nothing is kept */
    LEARNER_RENAME, /* the present learner is called `name` from now on */
    LEARNER_EXPORT, /* a copy of what is kept, in a file of its own: answered by EVENT_TOLD */
    LEARNER_RESET,  /* the present learner begins anew */
    LEARNER_DELETE  /* the present learner is forgotten */
};

struct effect {
    enum effect_kind kind;
    struct utterance utterance;
    const struct settings *settings; /* the dialogue's own, valid as long as it */
    enum learner_request request;
    char *name;         /* owned, or NULL */
    bool moves;         /* EFFECT_PAGE: the focus goes there */
    const char *phrase; /* of the pack */
};

/* Empty: {0}. */
struct effects {
    struct effect *items;
    size_t count;
    size_t capacity;
    bool spoke; /* the next text that is said is queued; else it replaces what is being said */
};

/* One more; the caller fills in what its kind has. Valid until the next one. */
struct effect *effects_add(struct effects *effects, enum effect_kind kind);
/* Says a text; its rule is set here. Takes the text over. */
void effects_say(struct effects *effects, struct utterance utterance);
/* Prints a text without saying it. Takes it over. */
void effects_print(struct effects *effects, char *text);
void effects_free(struct effects *effects); /* frees what it holds, and empties it */

#endif
