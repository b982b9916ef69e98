/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * playout: what was synthesised, on its way to the audio callback: a ring of blocks with a
 * generation and a sentence each.
 *
 * playout_cut() begins a new generation: the callback drops all blocks of older ones, at its next
 * call and without waiting for anybody, and lets the last sample fade over some milliseconds, for a
 * step would be heard as a click. What the callback has reached is published sentence by sentence,
 * so that speech can go on where it was cut.
 */
#ifndef PASAPAS_DSP_PLAYOUT_H
#define PASAPAS_DSP_PLAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct playout;

struct playout *playout_new(void);
void playout_free(struct playout *playout); /* accepts NULL */

/* Any thread: a new generation; returns it. */
uint32_t playout_cut(struct playout *playout);
uint32_t playout_generation(const struct playout *playout);

/*
 * Producer: hands over up to `count` samples of a sentence; returns how many there was room for.
 * Those of an older generation are taken and never heard.
 */
size_t playout_write(struct playout *playout, uint32_t generation, uint64_t sentence,
                     const int16_t *samples, size_t count);
/* The same for silence between two sentences in which others may speak: it does not count as
 * played, and lasts while playout_hold() says so. */
size_t playout_write_gap(struct playout *playout, uint32_t generation, uint64_t sentence,
                         size_t count);
/* Producer: the sentence has no more samples. False if there was no room. */
bool playout_end(struct playout *playout, uint32_t generation, uint64_t sentence);

/* Producer: samples of its last generation that wait in the ring, about. */
size_t playout_waiting(const struct playout *playout);

/* Any thread: a number that changes whenever a sentence begins or ends to be played. */
uint64_t playout_place(const struct playout *playout);

/* Any thread: how many samples of `sentence` the callback has taken so far. False if it is not the
 * one being played: not yet, or no longer. */
bool playout_played(const struct playout *playout, uint64_t sentence, size_t *ret_samples);

/* Any thread: true once the callback has taken the last sample of `sentence` or of a later one;
 * sentences are numbered upwards from 1. */
bool playout_has_ended(const struct playout *playout, uint64_t sentence);

/*
 * Any thread: plays at `percent` of the level from now on, 0..100 (clamped), over a ramp of some
 * tens of ms, for a step would be heard. A new generation begins at the full level.
 */
void playout_set_level(struct playout *playout, int percent);

/* Audio callback: somebody speaks: a gap does not end before they have. */
void playout_hold(struct playout *playout, bool hold);

/* Audio callback: fills `samples`; true if any of them was written by the producer, and is no gap.
 */
bool playout_render(struct playout *playout, int16_t *samples, size_t count);

#endif
