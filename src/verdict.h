/*
 * verdict: how sure it is that a phrase of the vocabulary was said, and what to do with it. Pure.
 */
#ifndef PASAPAS_VERDICT_H
#define PASAPAS_VERDICT_H

#include "recog.h"

#include <stdbool.h>

/* What the decoder found in one utterance. Log-likelihoods are natural, per frame of 10 ms of the
 * word, so that long and short words compare. */
struct evidence {
    double fit;     /* of the best phrase against any sequence of phones, 0 or less */
    double margin;  /* over the second phrase, 0 or more */
    double decoys;  /* over the best word that is no phrase; may be negative */
    double seconds; /* length of the word */
    int phones;     /* of its pronunciation */
    bool costly;    /* a mistake costs something: more certainty is asked for */
};

/* 0..1: about the share of utterances with such evidence in which the phrase was indeed said. */
double verdict_confidence(const struct evidence *evidence);

enum recog_verdict verdict_of(const struct evidence *evidence, double confidence);

#endif
