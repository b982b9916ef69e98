#include "listen/verdict.h"

#include "model/calibration.h"

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

/* Of a pronunciation that a learner taught, in the units of the sum. Chosen on two speakers, tried
 * on three others (doc/recognition-experiments.md). */
#define OWN_HANDICAP 3.0

/* The margin is hardly ever wider, in the units of the sum. */
#define MARGIN_MOST 15.0

/* From which confidence on. */
#define ACCEPTED        0.50
#define ACCEPTED_COSTLY 0.65
#define DOUBTFUL        0.35
#define NEAR            0.20

static double fit(const struct evidence *evidence)
{
    return LOOP_WEIGHT * (evidence->phrase - evidence->loop) / (evidence->seconds * 100.0);
}

/* The sum at which it is as likely to be obeyed as not. */
static double middle(int strictness)
{
    return ORIGIN + strictness / 10.0;
}

double verdict_sum(const struct evidence *evidence)
{
    return (evidence->phrase - evidence->rival) / sqrt(evidence->seconds * 100.0) + fit(evidence);
}

double verdict_most(const struct evidence *evidence)
{
    return fit(evidence) + MARGIN_MOST;
}

double verdict_own_handicap(double seconds)
{
    const double frames = seconds * 100.0;
    return OWN_HANDICAP / (1.0 / sqrt(frames) + LOOP_WEIGHT / frames);
}

double verdict_crowd(size_t phrases)
{
    return phrases ? -CROWD_WEIGHT * log((double)phrases / CROWD_PHRASES) : 0;
}

double verdict_confidence(const struct evidence *evidence, int strictness)
{
    const double sum = verdict_sum(evidence) + evidence->other + WORST_WEIGHT * evidence->worst;
    return 1.0 / (1.0 + exp((middle(strictness) - sum) / SCALE));
}

bool verdict_is_hopeless(const struct evidence *evidence, int strictness)
{
    return verdict_most(evidence) + evidence->other < middle(strictness) - 2 * SCALE;
}

enum recog_verdict verdict_of(const struct evidence *evidence, double confidence)
{
    if (confidence >= (evidence->costly ? ACCEPTED_COSTLY : ACCEPTED))
        return RECOG_ACCEPTED;
    if (confidence >= DOUBTFUL)
        return RECOG_DOUBTFUL;
    return confidence >= NEAR ? RECOG_NEAR : RECOG_REJECTED;
}

/* Logarithmic odds are kept apart from infinity. */
#define SURE 1e-12

static double odds(double confidence)
{
    confidence = fmin(fmax(confidence, SURE), 1.0 - SURE);
    return log(confidence / (1.0 - confidence));
}

int verdict_clearance(double confidence, bool costly)
{
    return (int)lround(100.0 * (odds(confidence) - odds(costly ? ACCEPTED_COSTLY : ACCEPTED)));
}

double verdict_eased(double confidence, int ease)
{
    return ease ? 1.0 / (1.0 + exp(-odds(confidence) - ease / 100.0)) : confidence;
}
