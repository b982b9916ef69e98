/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * confidence: how sure it is that a phrase of the vocabulary was said. What is done at which
 * confidence is listen/verdict.h's. Pure. Thread: any.
 */
#ifndef PASAPAS_LISTEN_CONFIDENCE_H
#define PASAPAS_LISTEN_CONFIDENCE_H

#include <stdbool.h>
#include <stddef.h>

struct evidence; /* listen/evidence.h */

/*
 * How strict to be with a model: the evidence at which the confidence is one half, in tenths over a
 * common origin, so that it is a positive number in voice.yaml. Found for each model on recorded
 * words that are no phrase: about one in twenty of them is believed.
 */
#define CONFIDENCE_STRICTNESS 80

/* How much speaks for the phrase, without `other`, `worst`, `speech` and how long it lasts: its
 * margin and its fit. */
double confidence_sum(const struct evidence *evidence);
/* The most that it can become once the best rival is known. */
double confidence_most(const struct evidence *evidence);

/* What so many phrases add: the more there are, the likelier is one of them like what was said. */
double confidence_crowd(size_t phrases);

/* What to take off the score of a phrase of this length (more than 0) for its confidence_sum() to
 * be less by `less`. */
double confidence_handicap(double seconds, double less);

/* 0..1; one half at the model's strictness. */
double confidence_of(const struct evidence *evidence, int strictness);

/* True if the best rival need not be known, so far is the phrase from what was said. `other` is
 * then of confidence_most(). */
bool confidence_is_hopeless(const struct evidence *evidence, int strictness);

/* Logarithmic odds of a confidence: about -28 at 0 to 28 at 1. */
double confidence_odds(double confidence);

/* The confidence whose logarithmic odds are greater by `ease` hundredths. */
double confidence_eased(double confidence, int ease);

#endif
