/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score: how well a word fits a sound: exact state scores (no pruning, no quantising) and the best
 * path through [silence] phones [silence].
 */
#ifndef TRAIN_SCORE_H
#define TRAIN_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "model.h"
#include "words.h"

/* Log scores of all states for all frames, [frame][phone * STATES + state]. */
void score_states(const struct model *model, const float *vectors, size_t frames,
                  float *ret_scores);

/* The same for the states of some phones only: those of the word, and silence. Others stay as they
 * are. */
void score_states_of(const struct model *model, const float *vectors, size_t frames,
                     const struct word *word, float *ret_scores);

/*
 * Log score of the best path. With `ret_path`, the state (phone * STATES + state) of each frame.
 * A word with more states than frames gets a very low score.
 */
float score_pronunciation(const struct model *model, const float *scores, size_t frames,
                          const struct pronunciation *pronunciation, uint16_t *ret_path);

/* The best of a word's pronunciations and, if wanted, which it is. */
float score_word(const struct model *model, const float *scores, size_t frames,
                 const struct word *word, size_t *ret_best);

/*
 * Log scores of one stream's densities, times the weights of a state, for one vector (STREAM_ROOM
 * numbers): what the state's score is summed from. Returns the log of their sum.
 */
float score_densities(const struct model *model, size_t state, size_t stream, const float *vector,
                      float *ret_shares);

#endif
