/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sentence_maker: a sentence or an earcon to samples, and samples to blocks of the playout.
 *
 * Samples go into the playout as the engine makes them, so that the first is heard at once; what it
 * has no room for is kept for sentence_maker_flush(). Thread: one, which has the engine to itself;
 * no lock may be held across sentence_maker_open() and sentence_maker_make().
 */
#ifndef PASAPAS_SPEECH_SENTENCE_MAKER_H
#define PASAPAS_SPEECH_SENTENCE_MAKER_H

#include "reading/utterance.h"
#include "speech/synth.h"

#include <stdbool.h>
#include <stdint.h>

/* Words per minute. */
#define SENTENCE_MAKER_RATE 175

struct playout;
struct sentence_maker;
struct word_marks;

struct sentence_maker_config {
    const struct synth_driver *driver;
    const struct synth_config *synth;    /* for the driver, copied; what it points to outlives it */
    const struct reading_rules *reading; /* outlives it */
    struct playout *playout;             /* the same */
    struct word_marks *marks;            /* the same: told when each word is played */
};

struct sentence_maker *sentence_maker_new(const struct sentence_maker_config *config);
void sentence_maker_free(struct sentence_maker *maker); /* accepts NULL */

/* Gets the engine ready, the first time. */
void sentence_maker_open(struct sentence_maker *maker);

/* False once the engine turned out not to work. Any thread. */
bool sentence_maker_works(const struct sentence_maker *maker);

struct sentence_job {
    uint64_t number;     /* of the sentence; see dsp/playout.h */
    uint32_t generation; /* the same: an older one is not made to its end */
    enum utterance_kind kind;
    char *text;
    struct synth_params params;
    int gap_ms;      /* silence before it, at SENTENCE_MAKER_RATE: shorter when faster */
    int turn_ms;     /* silence at least, in which others may speak; 0: none */
    int output_rate; /* Hz */
};

/* Makes all of it. Nothing may be left of the one before: see below. */
void sentence_maker_make(struct sentence_maker *maker, const struct sentence_job *job);

/* Goes on with what is left of the last sentence; what belongs to an older generation is dropped.
 * True when nothing is left. */
bool sentence_maker_flush(struct sentence_maker *maker, uint32_t generation);

/* There was silence: none is needed before the next sentence. */
void sentence_maker_rest(struct sentence_maker *maker);

#endif
