/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * phone_fit: how well the single phones of a phrase fit what was said, beside the likeliest phones
 * there. Thread: that of the model.
 */
#ifndef PASAPAS_LISTEN_PHONE_FIT_H
#define PASAPAS_LISTEN_PHONE_FIT_H

#include <stddef.h>
#include <stdint.h>

struct phrase_model;

/* The likeliest phones of an utterance. */
struct phone_fit {
    double score; /* of all of them, see listen/decoder.h */
    double *best; /* of each frame of 10 ms, how well they fit; owned */
    size_t best_count;
};

/* Finds them in samples that were heard by the model (phrase_model_hear()). 0, with something to be
 * freed, or -1. */
int phone_fit_open(struct phrase_model *model, const int16_t *samples, size_t count,
                   struct phone_fit *ret_fit);
void phone_fit_free(struct phone_fit *fit); /* frees what it holds; accepts all zeros */

/* How far the second worst of these phones (with single spaces between) is behind the likeliest
 * ones, a frame: 0 or less; of a single phone its own. One may be said in another way, two that fit
 * badly are another word. The same samples as before. 0 or -1. */
int phone_fit_second_worst(const struct phone_fit *fit, struct phrase_model *model,
                           const char *phones, const int16_t *samples, size_t count,
                           double *ret_worst);

#endif
