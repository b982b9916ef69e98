/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * synth_double: an engine whose samples are known: a sentence of n bytes is n times SYNTH_PER_BYTE
 * samples, each with the value of its byte times 100, in pieces of SYNTH_PIECE.
 *
 * It obeys words in the sentence: "échec" makes it fail, "toujours" makes it go on until the sink
 * stops it. What it was given is kept for the test to look at; one instance at a time.
 */
#ifndef PASAPAS_SYNTH_DOUBLE_H
#define PASAPAS_SYNTH_DOUBLE_H

#include "speech/synth.h"

#include <stdatomic.h>

#define SYNTH_RATE     16000
#define SYNTH_PER_BYTE 40
#define SYNTH_PIECE    50

struct synth_record {
    bool fail_open; /* to be set before it is opened */
    atomic_int said;
    atomic_int stopped;         /* by the sink */
    struct synth_params params; /* of the last sentence */
    char sentences[64][128];
};

extern struct synth_record synth_record;
extern const struct synth_driver synth_double;

/* Forgets what was recorded. */
void synth_double_reset(void);

/* The sample that byte `byte` becomes. */
int16_t synth_double_sample(char byte);

#endif
