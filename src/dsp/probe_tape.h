/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe_tape: plays a signal once and keeps what the microphone hears meanwhile, for a measurement.
 *
 * It waits until the microphone gives something (a sound server may take two seconds), for three
 * seconds at most; then both begin together, within a block.
 *
 * probe_tape_render() and probe_tape_capture() are for the audio callbacks, which may be two
 * threads; the rest is for the main thread. The samples are in memory only, and gone with
 * probe_tape_free().
 */
#ifndef PASAPAS_DSP_PROBE_TAPE_H
#define PASAPAS_DSP_PROBE_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct probe_tape;

/* Takes `signal` over (of malloc). Rates in Hz, from 1 up. */
struct probe_tape *probe_tape_new(int16_t *signal, size_t length, int output_rate, int input_rate);
void probe_tape_free(struct probe_tape *tape); /* accepts NULL; no callback may use it any more */

void probe_tape_render(struct probe_tape *tape, int16_t *samples, size_t count);
void probe_tape_capture(struct probe_tape *tape, const int16_t *samples, size_t count);

/* True once the signal was played, and as much was recorded, or nothing comes any more. */
bool probe_tape_is_done(const struct probe_tape *tape);

/* What was recorded, at the input's rate, once; at most `room` samples. Returns their number. */
size_t probe_tape_take(struct probe_tape *tape, int16_t *ret_samples, size_t room);

#endif
