/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * phrase_model: one acoustic model of a pack, with words that stand for the phrases that can be
 * said.
 *
 * Each pronunciation of a phrase is one word of its decoder, and a grammar is one of some words. So
 * is each pronunciation of a decoy, a text that is no phrase; and each phone is a word too, in
 * grammars of their own. Words are kept, for vocabularies come back again and again.
 *
 * Samples are 16 kHz (dsp/listening_rate.h), as phrase_model_hear() gives them. Scores are the
 * decoder's (listen/decoder.h). Thread: an instance belongs to exactly one.
 */
#ifndef PASAPAS_LISTEN_PHRASE_MODEL_H
#define PASAPAS_LISTEN_PHRASE_MODEL_H

#include "listen/decoder.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calibration;
struct pack_model;
struct phrase_model;
struct pronouncer;
struct tokens;
struct vocabulary;

/* Loads the model, which takes about 100 ms. `pronouncer` outlives it, and so does `model`. 0, or
 * -1 if the model is not there or cannot be used. */
int phrase_model_open(const struct pronouncer *pronouncer, const struct pack_model *model,
                      struct phrase_model **ret_model);
void phrase_model_free(struct phrase_model *model); /* accepts NULL */

/* The set of phones.yaml that its phones are of. */
const char *phrase_model_set(const struct phrase_model *model);

/* The phrases from now on, as the pack has them and as the learner taught them. Of two that sound
 * the same the first is meant. A text that cannot be pronounced is left out. 0 or -1. */
int phrase_model_set_vocabulary(struct phrase_model *model, const struct vocabulary *vocabulary,
                                const struct calibration *calibration, const struct tokens *decoys);

/* What the model is made to hear of some samples (with its noise taken out, where the pack says
 * so); to be freed with free(). */
int16_t *phrase_model_hear(const struct phrase_model *model, const int16_t *samples, size_t count);

/* Which words an utterance may be, seen from one phrase. */
enum phrase_choice {
    CHOICE_ALL,    /* all phrases; the one phrase does not matter */
    CHOICE_PHRASE, /* that phrase */
    CHOICE_PLAIN,  /* the same, as the pack has it */
    CHOICE_RIVALS, /* all other phrases and the decoys */
    CHOICES
};

/* Chooses the words for phrase_model_find() with the same choice. 0, or -1 if there are none.
 * CHOICE_ALL was chosen with the vocabulary. */
int phrase_model_choose(struct phrase_model *model, enum phrase_choice choice, int phrase);

/* The likeliest word of those chosen. */
struct phrase_found {
    int phrase;         /* of the vocabulary; -1 for none */
    double score;       /* of the whole utterance with it */
    const char *phones; /* how it was said, with single spaces between; NULL for none */
    bool own;           /* it was said as the learner taught it, not as the pack has it */
    int frames;         /* of 10 ms, 1 or more */
};

/* 0 or -1. */
int phrase_model_find(struct phrase_model *model, enum phrase_choice choice, const int16_t *samples,
                      size_t count, struct phrase_found *ret_found);

/* The utterance as any sequence of phones, or as these phones, one after the other. 0, with the
 * score, or -1. */
int phrase_model_find_phones(struct phrase_model *model, const int16_t *samples, size_t count,
                             double *ret_score);
int phrase_model_follow_phones(struct phrase_model *model, const char *phones,
                               const int16_t *samples, size_t count, double *ret_score);

/* The phones of the last of these two: see decoder_parts(). */
size_t phrase_model_parts(struct phrase_model *model, struct decoder_part *ret_parts, size_t most);

/* Whether the utterance is speech at all: see decoder_detect_speech(). */
int phrase_model_detect_speech(struct phrase_model *model, const int16_t *samples, size_t count,
                               double *ret_odds);

/* The phones that phrase_model_find_phones() found, with single spaces between, perhaps none at
 * all; to be freed with free(). */
char *phrase_model_phones(struct phrase_model *model);

#endif
