/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * data: what neural scores are trained and judged with, as files that Python maps into memory.
 *
 * A folder of them, all numbers little-endian:
 *   phones.tsv      phone TAB first state, in a row with names above
 *   utterances.tsv  first frame TAB frames TAB speaker TAB text, the same
 *   cepstra.f32     CEPSTRA numbers a frame, with their mean
 *   states.u8       the state (phone * STATES + state) of each frame: data_draw
 *   scores.f32      the score of each state by the Gaussian model: data_judge
 */
#ifndef TRAIN_DATA_H
#define TRAIN_DATA_H

#include <stddef.h>
#include <stdint.h>

#include "model.h"
#include "words.h"

/*
 * Augmented recordings (augment_harsh), three in five after the program's own noise reduction. What
 * is said when is found in the voice before rooms and noise.
 */
void data_draw(const struct model *model, const struct recordings *recordings, size_t count,
               uint64_t seed, const char *folder);

/*
 * Each recording once, as it is, with noise `ratio_db` below the voice (AUGMENT_CLEAN: none), after
 * the program's own noise reduction.
 */
void data_judge(const struct model *model, const struct recordings *recordings, double ratio_db,
                uint64_t seed, const char *folder);

#endif
