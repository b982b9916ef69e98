/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * echo: in a simulated room, the echo goes and the near voice stays.
 *
 * The room is an impulse response of random taps under an exponential decay (RT60), late by the
 * delay of the devices; the voices are noise through a formant-like filter, switched on and off in
 * syllables. Everything comes from one generator, so each run is the same.
 */
#include "base/mem.h"
#include "dsp/echo.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SECONDS 16
#define LENGTH  (SECONDS * LISTENING_RATE)
#define ROOM    (LISTENING_RATE / 5)

static double noise(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1u << 23) - 1.0;
}

/* Noise through a resonance near 500 Hz, in syllables of 150 ms with gaps. */
static void make_voice(uint32_t seed, double level, double *ret_samples)
{
    double y1 = 0;
    double y2 = 0;
    double r = 0.97;
    double c = 2 * r * cos(2 * M_PI * 500 / LISTENING_RATE);
    for (size_t i = 0; i < LENGTH; i++) {
        double y = noise(&seed) + c * y1 - r * r * y2;
        double phase = fmod((double)i / LISTENING_RATE, 0.25) / 0.25;
        double envelope = phase < 0.6 ? sin(M_PI * phase / 0.6) : 0;
        ret_samples[i] = level * y * envelope;
        y2 = y1;
        y1 = y;
    }
}

/* RT60: the decay after which 60 dB are gone, so the amplitude is 10^(-3 t / RT60). */
static void make_room(double rt60, double gain, double *ret_taps)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < ROOM; i++)
        ret_taps[i] = gain * noise(&seed) * pow(10, -3.0 * (double)i / LISTENING_RATE / rt60);
    ret_taps[0] = 2 * gain;
}

static double power(const double *samples, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++)
        sum += samples[i] * samples[i];
    return sum / (double)(to - from) + 1e-9;
}

struct scene {
    double far[LENGTH];
    double near[LENGTH];
    double echo[LENGTH];
    double clean[LENGTH];
    double drift; /* what was made up for in the end */
};

static void reverberate(struct scene *scene, double rt60, int delay_ms)
{
    static double taps[ROOM];
    make_room(rt60, 0.08, taps);
    size_t delay = (size_t)delay_ms * LISTENING_RATE / 1000;
    memset(scene->echo, 0, sizeof scene->echo);
    for (size_t i = 0; i + delay < LENGTH; i++)
        for (size_t k = 0; k < ROOM && k <= i; k++)
            scene->echo[i + delay] += taps[k] * scene->far[i - k];
}

static int16_t sample(double value)
{
    return (int16_t)lrint(fmax(-32768, fmin(32767, value)));
}

/* Plays `far` while the microphone hears echo and near voice; `drift` more samples are played than
 * heard, millionths. Returns the share of frames in the second half in which somebody is heard. */
static double cancel(struct scene *scene, const struct echo_config *config, double drift)
{
    struct echo *echo = echo_new(config);
    const size_t frame = LISTENING_FRAME;
    size_t given = 0, frames = 0, somebody = 0;
    assert_non_null(echo);
    for (size_t at = 0; at + frame <= LENGTH; at += frame) {
        int16_t microphone[LISTENING_FRAME];
        const size_t until = (size_t)((double)(at + frame) * (1 + drift * 1e-6));
        for (; given < until && given < LENGTH; given++) {
            const int16_t played = sample(scene->far[given]);
            echo_played(echo, &played, 1);
        }
        for (size_t i = 0; i < frame; i++)
            microphone[i] = sample(scene->echo[at + i] + scene->near[at + i]);
        const bool heard = echo_process(echo, microphone, microphone);
        frames += at >= LENGTH / 2;
        somebody += at >= LENGTH / 2 && heard;
        for (size_t i = 0; i < frame; i++)
            scene->clean[at + i] = microphone[i];
    }
    scene->drift = echo_drift(echo);
    echo_free(echo);
    return (double)somebody / (double)frames;
}

static double decibels(double ratio)
{
    return 10 * log10(ratio);
}

static int set_up(void **state)
{
    struct scene *scene = xcalloc(1, sizeof *scene);
    make_voice(1, 500, scene->far);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static double reduction(struct scene *scene, const struct echo_config *config, double drift)
{
    cancel(scene, config, drift);
    return decibels(power(scene->echo, LENGTH * 3 / 4, LENGTH) /
                    power(scene->clean, LENGTH * 3 / 4, LENGTH));
}

static const struct echo_config usual = {
    .played_rate = LISTENING_RATE, .tail_ms = 200, .delay_ms = 60};

static void the_echo_of_a_room_goes(void **state)
{
    struct scene *scene = *state;
    struct echo_config config = usual;
    reverberate(scene, 0.3, 60);
    const double filtered = reduction(scene, &config, 0);
    print_message("RT60 0.3 s: %.1f dB\n", filtered);
    assert_true(filtered > 15);
}

static void a_delay_beyond_the_tail_is_found(void **state)
{
    struct scene *scene = *state;
    struct echo_config config = usual;
    config.tail_ms = 100;
    config.delay_ms = 0;
    reverberate(scene, 0.2, 300);
    const double found = reduction(scene, &config, 0);
    print_message("delay 300 ms: %.1f dB\n", found);
    assert_true(found > 15);
}

/* The echo as a microphone hears it whose clock is slower: linear between the samples. */
static void slow_down(struct scene *scene, double millionths)
{
    for (size_t i = 0; i < LENGTH; i++) {
        const double place = (double)i * (1 + millionths * 1e-6);
        const size_t k = (size_t)place;
        const double part = place - (double)k;
        scene->clean[i] =
            k + 1 < LENGTH ? scene->echo[k] * (1 - part) + scene->echo[k + 1] * part : 0;
    }
    memcpy(scene->echo, scene->clean, sizeof scene->echo);
}

static void clocks_that_drift_apart_are_made_up_for(void **state)
{
    struct scene *scene = *state;
    static const double drifts[] = {100, -100};
    for (size_t i = 0; i < COUNT_OF(drifts); i++) {
        reverberate(scene, 0.3, 60);
        slow_down(scene, drifts[i]);
        const double left = reduction(scene, &usual, drifts[i]);
        print_message("%.0f millionths: %.1f dB, %.1f made up for\n", drifts[i], left,
                      scene->drift);
        assert_true(fabs(scene->drift + drifts[i]) < 3);
        assert_true(left > 15);
    }
}

static void the_near_voice_stays_and_is_told_from_the_echo(void **state)
{
    struct scene *scene = *state;
    reverberate(scene, 0.3, 60);
    const double alone = cancel(scene, &usual, 0);
    /* Words in one of four seconds of the second half. */
    make_voice(99, 500, scene->near);
    for (size_t i = 0; i < LENGTH; i++)
        if (i < LENGTH / 2 || i % (4 * LISTENING_RATE) > LISTENING_RATE)
            scene->near[i] = 0;
    const double together = cancel(scene, &usual, 0);
    const double kept =
        decibels(power(scene->clean, LENGTH / 2, LENGTH) / power(scene->near, LENGTH / 2, LENGTH));
    print_message("near voice over the echo: %.1f dB of its level kept; somebody in %.0f %% of the "
                  "frames, %.0f %% without\n",
                  kept, 100 * together, 100 * alone);
    assert_true(kept > -3);
    assert_true(kept < 3);
    assert_true(alone < 0.02);
    assert_true(together > 0.08); /* of a quarter, with gaps between syllables */
}

/* Nothing was played for long: the filter rests, and a constant offset makes no step. */
static void where_nothing_is_played_nothing_is_changed(void **state)
{
    (void)state;
    struct echo *echo = echo_new(&usual);
    const int16_t silence[LISTENING_FRAME] = {0};
    int16_t frame[LISTENING_FRAME];
    int last = 0;
    for (size_t i = 0; i < 300; i++) {
        for (size_t k = 0; k < COUNT_OF(frame); k++)
            frame[k] = (int16_t)(500 + 100 * sin(2 * M_PI * (double)k / 16));
        echo_played(echo, silence, COUNT_OF(silence));
        assert_true(echo_process(echo, frame, frame));
        for (size_t k = 0; i > 20 && k < COUNT_OF(frame); k++) {
            assert_in_range(abs(frame[k]), 0, 110);
            assert_in_range(abs(frame[k] - last), 0, 45);
            last = frame[k];
        }
        last = frame[COUNT_OF(frame) - 1];
    }
    echo_free(echo);
}

static void silence_stays_silent_and_a_rate_that_is_none_is_refused(void **state)
{
    (void)state;
    struct echo_config config = {.played_rate = 22050, .tail_ms = 9999, .delay_ms = 99999};
    struct echo *echo = echo_new(&config);
    int16_t frame[LISTENING_FRAME] = {0};
    int16_t clean[LISTENING_FRAME];
    for (int i = 0; i < 50; i++) {
        echo_played(echo, frame, COUNT_OF(frame));
        assert_true(echo_process(echo, frame, clean));
        for (size_t k = 0; k < COUNT_OF(clean); k++)
            assert_in_range(abs(clean[k]), 0, 1);
    }
    echo_set_delay(echo, -5);
    echo_process(echo, frame, clean);
    echo_free(echo);
    echo_free(NULL);
    config = usual;
    config.played_rate = 0;
    assert_null(echo_new(&config));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_echo_of_a_room_goes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_delay_beyond_the_tail_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(clocks_that_drift_apart_are_made_up_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_near_voice_stays_and_is_told_from_the_echo, set_up,
                                        tear_down),
        cmocka_unit_test(where_nothing_is_played_nothing_is_changed),
        cmocka_unit_test(silence_stays_silent_and_a_rate_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
