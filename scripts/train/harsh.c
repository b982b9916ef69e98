/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harsh.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define PI        3.14159265358979323846
#define MOST      32767.0
#define FRAME     160     /* 10 ms */
#define FAR_BELOW 3.16e-4 /* -35 dB of power */

static double peak_of(const float *sound, size_t samples)
{
    double peak = 1;
    for (size_t i = 0; i < samples; i++) {
        peak = fmax(peak, fabs(sound[i]));
    }
    return peak;
}

static double limit(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

void harsh_clip(float *sound, size_t samples, struct chance *chance)
{
    double peak = peak_of(sound, samples);
    double edge = peak * pow(10, -chance_between(chance, 3, 30) / 20);
    bool soft = chance_unit(chance) < 0.4;
    double above = edge * (chance_unit(chance) < 0.5 ? 1 : chance_between(chance, 0.5, 1));
    double below = edge * (chance_unit(chance) < 0.5 ? 1 : chance_between(chance, 0.5, 1));
    double offset = chance_unit(chance) < 0.3 ? edge * chance_between(chance, -0.4, 0.4) : 0;
    for (size_t i = 0; i < samples; i++) {
        double x = sound[i] + offset;
        double side = x > 0 ? above : below;
        sound[i] = (float)(soft ? side * tanh(x / side) : limit(x, -below, above));
    }
}

/* --- the line ------------------------------------------------------------------------------- */

#define TAPS 47
/* Windowed sinc at 3.5 kHz; symmetrical, so that nothing moves in time. */
static void steep_low_pass(float *sound, size_t samples)
{
    double tap[2 * TAPS + 1];
    for (int k = -TAPS; k <= TAPS; k++) {
        double u = 3500.0 / 8000 * k;
        double sinc = k == 0 ? 1 : sin(PI * u) / (PI * u);
        tap[k + TAPS] = 3500.0 / 8000 * sinc * (0.54 + 0.46 * cos(PI * k / (TAPS + 1.0)));
    }
    float *dry = take((samples + 2 * TAPS) * sizeof *dry);
    for (size_t i = 0; i < samples; i++) {
        dry[i + TAPS] = sound[i];
    }
    for (size_t i = 0; i < samples; i++) {
        float sum = 0;
        for (size_t k = 0; k <= 2 * TAPS; k++) {
            sum += (float)tap[k] * dry[i + k];
        }
        sound[i] = sum;
    }
    free(dry);
}

/* G.711's mu-law, as its continuous formula: 255 levels. */
static double through_mu_law(double sample)
{
    double x = limit(sample / MOST, -1, 1);
    double code = copysign(log(1 + 255 * fabs(x)) / log(256), x);
    code = round(code * 127) / 127;
    return MOST * copysign((pow(256, fabs(code)) - 1) / 255, code);
}

struct slope {
    double value, step;
    unsigned last; /* the last three bits */
};

/* One sample of 8 kHz: eight bits of delta modulation, the step growing in runs of equal bits. */
static double through_slope(struct slope *slope, double from, double to)
{
    for (int k = 1; k <= 8; k++) {
        double wanted = from + (to - from) * k / 8;
        unsigned bit = wanted > slope->value;
        slope->last = (slope->last << 1 | bit) & 7;
        bool run = slope->last == 0 || slope->last == 7;
        slope->step = limit(run ? slope->step + 10 : slope->step * (1 - 1.0 / 1024), 10, 1280);
        slope->value = slope->value * (1 - 1.0 / 32) + (bit ? slope->step : -slope->step);
    }
    return slope->value;
}

void harsh_line(float *sound, size_t samples, struct chance *chance)
{
    bool delta = chance_unit(chance) < 0.5;
    double gain = MOST * chance_between(chance, 0.1, 0.9) / peak_of(sound, samples);
    struct slope slope = {0, 10, 5};
    double before = 0;
    steep_low_pass(sound, samples);
    for (size_t i = 0; i < samples; i += 2) {
        double sample = sound[i] * gain;
        double heard = delta ? through_slope(&slope, before, sample) : through_mu_law(sample);
        before = sample;
        sound[i] = (float)(2 * heard / gain);
        if (i + 1 < samples) {
            sound[i + 1] = 0;
        }
    }
    steep_low_pass(sound, samples);
}

/* --- the gate ------------------------------------------------------------------------------- */

static double frame_power(const float *sound)
{
    double sum = 0;
    for (size_t i = 0; i < FRAME; i++) {
        sum += (double)sound[i] * sound[i];
    }
    return sum;
}

void harsh_gate(float *sound, const float *voice, size_t samples, struct chance *chance)
{
    double loudest = 1;
    size_t first = samples;
    size_t end = 0;
    for (size_t i = 0; i + FRAME <= samples; i += FRAME) {
        loudest = fmax(loudest, frame_power(voice + i));
    }
    for (size_t i = 0; i + FRAME <= samples; i += FRAME) {
        if (frame_power(voice + i) > loudest * FAR_BELOW) {
            first = i < first ? i : first;
            end = i + FRAME;
        }
    }
    double before = chance_between(chance, 0, 2400);
    double after = chance_between(chance, 0, 2400);
    for (size_t i = 0; i < samples; i++) {
        if ((double)i + before < (double)first || (double)i > (double)end + after) {
            sound[i] = 0;
        }
    }
}
