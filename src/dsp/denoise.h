/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * denoise: takes steady noise out of one utterance, for the recogniser only (nobody listens to it).
 *
 * speexdsp's preprocessor, which learns what noise is while it runs, is first shown the quietest
 * fifth of the utterance over and over, so that it knows the room from the first sample on. Where
 * the loudest fifth is 20 dB or more above the quietest, the utterance is left as it is. The
 * acoustic model we ship was trained on sound that went through this very function (scripts/train).
 *
 * Thread: any; nothing is kept between calls. Same samples, same result.
 */
#ifndef PASAPAS_DSP_DENOISE_H
#define PASAPAS_DSP_DENOISE_H

#include <stddef.h>
#include <stdint.h>

/* At 16 kHz, in place. Sounds of less than a tenth of a second are left alone. */
void denoise_utterance(int16_t *samples, size_t count);

#endif
