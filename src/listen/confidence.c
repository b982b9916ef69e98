/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/confidence.h"

#include "listen/evidence.h"

#include <math.h>

/*
 * How far the phrase is before the best other word, and how near to the best sequence of phones.
 * The margin grows with the length of the word, but less than in proportion, for neighbouring
 * frames say much the same; the square root did best. One phone may be said in another way, two
 * that fit badly are another word: the second worst counts once more. Weights and scale are from
 * recorded words (doc/recognition-experiments.md).
 */
#define LOOP_WEIGHT  6.0
#define WORST_WEIGHT 2.0
#define ORIGIN       -20.0 /* strictness 0 */
#define SCALE        2.5

/* Strictness is given for so many phrases. With 43 of them the sums of other words that were taken
 * for a phrase lay this much higher for each factor of e (doc/recognition.md). */
#define CROWD_PHRASES 13.0
#define CROWD_WEIGHT  1.3

/* The margin is hardly ever wider, in the units of the sum. */
#define MARGIN_MAX 15.0

/* Nobody draws a command out like that, but bells and whistles last: frames of a phone, the last of
 * which is counted twice, as it is longer; and what each frame more costs. Chosen on half of 119
 * sounds so that no word of the speakers left out was lost (doc/recognition-experiments.md). */
#define LONG_PHONE  20.0
#define LONG_WEIGHT 2.0

/* What each unit of logarithmic odds costs by which it is likelier no speech at all. */
#define SPEECH_WEIGHT 5.0

/* Logarithmic odds are kept apart from infinity. */
#define SURE 1e-12

static double fit(const struct evidence *evidence)
{
    return LOOP_WEIGHT * (evidence->phrase - evidence->loop) / (evidence->seconds * 100.0);
}

/* The sum at which it is as likely to have been said as not. */
static double middle(int strictness)
{
    return ORIGIN + strictness / 10.0;
}

/* What is taken off for lasting too long; nothing where the phones are not known. */
static double too_long(const struct evidence *evidence)
{
    const double frames = evidence->seconds * 100.0 / (double)(evidence->phones + 1);
    return evidence->phones ? LONG_WEIGHT * fmax(0, frames - LONG_PHONE) : 0;
}

/* What is taken off for sounding like no speech; nothing where that is not known. */
static double no_speech(const struct evidence *evidence)
{
    return SPEECH_WEIGHT * fmax(0, -evidence->speech);
}

double confidence_sum(const struct evidence *evidence)
{
    return (evidence->phrase - evidence->rival) / sqrt(evidence->seconds * 100.0) + fit(evidence);
}

double confidence_most(const struct evidence *evidence)
{
    return fit(evidence) + MARGIN_MAX;
}

double confidence_crowd(size_t phrases)
{
    return phrases ? -CROWD_WEIGHT * log((double)phrases / CROWD_PHRASES) : 0;
}

double confidence_handicap(double seconds, double less)
{
    const double frames = seconds * 100.0;
    return less / (1.0 / sqrt(frames) + LOOP_WEIGHT / frames);
}

double confidence_of(const struct evidence *evidence, int strictness)
{
    const double sum = confidence_sum(evidence) + evidence->other + WORST_WEIGHT * evidence->worst -
                       too_long(evidence) - no_speech(evidence);
    return 1.0 / (1.0 + exp((middle(strictness) - sum) / SCALE));
}

bool confidence_is_hopeless(const struct evidence *evidence, int strictness)
{
    return confidence_most(evidence) + evidence->other < middle(strictness) - 2 * SCALE;
}

double confidence_odds(double confidence)
{
    confidence = fmin(fmax(confidence, SURE), 1.0 - SURE);
    return log(confidence / (1.0 - confidence));
}

double confidence_eased(double confidence, int ease)
{
    return ease ? 1.0 / (1.0 + exp(-confidence_odds(confidence) - ease / 100.0)) : confidence;
}
