/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * refine: discriminative training. The model is moved so that the word that was said wins against
 * other words: gradient descent (Adam) on the negative log posterior of the right word among
 * random competitors, over augmented recordings. What Viterbi aligns to the right word's states
 * gains, what it aligns to its rivals' loses, in proportion to how wrong the model is.
 *
 * This is maximum mutual information training with whole words as hypotheses, instead of the
 * lattices of sphinxtrain's `bw -mmie`: our only use is choosing one phrase among some.
 */
#ifndef TRAIN_REFINE_H
#define TRAIN_REFINE_H

#include <stddef.h>
#include <stdint.h>

#include "model.h"
#include "words.h"

struct refine_options {
    size_t steps;       /* of the gradient */
    size_t batch;       /* recordings drawn for each step */
    size_t competitors; /* words drawn for each recording */
    double rate;        /* of Adam, in standard deviations of the Gaussians, for instance 0.01 */
    double kappa;       /* acoustic scale: neighbouring frames tell nearly the same twice */
    uint64_t seed;
};

/* Changes the model; progress goes to stderr, a line every 50 steps. */
void refine(struct model *model, const struct recordings *recordings, const struct words *words,
            const struct refine_options *options);

#endif
