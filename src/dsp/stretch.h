/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stretch: makes a stream of samples a little longer or shorter (libsamplerate), for a clock that
 * runs at another speed; speexdsp's resampler can only change by steps of fifteen millionths.
 *
 * Thread: one at a time; not for the audio callback (it allocates).
 */
#ifndef PASAPAS_DSP_STRETCH_H
#define PASAPAS_DSP_STRETCH_H

#include "dsp/resample.h"

#include <stddef.h>
#include <stdint.h>

struct stretch;

struct stretch *stretch_new(void);
void stretch_free(struct stretch *stretch); /* accepts NULL */

/* From now on so many millionths more samples, -1000..1000; less if negative; 0 at the start. The
 * stream goes on without a gap. */
void stretch_set(struct stretch *stretch, double millionths);

/* Appends to `out` what can be made so far of the stream with `count` samples more. */
void stretch_add(struct stretch *stretch, const int16_t *items, size_t count, struct samples *out);

#endif
