/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mixdown: all channels of a recording as one.
 *
 * It is their mean, unless they cancel each other (a microphone whose second channel is the first
 * one turned round): then it is the louder channel, from there to the end. Thread: an instance
 * belongs to one. Pure.
 */
#ifndef PASAPAS_DSP_MIXDOWN_H
#define PASAPAS_DSP_MIXDOWN_H

#include <stddef.h>
#include <stdint.h>

struct mixdown {
    int channels;
    int chosen; /* the channel that is taken alone, from 1; 0: the mean of all */
};

/* `frames` of all channels, full scale 1; what is louder is clipped. */
void mixdown(struct mixdown *mixdown, const float *frames, size_t count, int16_t *ret_samples);

#endif
