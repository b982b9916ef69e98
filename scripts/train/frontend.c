/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frontend.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <sphinxbase/cmd_ln.h>
#include <sphinxbase/fe.h>

#include "../../src/dsp/denoise.h"
#include "common.h"

#define WARP_STEP  0.02
#define WARP_STEPS 10 /* to each side of 1 */

/* One front end for each warp, made when first wanted and kept until the program ends. */
static fe_t *front_end(double warp)
{
    static fe_t *kept[2 * WARP_STEPS + 1];
    long step = lrint((warp - 1) / WARP_STEP);
    step = step < -WARP_STEPS ? -WARP_STEPS : step > WARP_STEPS ? WARP_STEPS : step;
    fe_t **slot = &kept[step + WARP_STEPS];
    if (*slot == NULL) {
        char factor[32];
        snprintf(factor, sizeof factor, "%.2f", 1 + (double)step * WARP_STEP);
        cmd_ln_t *options = cmd_ln_init(
            NULL, fe_get_args(), FALSE, "-samprate", "16000", "-lowerf", "130", "-upperf", "6800",
            "-nfilt", "25", "-transform", "dct", "-lifter", "22", "-remove_noise", "no",
            "-remove_silence", "no", "-warp_type", "inverse_linear", "-warp_params", factor, NULL);
        *slot = fe_init_auto_r(options);
        if (*slot == NULL) {
            stop("cannot set up the front end", NULL);
        }
    }
    return *slot;
}

size_t frontend_denoised(const int16_t *sound, size_t samples, double warp,
                         float (*ret_cepstra)[CEPSTRA])
{
    static int16_t quiet[MAX_SAMPLES];
    memcpy(quiet, sound, samples * sizeof *quiet);
    denoise_utterance(quiet, samples);
    return frontend_cepstra(quiet, samples, warp, ret_cepstra);
}

size_t frontend_cepstra(const int16_t *sound, size_t samples, double warp,
                        float (*ret_cepstra)[CEPSTRA])
{
    static mfcc_t buffer[MAX_FRAMES][CEPSTRA];
    static mfcc_t *rows[MAX_FRAMES];
    for (size_t i = 0; i < MAX_FRAMES; i++) {
        rows[i] = buffer[i];
    }
    fe_t *fe = front_end(warp);
    int32 frames = MAX_FRAMES - 1;
    int32 last = 0;
    fe_start_utt(fe);
    fe_process_frames(fe, &sound, &samples, rows, &frames, NULL);
    fe_end_utt(fe, rows[frames], &last);
    frames += last > 0;
    for (int32 t = 0; t < frames; t++) {
        for (size_t k = 0; k < CEPSTRA; k++) {
            ret_cepstra[t][k] = (float)buffer[t][k];
        }
    }
    return frames < FEWEST_FRAMES ? 0 : (size_t)frames;
}

/* As sphinxbase's cmn(): frames of silence made of zeros do not count. */
static void remove_mean(float (*cepstra)[CEPSTRA], size_t frames)
{
    double sum[CEPSTRA] = {0};
    size_t counted = 0;
    for (size_t t = 0; t < frames; t++) {
        if (cepstra[t][0] >= 0) {
            counted++;
            for (size_t k = 0; k < CEPSTRA; k++) {
                sum[k] += cepstra[t][k];
            }
        }
    }
    for (size_t t = 0; t < frames; t++) {
        for (size_t k = 0; k < CEPSTRA; k++) {
            cepstra[t][k] -= (float)(sum[k] / (double)(counted > 0 ? counted : 1));
        }
    }
}

static const float *at(float (*cepstra)[CEPSTRA], size_t frames, long t)
{
    return cepstra[t < 0 ? 0 : t >= (long)frames ? (long)frames - 1 : t];
}

void frontend_vectors(float (*cepstra)[CEPSTRA], size_t frames, float *ret_vectors)
{
    remove_mean(cepstra, frames);
    memset(ret_vectors, 0, frames * FEATURE_SIZE * sizeof(float));
    for (long t = 0; t < (long)frames; t++) {
        float *vector = ret_vectors + (size_t)t * FEATURE_SIZE;
        for (size_t k = 0; k < CEPSTRA; k++) {
            vector[k] = cepstra[t][k];
            vector[STREAM_ROOM + k] = at(cepstra, frames, t + 2)[k] - at(cepstra, frames, t - 2)[k];
            vector[2 * STREAM_ROOM + k] =
                (at(cepstra, frames, t + 3)[k] - at(cepstra, frames, t - 1)[k]) -
                (at(cepstra, frames, t + 1)[k] - at(cepstra, frames, t - 3)[k]);
        }
    }
}
