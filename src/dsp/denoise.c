/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/denoise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <speex/speex_preprocess.h>

#include "base/mem.h"
#include "dsp/listening_rate.h"

#define FRAMES_MIN  10
#define QUIET_SHARE 5   /* the quietest fifth is taken for the room */
#define LESSONS     100 /* quiet frames shown before the first of the utterance */
#define SUPPRESS_DB -12 /* at most; more harms speech */
/* Clearer than this, sound is left alone: it has nothing to gain (doc/recognition-experiments.md,
 * 15 to 35 tried). */
#define CLEAR_DB 20

static double energy(const int16_t *frame)
{
    double sum = 0;
    for (size_t i = 0; i < LISTENING_FRAME; i++)
        sum += (double)frame[i] * frame[i];
    return sum;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* How the energies of the frames lie: the quietest fifth is taken for the room. */
struct levels {
    double quiet_limit; /* up to this one a frame is quiet */
    double clearness;   /* of the loudest fifth over the quietest, dB */
};

static struct levels measure(const double *energies, size_t frames)
{
    const size_t fifth = frames / QUIET_SHARE;
    double *sorted = xmalloc(frames * sizeof *sorted);
    memcpy(sorted, energies, frames * sizeof *sorted);
    qsort(sorted, frames, sizeof *sorted, compare);
    double quiet = 1;
    double loud = 1;
    for (size_t i = 0; i < fifth; i++) {
        quiet += sorted[i];
        loud += sorted[frames - 1 - i];
    }
    struct levels levels = {.quiet_limit = sorted[fifth], .clearness = 10 * log10(loud / quiet)};
    free(sorted);
    return levels;
}

static void learn_room(SpeexPreprocessState *state, const int16_t *samples, const double *energies,
                       size_t frames, double quiet_limit)
{
    for (size_t i = 0, shown = 0; shown < LESSONS; i = (i + 1) % frames) {
        if (energies[i] <= quiet_limit) {
            int16_t frame[LISTENING_FRAME];
            memcpy(frame, samples + i * LISTENING_FRAME, sizeof frame);
            speex_preprocess_run(state, frame);
            shown++;
        }
    }
}

static void run(int16_t *samples, const double *energies, size_t frames, double quiet_limit)
{
    SpeexPreprocessState *state = speex_preprocess_state_init(LISTENING_FRAME, LISTENING_RATE);
    int on = 1;
    int suppress = SUPPRESS_DB;
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_DENOISE, &on);
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_NOISE_SUPPRESS, &suppress);
    learn_room(state, samples, energies, frames, quiet_limit);
    for (size_t i = 0; i < frames; i++)
        speex_preprocess_run(state, samples + i * LISTENING_FRAME);
    speex_preprocess_state_destroy(state);
}

void denoise_utterance(int16_t *samples, size_t count)
{
    const size_t frames = count / LISTENING_FRAME;
    if (frames < FRAMES_MIN)
        return;
    double *energies = xmalloc(frames * sizeof *energies);
    for (size_t i = 0; i < frames; i++)
        energies[i] = energy(samples + i * LISTENING_FRAME);
    const struct levels levels = measure(energies, frames);
    if (levels.clearness < CLEAR_DB)
        run(samples, energies, frames, levels.quiet_limit);
    free(energies);
}
