/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * echo_alignment: when what was played comes back in what the microphone hears: by how much it is
 * late, and how the clocks of loudspeaker and microphone drift apart.
 *
 * Both come from cross spectra of blocks of ECHO_ALIGNMENT_BLOCK samples. The delay is the peak of
 * their phase transform (Knapp and Carter, IEEE Transactions on ASSP 24, 1976). The drift is the
 * shift between two of them some seconds apart: the room is in both and falls out. Blocks in which
 * next to nothing is played tell nothing and are left out.
 *
 * Pure on buffers. Thread: one at a time; not for the audio callback.
 */
#ifndef PASAPAS_DSP_ECHO_ALIGNMENT_H
#define PASAPAS_DSP_ECHO_ALIGNMENT_H

#include "dsp/listening_rate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ECHO_ALIGNMENT_BLOCK                                                                       \
    16384 /* samples, about a second; also the longest delay that is found */

/* Clocks of sound devices differ by less than this, millionths. */
#define ECHO_ALIGNMENT_DRIFT_MAX 300.0

struct echo_alignment;

struct echo_alignment *echo_alignment_new(void);
void echo_alignment_free(struct echo_alignment *alignment); /* accepts NULL */

/* Samples of the same time. True if a block was full: then look at the two below. */
bool echo_alignment_feed(struct echo_alignment *alignment, const int16_t *played,
                         const int16_t *microphone, size_t count);

/* By how many samples the echo comes after what was played; false if it is not known. */
bool echo_alignment_delay(const struct echo_alignment *alignment, double *ret_samples);

/* By how many millionths the echo falls behind what was played, positive if ever later; false if
 * it is not known. */
bool echo_alignment_drift(const struct echo_alignment *alignment, double *ret_millionths);

/* Between the samples so far and those to come some are missing, or what was played is given at
 * another rate from now on: a drift cannot be told across it. */
void echo_alignment_interrupt(struct echo_alignment *alignment);

/* From now on it is another echo. */
void echo_alignment_reset(struct echo_alignment *alignment);

#endif
