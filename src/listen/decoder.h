/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * decoder: pocketsphinx as this program uses it: a model, some words, some grammars.
 *
 * Whole utterances only, with our own endpointing in front: no removal of noise or silence, the
 * cepstral mean of each utterance by itself, beams so wide that nothing of a short grammar is lost.
 * Silence may lie around words anywhere. Scores are sums over frames of how much less likely than
 * the likeliest sound of the model each frame is, so that several grammars of one decoder can be
 * compared: 0 is perfect, less is worse.
 *
 * The same samples with another grammar cost little: what was found of their sounds is kept in
 * memory until other samples come.
 *
 * This is the only file that knows which version of pocketsphinx there is. Prints nothing. Thread:
 * an instance belongs to exactly one.
 */
#ifndef PASAPAS_LISTEN_DECODER_H
#define PASAPAS_LISTEN_DECODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct decoder;
struct neural_use; /* listen/neural_scorer.h */

#define DECODER_WORD 24 /* bytes of a word's name, with its final NUL */

struct decoded {
    char word[DECODER_WORD]; /* the first word of the best hypothesis, "" for silence alone or
                                nothing */
    double score;            /* natural logarithm, of the whole utterance, 0 or less */
    int frames; /* of 10 ms, from the beginning of its first word to the end of its last */
};

/* Loads the acoustic model in `folder`, nothing else, and uses its nets if it has any, that of its
 * sounds in the given way. Takes about 100 ms. 0, or -1 if it, or a net, cannot be used. */
int decoder_open(const char *folder, const struct neural_use *use, struct decoder **ret_decoder);
void decoder_close(struct decoder *decoder); /* accepts NULL */

/* A word (shorter than DECODER_WORD bytes, ASCII) and its phones with spaces between. -1 if it has
 * a phone that the model has not. Grammars see it when they are set afterwards. */
int decoder_add_word(struct decoder *decoder, const char *word, const char *phones);

enum decoder_grammar {
    DECODER_ONE,  /* one of the words */
    DECODER_LOOP, /* any number of them; each costs DECODER_LOOP_COST */
    DECODER_CHAIN /* all of them, in this order */
};

/* Natural logarithm; found by trying 0 to 10 on recorded commands and other words. */
#define DECODER_LOOP_COST 5.0

/* Makes the grammar `name`, or makes it again. 0 or -1. */
int decoder_set_grammar(struct decoder *decoder, const char *name, enum decoder_grammar kind,
                        const char *const *words, size_t count);

/* Decodes 16 kHz samples with the grammar. 0 or -1. */
int decoder_run(struct decoder *decoder, const char *name, const int16_t *samples, size_t count,
                struct decoded *ret_decoded);

/* Whether the samples are speech at all, see listen/speech_detector.h; 0 if the model cannot tell.
 * 0 or -1. */
int decoder_detect_speech(struct decoder *decoder, const int16_t *samples, size_t count,
                          double *ret_odds);

/* A word of a hypothesis: its frames of 10 ms, both ends included, and its score, without what its
 * grammar adds. */
struct decoder_part {
    char word[DECODER_WORD];
    int from, to;
    double score;
};

/* Stores up to `most` words of the last run's best hypothesis, silence left out. Returns how many.
 */
size_t decoder_parts(struct decoder *decoder, struct decoder_part *ret_parts, size_t most);

/* The words of the last run's best hypothesis, silence left out, with single spaces between; to be
 * freed with free(). */
char *decoder_words(struct decoder *decoder);

#endif
