/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * neural_scorer: scores of the sounds of an utterance by the net of a model (`net` in its folder,
 * see listen/acoustic_net.h), in the place of its Gaussians or added to theirs.
 *
 * Thread: an instance belongs to exactly one.
 */
#ifndef PASAPAS_LISTEN_NEURAL_SCORER_H
#define PASAPAS_LISTEN_NEURAL_SCORER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct neural_scorer;
struct ps_decoder_s; /* pocketsphinx's ps_decoder_t */
struct strbuf;

/* How a net is used, percent; 0: the usual. */
struct neural_use {
    int weight; /* of its scores, 1..100; the rest is the Gaussians'. 100 is usual */
    int scale;  /* what its logarithms are multiplied by; NEURAL_SCALE is usual */
};

/* Much less is lost: pocketsphinx takes scores in steps of a tenth of a natural logarithm. */
#define NEURAL_SCALE 100

/* Opens the net of the model in the folder `model`, if there is one and pocketsphinx can be used
 * with it: else stores NULL. 0, or -1 if there is one that is damaged or is not for this model. */
int neural_scorer_open(const char *model, const struct neural_use *use,
                       struct neural_scorer **ret_scorer);
void neural_scorer_close(struct neural_scorer *scorer); /* accepts NULL */

/* Whether neural_scorer_run() wants the Gaussians' scores. */
bool neural_scorer_mixes(const struct neural_scorer *scorer);

/* Makes a file of scores (listen/senone_scores.h) of 16 kHz samples, as `decoder` hears them.
 * `gaussian` are the model's own of the same samples, if it mixes. 0, or -1 with an empty file. */
int neural_scorer_run(const struct neural_scorer *scorer, struct ps_decoder_s *decoder,
                      const int16_t *samples, size_t count, const struct strbuf *gaussian,
                      struct strbuf *ret_file);

#endif
