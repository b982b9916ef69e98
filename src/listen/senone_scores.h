/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * senone_scores: scores of sounds as pocketsphinx reads them (ps_decode_senscr). Pure.
 *
 * A file of them: a head of text, "s3\n", a line "KEY VALUE\n" each for version, mdef_file, n_sen
 * and logbase, "endhdr\n"; 0x11223344 in the machine's order; then per frame the number of sounds
 * (16 bit) and as many scores (16 bit, 0 the best, more is worse), in the order of the model's
 * mdef. A score is in units of SENONE_SCORES_UNIT logarithms to the base of the decoder, 1.0001
 * unless somebody changed it: a tenth of a natural one.
 *
 * Thread: any.
 */
#ifndef PASAPAS_LISTEN_SENONE_SCORES_H
#define PASAPAS_LISTEN_SENONE_SCORES_H

#include <stddef.h>
#include <stdint.h>

struct strbuf;

#define SENONE_SCORES_UNIT 1024 /* pocketsphinx's SENSCR_SHIFT is 10 */
#define SENONE_SCORES_MAX  32767

/* How many sounds a model has, from the beginning of its mdef, binary or text; 0: not found. */
size_t senone_scores_count(const uint8_t *mdef, size_t size);

/* Adds the head of a file for `senones` sounds. `base` is the decoder's logmath's. */
void senone_scores_add_head(struct strbuf *file, size_t senones, double base);

/* Adds a frame whose natural logarithms are `outputs`, each multiplied by `scale`: the best becomes
 * 0. What is no number is as bad as can be. */
void senone_scores_add_frame(struct strbuf *file, const float *outputs, size_t senones,
                             double scale, double base);

/* Replaces each score of `file` by `weight` (0 to 1) of it and the rest of that of `other`; the
 * best of a frame is 0 again. 0, or -1 if the two are not whole and of as many sounds and frames.
 */
int senone_scores_mix(struct strbuf *file, const uint8_t *other, size_t size, size_t senones,
                      double weight);

#endif
