/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * earcon: short sounds that go with speech: somebody listens, understood, did not, has done it.
 *
 * A figure is one to three notes, each a sine under a sin² window, so that it begins and ends
 * without a click: for a note of T seconds and f Hz
 *
 *     s(t) = LEVEL · volume/100 · sin²(π t / T) · sin(2 π f t),  0 <= t < T
 *
 * "listening" rises, "understood" is one high note, "not-understood" falls and is low, "done" is a
 * rising chord. All are shorter than 250 ms. Pure. Thread: any.
 */
#ifndef PASAPAS_DSP_EARCON_H
#define PASAPAS_DSP_EARCON_H

#include <stddef.h>
#include <stdint.h>

/*
 * The figure's samples at `rate` Hz and `volume` percent (0..200), to be freed with free(); returns
 * their number, or 0 (and stores NULL) if there is no figure of that name.
 */
size_t earcon_make(const char *name, int rate, int volume, int16_t **ret_samples);

#endif
