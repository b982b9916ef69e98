/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resample: a stream of samples from one rate to another (speexdsp), without its delay.
 *
 * Thread: one at a time; not for the audio callback (it allocates).
 */
#ifndef PASAPAS_DSP_RESAMPLE_H
#define PASAPAS_DSP_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

struct resample;

/* A growing run of samples; a zeroed struct is empty. */
struct samples {
    int16_t *items;
    size_t count;
    size_t capacity;
};

void samples_add(struct samples *samples, const int16_t *items, size_t count);
void samples_add_silence(struct samples *samples, size_t count);
void samples_drop(struct samples *samples, size_t count); /* the oldest ones */
void samples_free(struct samples *samples);               /* frees what it holds, not the struct */

/* Rates in Hz, from 1 up; equal rates copy. */
struct resample *resample_new(int from, int to);
void resample_free(struct resample *resample); /* accepts NULL */

/* Appends to `out` what can be made so far of the stream with `count` samples more. */
void resample_add(struct resample *resample, const int16_t *items, size_t count,
                  struct samples *out);

/* Ends the stream: appends the rest. The next sample begins a new one. */
void resample_end(struct resample *resample, struct samples *out);

/* Forgets the stream without its rest. */
void resample_reset(struct resample *resample);

#endif
