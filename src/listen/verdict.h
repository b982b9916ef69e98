/*
 * verdict: how sure it is that a phrase of the vocabulary was said, and what to do with it. Pure.
 */
#ifndef PASAPAS_LISTEN_VERDICT_H
#define PASAPAS_LISTEN_VERDICT_H

#include "listen/recog.h"

#include <stdbool.h>

/* What the decoder found in one utterance. Scores are natural logarithms of likelihoods. */
struct evidence {
    double phrase;  /* score of the best phrase */
    double rival;   /* of the best other word: a second phrase, or a word that is none */
    double loop;    /* of any sequence of phones */
    double seconds; /* length of the word, more than 0 */
    double worst;   /* how far its second worst phone is behind the best phones there, a frame (0 or
                       less), weighted and added up over the models; 0 while not known */
    double other;   /* what other models (verdict_sum) and the number of phrases add, or 0 */
    bool costly;    /* a mistake costs something: more certainty is asked for */
};

/*
 * How strict to be with a model: the evidence at which a phrase is believed, in tenths over a
 * common origin, so that it is a positive number in voice.yaml. Found for each model on recorded
 * words that are no phrase: about one in twenty of them is believed.
 */
#define VERDICT_STRICTNESS 80

/* How much speaks for the phrase, without `other` and `worst`: its margin and its fit. */
double verdict_sum(const struct evidence *evidence);
/* The most that it can become once the best rival is known. */
double verdict_most(const struct evidence *evidence);

/*
 * How much less a pronunciation that a learner taught is believed than the pack's: it was written
 * down from what they said, and so it fits whatever else they say too well. In logarithms of
 * likelihoods, to be taken off the score of a phrase of this length.
 */
double verdict_own_handicap(double seconds);

/* What so many phrases add: the more there are, the likelier is one of them like what was said. */
double verdict_crowd(size_t phrases);

/* 0..1; one half at the model's strictness. */
double verdict_confidence(const struct evidence *evidence, int strictness);

/* True if the best rival need not be known, so far is the phrase from what was said. `other` is
 * then of verdict_most(). */
bool verdict_is_hopeless(const struct evidence *evidence, int strictness);

enum recog_verdict verdict_of(const struct evidence *evidence, double confidence);

/* Hundredths of logarithmic odds between this confidence and the one from which on a phrase is
 * obeyed, within CALIBRATION_WRONG..CALIBRATION_CLEAR, ends excluded (model/calibration.h). */
int verdict_clearance(double confidence, bool costly);

/* The confidence whose clearance is greater by `ease`. */
double verdict_eased(double confidence, int ease);

#endif
