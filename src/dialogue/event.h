/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event: what a dialogue is told. One kind for all dialogues (dialogue/dialogue.h): each ignores
 * what is not for it.
 *
 * An event and all it points to is for the call only.
 */
#ifndef PASAPAS_DIALOGUE_EVENT_H
#define PASAPAS_DIALOGUE_EVENT_H

#include "base/date.h"
#include "model/calibration.h"

#include <stdbool.h>
#include <stdint.h>

struct microphone_report; /* dialogue/microphone_state.h */
struct page_seen;         /* dialogue/page_seen.h */

enum event_kind {
    /* For each dialogue: */
    EVENT_START,          /* the first one */
    EVENT_COME_BACK,      /* another dialogue was held meanwhile; what it said is said to its end */
    EVENT_LEAVE,          /* somebody wants to be elsewhere: it ends */
    EVENT_COMMAND,        /* command, argument */
    EVENT_DOUBTFUL,       /* a voice said it, not clearly. command, argument, text */
    EVENT_NOT_UNDERSTOOD, /* text: what was typed, or NULL for a voice */
    EVENT_TYPED,          /* text: no phrase, but dialogue_takes_text() says yes */
    EVENT_SECRET,         /* something was typed that may be a secret: nothing is told of it */
    EVENT_PAUSE_OVER,     /* the pause of dialogue_pause_ms() after what was said */

    /* Answers to effects (dialogue/effect.h): */
    EVENT_SAVED,          /* EFFECT_SAVE_MARK */
    EVENT_UNSAVED,        /* EFFECT_SAVE_MARK where nothing is kept: it is not on disk */
    EVENT_SAVE_FAILED,    /* EFFECT_SAVE_MARK; text: the reason */
    EVENT_TOLD,           /* EFFECT_LEARNER; text: what is to be told of it */
    EVENT_ECHO_CHECKED,   /* EFFECT_CHECK_ECHO; text: what was found, or NULL: it cannot be */
    EVENT_MEASURED,       /* EFFECT_MEASURE_GAIN */
    EVENT_SPEECH_REFUSED, /* EFFECT_SETTINGS: the way of speaking that was chosen is not there */

    EVENT_PAGE, /* EFFECT_PAGE; page */

    /* Of the enrolment: */
    EVENT_SAYING /* a saying of enrolment_phrase() was judged: answer; text: the phrase that it was,
                    with CALIBRATION_OTHER */
};

struct event {
    enum event_kind kind;
    int command;  /* enum command */
    int argument; /* as the vocabulary has it (dialogue_vocabulary()), else 0 */
    const char *text;
    enum calibration_answer answer;
    /* What was measured since EFFECT_MEASURE_MICROPHONE was carried out; NULL: there is no
     * microphone. */
    const struct microphone_report *microphone;
    const struct page_seen *page; /* EVENT_PAGE */
    bool is_hearing;              /* EVENT_PAUSE_OVER: somebody may be speaking just now */
    struct date today;
    int64_t at; /* seconds since 1970-01-01 UTC */
};

#endif
