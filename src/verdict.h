/*
 * verdict: how sure it is that a phrase of the vocabulary was said, and what to do with it. Pure.
 */
#ifndef PASAPAS_VERDICT_H
#define PASAPAS_VERDICT_H

#include "recog.h"

#include <stdbool.h>

/* What the decoder found in one utterance. Scores are natural logarithms of likelihoods. */
struct evidence {
    double phrase;  /* score of the best phrase */
    double rival;   /* of the best other word: a second phrase, or a word that is none */
    double loop;    /* of any sequence of phones */
    double seconds; /* length of the word, more than 0 */
    bool costly;    /* a mistake costs something: more certainty is asked for */
};

/* 0..1: about the share of utterances with such evidence in which the phrase was indeed said. */
double verdict_confidence(const struct evidence *evidence);

enum recog_verdict verdict_of(const struct evidence *evidence, double confidence);

#endif
