/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cepstra: what pocketsphinx makes of a sound before it scores it, one row of numbers each 10 ms,
 * by the front end of a decoder, which has the options of its model's feat.params. No mean is
 * removed.
 *
 * Thread: that of the decoder, and not while it decodes.
 */
#ifndef PASAPAS_LISTEN_CEPSTRA_H
#define PASAPAS_LISTEN_CEPSTRA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ps_decoder_s; /* pocketsphinx's ps_decoder_t */

/* False with pocketsphinx 5, which keeps its front end to itself. */
bool cepstra_can_be_made(void);

/* Of 16 kHz samples, whole and by themselves: [*ret_frames][width], to be freed with free(). 0, or
 * -1 if that front end makes rows of another width, or no frame of so few samples. */
int cepstra_make(struct ps_decoder_s *decoder, const int16_t *samples, size_t count, size_t width,
                 float **ret_cepstra, size_t *ret_frames);

#endif
