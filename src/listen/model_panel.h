/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model_panel: the models that are asked about each utterance, and what they say together.
 *
 * A grammar always answers, so the answer is weighed: the same sound is decoded again with all
 * other phrases and with words that are no phrases (would another word do as well?), with any
 * sequence of phones (does it fit at all?), and, if there is hope, with its own phones one by one
 * (does each of them?); see listen/confidence.h. Of several models the phrase with the best
 * weighted sum of scores wins, and the evidence of all of them is added up.
 *
 * Thread: an instance belongs to exactly one.
 */
#ifndef PASAPAS_LISTEN_MODEL_PANEL_H
#define PASAPAS_LISTEN_MODEL_PANEL_H

#include "listen/recog.h"
#include "model/pack.h"

#include <stddef.h>
#include <stdint.h>

struct calibration;
struct phrase_model;
struct pronouncer;
struct strbuf;
struct tokens;

/* Zeroed at the start. */
struct model_panel {
    struct phrase_model *models[PACK_MODELS_USED_MAX];
    double weights[PACK_MODELS_USED_MAX]; /* of their scores and evidence; 1 for the first */
    size_t count;
    int strictness; /* of all of them together; see listen/confidence.h */
};

/* Loads the models of a pack that are installed, up to PACK_MODELS_USED_MAX; one that is damaged or
 * cannot be used is skipped, and `told` gets a sentence about it. There may be none. `pronouncer`
 * and `pack` outlive it. */
void model_panel_open(struct model_panel *panel, const struct pronouncer *pronouncer,
                      const struct pack *pack, struct strbuf *told);
void model_panel_close(struct model_panel *panel); /* frees what it holds */

/* See phrase_model_set_vocabulary(). 0 or -1. */
int model_panel_set_vocabulary(struct model_panel *panel, const struct vocabulary *vocabulary,
                               const struct calibration *calibration, const struct tokens *decoys);

/* What the samples (at LISTENING_RATE) are: of `phrases` in the vocabulary, for a learner with this
 * `ease` (model/calibration.h). 0 or -1. */
int model_panel_judge(const struct model_panel *panel, size_t phrases, int ease,
                      const int16_t *samples, size_t count, struct recog_result *ret_result);

#endif
