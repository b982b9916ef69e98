/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * microphone: what a microphone hears, as figures. app/microphone_judgement.h says what they mean.
 *
 * microphone_feed() is for the audio callback: it only counts, in atomic counters that never go
 * back. The rest is for the main thread: microphone_begin() remembers the counts,
 * microphone_measure() tells what came since.
 *
 * Levels are those of frames of 10 ms without their mean, in dB under a full scale sine's peak
 * value (0 dB: every sample at full scale; silence: -90 dB).
 */
#ifndef PASAPAS_DSP_MICROPHONE_H
#define PASAPAS_DSP_MICROPHONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct microphone;

struct microphone_measure {
    int frames;      /* of 10 ms; 0: nothing came at all */
    bool flat;       /* every frame was the same value throughout: switched off */
    double floor_db; /* a fifth of the frames are quieter: the room */
    double voice_db; /* the 50 ms that are loudest: somebody who speaks, if anybody did */
    int clipped;     /* samples at the end of the scale */
};

/* So many samples at the end of the scale may be clicks; more are a sound that is too loud. */
#define MICROPHONE_CLIPPED_MAX 20

struct microphone *microphone_new(void);
void microphone_free(struct microphone *microphone); /* accepts NULL */

/* The next samples, `rate` a second. Audio callback. */
void microphone_feed(struct microphone *microphone, const int16_t *samples, size_t count, int rate);

/* What is measured begins now. */
void microphone_begin(struct microphone *microphone);
/* What came since; all of it if it was never begun. */
void microphone_measure(const struct microphone *microphone, struct microphone_measure *ret);

/* Nothing came, or it never moved: switched off. */
bool microphone_is_dead(const struct microphone_measure *measure);

#endif
