/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * heard: what was heard, as it is handed on from the listener to whoever acts on it.
 *
 * Thread: an event belongs to whoever has it.
 */
#ifndef PASAPAS_LISTEN_HEARD_H
#define PASAPAS_LISTEN_HEARD_H

#include "listen/evidence.h"
#include "listen/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* HEARD_ONSET is followed by HEARD_PHRASE or HEARD_NOTHING; what stops speech may be told before
 * the silence after it is long enough, and then HEARD_NOTHING ends it. */
enum heard_kind {
    HEARD_ONSET,   /* somebody may have begun to speak */
    HEARD_PHRASE,  /* see verdict; `phrase` may be NULL when rejected */
    HEARD_NOTHING, /* what had begun at HEARD_ONSET was too short, noise, or no command so far */
    HEARD_NOTICE, /* something is wrong with what listens; `error` says what; HEARD_READY follows */
    HEARD_READY,  /* the recogniser is loaded and listens */
    HEARD_FAILED  /* the recogniser cannot be used; `error` says why */
};

struct heard {
    enum heard_kind kind;
    char *phrase; /* the best phrase's text, or NULL; owned, as are samples and error */
    int command;  /* its command and argument, see model/vocabulary.h */
    int argument;
    bool costly;              /* see struct hypothesis */
    double confidence;        /* 0..1 */
    struct evidence evidence; /* for it, see listen/recog.h */
    enum verdict verdict;     /* in this situation; see heard_verdict() */
    struct situation situation;
    double start_s;     /* of the speech, seconds since listening began, without pre-roll */
    double end_s;       /* the same for its end */
    double decision_ms; /* from the end of speech to the verdict: hangover and decoding */
    int16_t *samples;   /* at LISTENING_RATE, with pre-roll: only while learning, else NULL */
    size_t sample_count;
    char *error; /* in words */
};

void heard_free(struct heard *heard); /* frees what it holds, and empties it */

/* What is to be done with a HEARD_PHRASE, by what the program is doing; `again`: it is a second try
 * (listen/second_try.h). */
enum verdict heard_verdict(const struct heard *heard, enum verdict_context context, bool again);

#endif
