/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * intake: sound on its way from the audio callback to the front end: what the microphone captured,
 * and beside it what was played, which its echo is taken out with.
 *
 * The reference of the echo is what we play, or, while it is known, all that is played in the room.
 * Marks keep what is played and what is captured together, and tell when the assistant spoke.
 *
 * Threads: two, without a lock: the audio callback gives (and whoever gives what all play: one
 * thread at a time), the listener's thread takes. Rates are in Hz; 0: that side is not there.
 */
#ifndef PASAPAS_LISTEN_INTAKE_H
#define PASAPAS_LISTEN_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct front_end;
struct intake;

struct intake *intake_new(int input_rate, int output_rate);
void intake_free(struct intake *intake); /* accepts NULL */

/* Forgets all, and goes on at other rates. No other call meanwhile. */
void intake_restart(struct intake *intake, int input_rate, int output_rate);

/* Whether what is played is wanted; false at the start. Any thread. */
void intake_set_following(struct intake *intake, bool following);

/* The assistant's speech is being played. Any thread. */
bool intake_is_playing(const struct intake *intake);

/* Audio callback: no lock, no malloc. What there is no room for is lost. `speaking`: what is being
 * played now is speech of ours. */
void intake_capture(struct intake *intake, const int16_t *samples, size_t count);
void intake_played(struct intake *intake, const int16_t *samples, size_t count, bool speaking);

/* All that is played in the room, at LISTENING_RATE: from now on the reference; NULL: no longer. */
void intake_monitored(struct intake *intake, const int16_t *samples, size_t count);

/* The listener's thread: gives the front end all that was played and the next samples captured,
 * some 50 ms at most. False if there were none of the latter. */
bool intake_take(struct intake *intake, struct front_end *front_end);

#endif
