/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/mixdown.h"

#include <math.h>

/* Of N channels that have nothing to do with each other, one alone included, the mean has at least
 * the N * N-th part of the loudest one's energy; what has this part of that cancels. */
#define CANCELLED 0.0625

/* Quieter than half a step of 16 bits there is nothing to choose from. */
#define NOTHING (0.5 / 32768)

static float mean(const struct mixdown *mixdown, const float *frame)
{
    float sum = 0;
    for (int channel = 0; channel < mixdown->channels; channel++)
        sum += frame[channel];
    return sum / (float)mixdown->channels;
}

static double energy_of(const struct mixdown *mixdown, const float *frames, size_t count,
                        int channel)
{
    double energy = 0;
    for (size_t i = 0; i < count; i++) {
        const double sample = frames[i * (size_t)mixdown->channels + (size_t)channel];
        energy += sample * sample;
    }
    return energy;
}

/* Takes a channel alone if they cancel each other here. */
static void choose(struct mixdown *mixdown, const float *frames, size_t count)
{
    const double all = (double)mixdown->channels * mixdown->channels;
    double loudest = NOTHING * NOTHING * (double)count, together = 0;
    int channel = 0;
    for (size_t i = 0; i < count; i++) {
        const double sample = mean(mixdown, frames + i * (size_t)mixdown->channels);
        together += sample * sample;
    }
    for (int i = 0; i < mixdown->channels; i++) {
        const double energy = energy_of(mixdown, frames, count, i);
        if (energy > loudest) {
            loudest = energy;
            channel = i + 1;
        }
    }
    if (channel && together * all < loudest * CANCELLED)
        mixdown->chosen = channel;
}

void mixdown(struct mixdown *mixdown, const float *frames, size_t count, int16_t *ret_samples)
{
    if (mixdown->channels > 1 && !mixdown->chosen)
        choose(mixdown, frames, count);
    for (size_t i = 0; i < count; i++) {
        const float *frame = frames + i * (size_t)mixdown->channels;
        const float sample = mixdown->chosen ? frame[mixdown->chosen - 1] : mean(mixdown, frame);
        ret_samples[i] = (int16_t)lrintf(fmaxf(-32768, fminf(32767, sample * 32768)));
    }
}
