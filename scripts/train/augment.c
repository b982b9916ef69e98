/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "augment.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "frontend.h"
#include "harsh.h"

#define PI 3.14159265358979323846

/* --- noise ---------------------------------------------------------------------------------- */

static void make_pink(float *noise, size_t samples, struct chance *chance)
{
    /* Paul Kellet's economy filter: three one-pole filters, 3 dB an octave within half a dB. */
    double b0 = 0;
    double b1 = 0;
    double b2 = 0;
    for (size_t i = 0; i < samples; i++) {
        double white = chance_normal(chance);
        b0 = 0.99765 * b0 + white * 0.0990460;
        b1 = 0.96300 * b1 + white * 0.2965164;
        b2 = 0.57000 * b2 + white * 1.0526913;
        noise[i] = (float)(b0 + b1 + b2 + white * 0.1848);
    }
}

static void make_brown(float *noise, size_t samples, struct chance *chance)
{
    double level = 0;
    for (size_t i = 0; i < samples; i++) {
        level = 0.985 * level + chance_normal(chance);
        noise[i] = (float)level;
    }
}

#define HARMONICS 11
static void make_hum(float *noise, size_t samples, struct chance *chance)
{
    double mains = chance_unit(chance) < 0.5 ? 50 : 60;
    double phase[HARMONICS];
    for (size_t k = 0; k < HARMONICS; k++) {
        phase[k] = chance_between(chance, 0, 2 * PI);
    }
    for (size_t i = 0; i < samples; i++) {
        double sum = 0.15 * chance_normal(chance);
        for (size_t k = 0; k < HARMONICS; k++) {
            double times = (double)(k + 1);
            double level = (k % 2 == 0 ? 1 : 0.5) / times;
            sum += level * sin(2 * PI * mains * times * (double)i / SAMPLE_RATE + phase[k]);
        }
        noise[i] = (float)sum;
    }
}

static double mean_power(const float *sound, size_t samples)
{
    double sum = 0;
    for (size_t i = 0; i < samples; i++) {
        sum += (double)sound[i] * sound[i];
    }
    return sum / (double)(samples > 0 ? samples : 1);
}

/* Adds one recording, at unit power, from sample `at` on (which may be before the beginning). */
static void add_talker(float *noise, size_t samples, long at, const struct recording *talker)
{
    double power = 1;
    for (size_t i = 0; i < talker->samples; i++) {
        power += (double)talker->sound[i] * talker->sound[i];
    }
    double gain = 1 / sqrt(power / (double)talker->samples);
    for (size_t i = 0; i < talker->samples; i++) {
        long to = at + (long)i;
        if (to >= 0 && to < (long)samples) {
            noise[to] += (float)(talker->sound[i] * gain);
        }
    }
}

static void make_babble(float *noise, size_t samples, const struct recordings *others,
                        struct chance *chance)
{
    memset(noise, 0, samples * sizeof *noise);
    size_t voices = 3 + chance_bits(chance) % 4;
    for (size_t v = 0; v < voices; v++) {
        long at = -(long)(chance_bits(chance) % 8000);
        while (at < (long)samples) {
            const struct recording *talker = &others->item[chance_bits(chance) % others->count];
            add_talker(noise, samples, at, talker);
            at += (long)talker->samples + (long)(chance_bits(chance) % 3000);
        }
    }
}

static void make_clicks(float *noise, size_t samples, struct chance *chance)
{
    for (size_t i = 0; i < samples; i++) {
        noise[i] = (float)(0.2 * chance_normal(chance));
    }
    for (size_t at = chance_bits(chance) % 6000; at < samples;
         at += 200 + chance_bits(chance) % 6000) {
        size_t length = 20 + chance_bits(chance) % 400;
        double level = chance_between(chance, 1, 6);
        for (size_t i = 0; i < length && at + i < samples; i++) {
            double decay = exp(-4.0 * (double)i / (double)length);
            noise[at + i] += (float)(level * decay * chance_normal(chance));
        }
    }
}

static void make_noise(float *noise, size_t samples, enum noise kind,
                       const struct recordings *others, struct chance *chance)
{
    switch (kind) {
    case NOISE_PINK:
        make_pink(noise, samples, chance);
        break;
    case NOISE_BROWN:
        make_brown(noise, samples, chance);
        break;
    case NOISE_HUM:
        make_hum(noise, samples, chance);
        break;
    case NOISE_BABBLE:
        make_babble(noise, samples, others, chance);
        break;
    case NOISE_CLICKS:
        make_clicks(noise, samples, chance);
        break;
    default:
        for (size_t i = 0; i < samples; i++) {
            noise[i] = (float)chance_normal(chance);
        }
    }
}

#define FRAME 320 /* 20 ms */
static double speech_power(const float *sound, size_t samples)
{
    double loudest = 0;
    double sum = 0;
    size_t counted = 0;
    for (size_t i = 0; i + FRAME <= samples; i += FRAME) {
        loudest = fmax(loudest, mean_power(sound + i, FRAME));
    }
    for (size_t i = 0; i + FRAME <= samples; i += FRAME) {
        double power = mean_power(sound + i, FRAME);
        if (power > loudest * 0.01) {
            sum += power;
            counted++;
        }
    }
    return counted > 0 ? sum / (double)counted : mean_power(sound, samples);
}

void augment_noise(float *sound, size_t samples, enum noise kind, double ratio_db,
                   const struct recordings *others, struct chance *chance)
{
    float *noise = take(samples * sizeof *noise);
    make_noise(noise, samples, kind, others, chance);
    double power = mean_power(noise, samples) + 1e-9;
    double gain = sqrt((speech_power(sound, samples) + 1) / power * pow(10, -ratio_db / 10));
    for (size_t i = 0; i < samples; i++) {
        sound[i] += (float)(gain * noise[i]);
    }
    free(noise);
}

/* --- voices, rooms, microphones ------------------------------------------------------------- */

#define SINC_REACH 12
/* Plays `sound` `speed` times as fast: a windowed sinc, low enough not to fold over. */
static size_t change_speed(const int16_t *sound, size_t samples, double speed, float *ret_sound)
{
    size_t count = (size_t)((double)samples / speed);
    double cut = speed > 1 ? 1 / speed : 1;
    for (size_t i = 0; i < count; i++) {
        double place = (double)i * speed;
        long base = (long)place;
        double sum = 0;
        for (long j = base - SINC_REACH + 1; j <= base + SINC_REACH; j++) {
            if (j < 0 || j >= (long)samples) {
                continue;
            }
            double u = (double)j - place;
            double sinc = fabs(u) < 1e-9 ? cut : sin(PI * u * cut) / (PI * u);
            sum += sound[j] * sinc * (0.5 + 0.5 * cos(PI * u / (SINC_REACH + 0.5)));
        }
        ret_sound[i] = (float)sum;
    }
    return count;
}

#define FIRST_ECHO   80 /* samples */
#define LONGEST_ECHO 8000
/* Adds a tail of sparse echoes, `direct_db` dB below the direct sound, 60 dB down after `seconds`.
 */
static void add_room(float *sound, size_t samples, double seconds, double direct_db,
                     struct chance *chance)
{
    static float echo[LONGEST_ECHO];
    size_t length = (size_t)(seconds * SAMPLE_RATE * 0.8);
    length = length > LONGEST_ECHO ? LONGEST_ECHO : length;
    double power = 1e-9;
    for (size_t i = 0; i < length; i++) {
        bool there = chance_bits(chance) % 4 == 0;
        double decay = exp(-6.9 * (double)i / (seconds * SAMPLE_RATE));
        echo[i] = there && i >= FIRST_ECHO ? (float)(chance_normal(chance) * decay) : 0;
        power += (double)echo[i] * echo[i];
    }
    float gain = (float)sqrt(pow(10, -direct_db / 10) / power);
    float *dry = take(samples * sizeof *dry);
    memcpy(dry, sound, samples * sizeof *dry);
    for (size_t k = 0; k < length; k++) {
        if (echo[k] != 0) {
            float level = echo[k] * gain;
            for (size_t i = k; i < samples; i++) {
                sound[i] += level * dry[i - k];
            }
        }
    }
    free(dry);
}

struct biquad {
    double b0, b1, b2, a0, a1, a2;
};

static void filter(float *sound, size_t samples, struct biquad q)
{
    double x1 = 0;
    double x2 = 0;
    double y1 = 0;
    double y2 = 0;
    for (size_t i = 0; i < samples; i++) {
        double x = sound[i];
        double y = (q.b0 * x + q.b1 * x1 + q.b2 * x2 - q.a1 * y1 - q.a2 * y2) / q.a0;
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = y;
        sound[i] = (float)y;
    }
}

/* The three filters are those of Robert Bristow-Johnson's audio equaliser cookbook, Q = 0.707. */
static void low_pass(float *sound, size_t samples, double hertz)
{
    double c = cos(2 * PI * hertz / SAMPLE_RATE);
    double alpha = sin(2 * PI * hertz / SAMPLE_RATE) / 1.414;
    filter(sound, samples,
           (struct biquad){(1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha});
}

static void high_pass(float *sound, size_t samples, double hertz)
{
    double c = cos(2 * PI * hertz / SAMPLE_RATE);
    double alpha = sin(2 * PI * hertz / SAMPLE_RATE) / 1.414;
    filter(sound, samples,
           (struct biquad){(1 + c) / 2, -(1 + c), (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha});
}

static void high_shelf(float *sound, size_t samples, double hertz, double db)
{
    double a = pow(10, db / 40);
    double c = cos(2 * PI * hertz / SAMPLE_RATE);
    double alpha = sin(2 * PI * hertz / SAMPLE_RATE) / 1.414;
    double s = 2 * sqrt(a) * alpha;
    filter(sound, samples,
           (struct biquad){a * ((a + 1) + (a - 1) * c + s), -2 * a * ((a - 1) + (a + 1) * c),
                           a * ((a + 1) + (a - 1) * c - s), (a + 1) - (a - 1) * c + s,
                           2 * ((a - 1) - (a + 1) * c), (a + 1) - (a - 1) * c - s});
}

static void limit_band(float *sound, size_t samples, struct chance *chance)
{
    double kind = chance_unit(chance);
    if (kind < 0.12) {
        high_pass(sound, samples, chance_between(chance, 250, 400));
        low_pass(sound, samples, chance_between(chance, 3200, 3600));
        low_pass(sound, samples, 3500);
    } else if (kind < 0.25) {
        low_pass(sound, samples, chance_between(chance, 2500, 7000));
    } else if (kind < 0.35) {
        high_pass(sound, samples, chance_between(chance, 60, 260));
    }
}

/* Up to a quarter of a second of near silence before and after, half of the time each. */
static size_t pad(float *sound, size_t samples, struct chance *chance)
{
    size_t before = chance_unit(chance) < 0.5 ? (size_t)chance_between(chance, 0, 4000) : 0;
    size_t after = chance_unit(chance) < 0.5 ? (size_t)chance_between(chance, 0, 4000) : 0;
    if (samples + before + after > MAX_SAMPLES) {
        return samples;
    }
    memmove(sound + before, sound, samples * sizeof *sound);
    for (size_t i = 0; i < before; i++) {
        sound[i] = (float)(3 * chance_normal(chance));
    }
    for (size_t i = 0; i < after; i++) {
        sound[before + samples + i] = (float)(3 * chance_normal(chance));
    }
    return before + samples + after;
}

static void scale_to(const float *sound, size_t samples, double peak, int16_t *ret_sound)
{
    double loudest = 1;
    for (size_t i = 0; i < samples; i++) {
        loudest = fmax(loudest, fabs(sound[i]));
    }
    for (size_t i = 0; i < samples; i++) {
        ret_sound[i] = (int16_t)lrint(sound[i] * (peak / loudest));
    }
}

/* Another voice: its speed, sometimes its vocal tract; silence around it. */
static size_t change_voice(const struct recording *recording, struct chance *chance, float *sound,
                           double *ret_warp)
{
    double speed = chance_unit(chance) < 0.2 ? 1 : chance_between(chance, 0.72, 1.2);
    size_t samples = change_speed(recording->sound, recording->samples, speed, sound);
    if (chance_unit(chance) < 0.6) {
        *ret_warp = chance_between(chance, 0.88, 1.12);
    }
    return pad(sound, samples, chance);
}

static void change_place(float *sound, size_t samples, struct chance *chance)
{
    if (chance_unit(chance) < 0.3) {
        double seconds = chance_between(chance, 0.12, 0.62);
        add_room(sound, samples, seconds, chance_between(chance, -1, 11), chance);
    }
    if (chance_unit(chance) < 0.4) {
        double hertz = chance_between(chance, 800, 3800);
        high_shelf(sound, samples, hertz, chance_between(chance, -9.6, 9.6));
    }
    limit_band(sound, samples, chance);
}

static void add_noise(float *sound, size_t samples, const struct recordings *others,
                      struct chance *chance)
{
    if (chance_unit(chance) < 0.55) {
        enum noise kind = (enum noise)(chance_bits(chance) % NOISE_KINDS);
        augment_noise(sound, samples, kind, chance_between(chance, 3, 25), others, chance);
    } else {
        augment_noise(sound, samples, NOISE_PINK, chance_between(chance, 30, 50), others, chance);
    }
}

#define LOUDEST 30000

void augment_to_judge(const struct recording *recording, const struct recordings *others,
                      double ratio_db, struct chance *chance, int16_t *ret_sound)
{
    static float noisy[MAX_SAMPLES];
    double peak = LOUDEST;
    for (size_t i = 0; i < recording->samples; i++) {
        noisy[i] = recording->sound[i];
    }
    if (ratio_db < AUGMENT_CLEAN) {
        enum noise kind = (enum noise)(chance_bits(chance) % NOISE_CLICKS);
        augment_noise(noisy, recording->samples, kind, ratio_db, others, chance);
    }
    for (size_t i = 0; i < recording->samples; i++) {
        peak = fmax(peak, fabs(noisy[i]));
    }
    for (size_t i = 0; i < recording->samples; i++) {
        ret_sound[i] = (int16_t)lrint(noisy[i] * (LOUDEST / peak));
    }
}

size_t augment_draw(const struct recording *recording, const struct recordings *others,
                    struct chance *chance, int16_t *ret_sound, double *ret_warp)
{
    static float sound[MAX_SAMPLES];
    *ret_warp = 1;
    if (chance_unit(chance) < 0.1) {
        memcpy(ret_sound, recording->sound, recording->samples * sizeof *ret_sound);
        return recording->samples;
    }
    size_t samples = change_voice(recording, chance, sound, ret_warp);
    change_place(sound, samples, chance);
    add_noise(sound, samples, others, chance);
    scale_to(sound, samples, chance_between(chance, 0.1, 0.9) * 32000, ret_sound);
    return samples;
}

/* How often each. */
#define OVERDRIVEN 0.2
#define LINE       0.1
#define GATED      0.15
#define FAINT      0.12
#define DISTURBED  0.12 /* babble or hum at 0 to 10 dB, in place of the usual noises */

size_t augment_harsh(const struct recording *recording, const struct recordings *others,
                     struct chance *chance, int16_t *ret_sound, int16_t *ret_voice,
                     double *ret_warp)
{
    static float sound[MAX_SAMPLES];
    static float voice[MAX_SAMPLES];
    *ret_warp = 1;
    if (chance_unit(chance) < 0.1) {
        memcpy(ret_sound, recording->sound, recording->samples * sizeof *ret_sound);
        memcpy(ret_voice, recording->sound, recording->samples * sizeof *ret_voice);
        return recording->samples;
    }
    size_t samples = change_voice(recording, chance, sound, ret_warp);
    memcpy(voice, sound, samples * sizeof *voice);
    scale_to(voice, samples, 16000, ret_voice);
    change_place(sound, samples, chance);
    if (chance_unit(chance) < DISTURBED) {
        enum noise kind = chance_unit(chance) < 0.5 ? NOISE_BABBLE : NOISE_HUM;
        augment_noise(sound, samples, kind, chance_between(chance, 0, 10), others, chance);
    } else {
        add_noise(sound, samples, others, chance);
    }
    if (chance_unit(chance) < OVERDRIVEN) {
        harsh_clip(sound, samples, chance);
    }
    if (chance_unit(chance) < LINE) {
        harsh_line(sound, samples, chance);
    }
    if (chance_unit(chance) < GATED) {
        harsh_gate(sound, voice, samples, chance);
    }
    bool faint = chance_unit(chance) < FAINT;
    double level =
        faint ? pow(10, chance_between(chance, -46, -30) / 20) : chance_between(chance, 0.1, 0.9);
    scale_to(sound, samples, level * 32000, ret_sound);
    return samples;
}
