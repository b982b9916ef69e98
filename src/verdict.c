#include "verdict.h"

#include <math.h>

/* Logistic regression on recorded words, half of them no phrase of the vocabulary. */
static const struct {
    double constant, fit, margin, decoys, seconds;
} weights = {1.0, 4.0, 3.0, 3.0, 0.0};

/* From which confidence on. */
#define ACCEPTED        0.60
#define ACCEPTED_COSTLY 0.75
#define DOUBTFUL        0.40
#define NEAR            0.25

double verdict_confidence(const struct evidence *evidence)
{
    double sum = weights.constant + weights.fit * evidence->fit +
                 weights.margin * evidence->margin + weights.decoys * evidence->decoys +
                 weights.seconds * evidence->seconds;
    return 1.0 / (1.0 + exp(-sum));
}

enum recog_verdict verdict_of(const struct evidence *evidence, double confidence)
{
    if (confidence >= (evidence->costly ? ACCEPTED_COSTLY : ACCEPTED))
        return RECOG_ACCEPTED;
    if (confidence >= DOUBTFUL)
        return RECOG_DOUBTFUL;
    return confidence >= NEAR ? RECOG_NEAR : RECOG_REJECTED;
}
