#include "verdict.h"

#include <math.h>

/*
 * How far the phrase is before the best other word, and how near to the best sequence of phones.
 * The margin grows with the length of the word, but less than in proportion, for neighbouring
 * frames say much the same; the square root did best. Weights and scale are from recorded words
 * (doc/measurements.md).
 */
#define LOOP_WEIGHT 6.0
#define MIDDLE      -10.0 /* the sum that one in twenty of other short words reaches */
#define SCALE       2.5

/* From which confidence on. */
#define ACCEPTED        0.50
#define ACCEPTED_COSTLY 0.65
#define DOUBTFUL        0.35
#define NEAR            0.20

double verdict_confidence(const struct evidence *evidence)
{
    const double frames = evidence->seconds * 100.0;
    const double sum = (evidence->phrase - evidence->rival) / sqrt(frames) +
                       LOOP_WEIGHT * (evidence->phrase - evidence->loop) / frames;
    return 1.0 / (1.0 + exp((MIDDLE - sum) / SCALE));
}

enum recog_verdict verdict_of(const struct evidence *evidence, double confidence)
{
    if (confidence >= (evidence->costly ? ACCEPTED_COSTLY : ACCEPTED))
        return RECOG_ACCEPTED;
    if (confidence >= DOUBTFUL)
        return RECOG_DOUBTFUL;
    return confidence >= NEAR ? RECOG_NEAR : RECOG_REJECTED;
}
