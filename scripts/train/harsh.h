/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * harsh: what poor microphones and lines do to a sound: overdriven inputs, noise gates, codecs.
 * All keep the number of samples.
 */
#ifndef TRAIN_HARSH_H
#define TRAIN_HARSH_H

#include <stddef.h>

#include "common.h"

/*
 * An overdriven input: all that is 3 to 30 dB below the peak is cut off, hard or softly, one side
 * mostly before the other, sometimes with an offset before it.
 */
void harsh_clip(float *sound, size_t samples, struct chance *chance);

/*
 * A line of 8 kHz: steep low pass, every second sample, G.711 (mu-law) or continuously variable
 * slope delta modulation (as Bluetooth's CVSD), back to 16 kHz.
 */
void harsh_line(float *sound, size_t samples, struct chance *chance);

/* A noise gate: zeros up to 150 ms before and after what is within 35 dB of the loudest of `voice`.
 */
void harsh_gate(float *sound, const float *voice, size_t samples, struct chance *chance);

#endif
