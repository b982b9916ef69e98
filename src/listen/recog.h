/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recog: the seam to a recogniser: one utterance of PCM at LISTENING_RATE to the likeliest phrase.
 *
 * An instance belongs to exactly one thread. The scripted double for tests lives in tests/.
 */
#ifndef PASAPAS_LISTEN_RECOG_H
#define PASAPAS_LISTEN_RECOG_H

#include "dsp/listening_rate.h"
#include "listen/evidence.h"
#include "model/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calibration;
struct calibration_token;
struct recog;
struct pack;

struct recog_result {
    int phrase;        /* position in the vocabulary of the best hypothesis, or -1 for none */
    double confidence; /* 0..1; what is done with it, see listen/verdict.h */
    struct evidence evidence; /* what it was made of; all zeros if nothing was weighed */
};

struct recog_driver {
    const char *name;
    /* Loads the best model of the pack. May take 100 ms. 0, or -1 with a message (free()). */
    int (*open)(const struct pack *pack, struct recog **ret_recog, char **ret_error);
    /* The phrases from now on; pronunciations are made from their texts and kept. 0 or -1. */
    int (*set_vocabulary)(struct recog *recog, const struct vocabulary *vocabulary);
    /* One whole utterance with its pre-roll. A new speaker is as good as an old one: nothing
     * carries over. 0 or -1. */
    int (*decode)(struct recog *recog, const int16_t *samples, size_t count,
                  struct recog_result *ret_result);
    void (*close)(struct recog *recog); /* accepts NULL */

    /* What is to be told of the models after open(): those that cannot be used, in sentences
     * (free()); NULL: nothing. A driver without models leaves it NULL. */
    char *(*take_notice)(struct recog *recog);

    /* A driver that cannot learn leaves these two NULL. */

    /* From the next vocabulary on, what one learner taught (copied): more pronunciations of
     * phrases, and how strict to be. An empty one forgets it. */
    void (*set_calibration)(struct recog *recog, const struct calibration *calibration);
    /* Writes an utterance down as phones, one sound for each model, into a zeroed token; none if
     * there is nothing in it. 0 or -1. */
    int (*transcribe)(struct recog *recog, const int16_t *samples, size_t count,
                      struct calibration_token *ret_token);
};

extern const struct recog_driver recog_sphinx;

#endif
