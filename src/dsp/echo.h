/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * echo: takes what the loudspeaker says out of what the microphone hears (speexdsp).
 *
 * An adaptive filter learns the way from loudspeaker to microphone from the exact samples played.
 * Where the echo comes back, and how the clocks of the two devices drift apart, is measured all the
 * time (dsp/echo_alignment.h): what was played is held back and stretched so that the filter only
 * has to span the room, and so that the room seems to stand still.
 *
 * Pure on buffers. Thread: one at a time; not for the audio callback.
 */
#ifndef PASAPAS_DSP_ECHO_H
#define PASAPAS_DSP_ECHO_H

#include "dsp/listening_rate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ECHO_DELAY_MAX_MS 1000 /* of the devices */

struct echo;

struct echo_config {
    int played_rate; /* Hz, of the samples played, from 1 up */
    int tail_ms;     /* how long the room rings, 32..500 (clamped); 250 suits a living room */
    /* From a sample's playing to its coming back, until it is measured: 0..ECHO_DELAY_MAX_MS
     * (clamped). May be up to half the tail too short; never too long, for an echo that comes
     * before what caused it cannot be taken out. */
    int delay_ms;
};

/* NULL for a rate that is none. */
struct echo *echo_new(const struct echo_config *config);
void echo_free(struct echo *echo); /* accepts NULL */

/* The next samples played, to be given before the microphone's samples of the same time. Silence
 * if there are none. */
void echo_played(struct echo *echo, const int16_t *samples, size_t count);

/*
 * The next samples of the microphone were recorded before the last `newer` samples that were given
 * to echo_played() were played: devices start one after the other, and blocks get lost.
 */
void echo_align(struct echo *echo, uint64_t newer);

/*
 * A frame of the microphone in and, with the echo taken out, out: each of LISTENING_FRAME samples;
 * `ret_clean` may be the same buffer. True if somebody is heard in it, or may be; false if what is
 * left is no more than the rest of the echo (dsp/echo_residue.h).
 */
bool echo_process(struct echo *echo, const int16_t *microphone, int16_t *ret_clean);

/* Another delay, measured by somebody else; what was learned is kept and adapts. */
void echo_set_delay(struct echo *echo, int delay_ms);

/* True if what was played may still be heard in the room. */
bool echo_is_sounding(const struct echo *echo);

/* The drift that is made up for, millionths; positive: the microphone's clock is the faster one. */
double echo_drift(const struct echo *echo);

#endif
