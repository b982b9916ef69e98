/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model: a phonetically tied mixture model of context-independent phones in memory, read from and
 * written in the formats of CMU Sphinx ("s3" files, version 1.0, native byte order).
 *
 * Every phone has STATES states in a row, and one codebook of `densities` diagonal Gaussians in
 * each of STREAMS streams (cepstra, their differences, the differences of those). A state has a
 * weight for each Gaussian of its phone's codebook. A state's score is the sum over the streams of
 * the log of the weighted sum of densities.
 */
#ifndef TRAIN_MODEL_H
#define TRAIN_MODEL_H

#include <stddef.h>

#define STATES        3
#define STREAMS       3
#define STREAM_SIZE   13 /* numbers in a stream's vector */
#define STREAM_ROOM   16 /* the same, with zeros up to a multiple of a vector register */
#define FEATURE_SIZE  (STREAMS * STREAM_ROOM)
#define MAX_PHONES    64
#define MAX_DENSITIES 256

struct model {
    size_t phones;
    size_t densities;
    size_t silence; /* index of "SIL" */
    char name[MAX_PHONES][8];
    /* [phone][stream][density][STREAM_ROOM]; zeros in the padding */
    float *mean, *variance;
    /* [phone][state][stream][density]; sums to 1 over the densities */
    float *weight;
    /* log of the chance to stay in a state, and to go on to the next */
    float log_stay[MAX_PHONES][STATES], log_move[MAX_PHONES][STATES];
    /* computed by model_prepare: 1 / (2 variance), log of the normaliser, log weight */
    float *half_precision, *log_norm, *log_weight;
};

/* Start of a Gaussian's STREAM_ROOM numbers is gaussian_index(...) * STREAM_ROOM. */
static inline size_t gaussian_index(const struct model *model, size_t phone, size_t stream,
                                    size_t density)
{
    return (phone * STREAMS + stream) * model->densities + density;
}

static inline size_t weight_index(const struct model *model, size_t state, size_t stream)
{
    return (state * STREAMS + stream) * model->densities;
}

/* Room for phones and densities; names, numbers and probabilities are zero. */
struct model *model_new(size_t phones, size_t densities);
void model_free(struct model *model);

/* Index of a phone by name, or -1. */
int model_phone(const struct model *model, const char *name);

/* Must follow every change of means, variances or weights, before scoring. */
void model_prepare(struct model *model);

/*
 * Reads the folder that model_write (or sphinxtrain after it) wrote; without mixture_weights, its
 * sendump, as a shipped model has one (mdef must be text). Stops on any mistake.
 */
struct model *model_read(const char *folder);

/*
 * Writes mdef (text), means, variances, mixture_weights, transition_matrices. Phones are sorted by
 * name, as pocketsphinx wants them. With `shipped`, phones whose name begins with "x" (sounds of
 * other languages, only there to be trained beside the French ones) are left out.
 */
void model_write(const struct model *model, const char *folder, int shipped);

/*
 * The middle of models that grew out of the same one: the mean of their means, of the logs of their
 * variances and of their weights. Changes the first.
 */
void model_average(struct model **models, size_t count);

/* Gives `to` all that `from` has for the phones that both have. Stops where their sizes differ. */
void model_lend(struct model *to, const struct model *from);

/*
 * A French model from Debian's English one: each line of the file `map` is a phone and the English
 * phones whose Gaussians it starts with ("aa AA AE AH": the 128 heaviest of the three codebooks).
 */
struct model *model_clone(const char *english_folder, const char *map);

#endif
