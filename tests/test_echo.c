/*
 * echo: in a simulated room, the echo goes and the near voice stays.
 *
 * The room is an impulse response of random taps under an exponential decay (RT60), late by the
 * delay of the devices; the voices are noise through a formant-like filter, switched on and off in
 * syllables. Everything comes from one generator, so each run is the same.
 */
#include "echo.h"
#include "mem.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SECONDS 8
#define LENGTH  (SECONDS * ECHO_RATE)
#define ROOM    (ECHO_RATE / 5)

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
    double c = 2 * r * cos(2 * M_PI * 500 / ECHO_RATE);
    for (size_t i = 0; i < LENGTH; i++) {
        double y = noise(&seed) + c * y1 - r * r * y2;
        double phase = fmod((double)i / ECHO_RATE, 0.25) / 0.25;
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
        ret_taps[i] = gain * noise(&seed) * pow(10, -3.0 * (double)i / ECHO_RATE / rt60);
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
};

static void reverberate(struct scene *scene, double rt60, int delay_ms)
{
    static double taps[ROOM];
    make_room(rt60, 0.08, taps);
    size_t delay = (size_t)delay_ms * ECHO_RATE / 1000;
    memset(scene->echo, 0, sizeof scene->echo);
    for (size_t i = 0; i + delay < LENGTH; i++)
        for (size_t k = 0; k < ROOM && k <= i; k++)
            scene->echo[i + delay] += taps[k] * scene->far[i - k];
}

static int16_t sample(double value)
{
    return (int16_t)lrint(fmax(-32768, fmin(32767, value)));
}

static void cancel(struct scene *scene, const struct echo_config *config)
{
    struct echo *echo = echo_new(config);
    assert_non_null(echo);
    for (size_t at = 0; at + config->frame <= LENGTH; at += config->frame) {
        int16_t microphone[ECHO_FRAME_MAX];
        int16_t played[ECHO_FRAME_MAX];
        for (size_t i = 0; i < config->frame; i++) {
            microphone[i] = sample(scene->echo[at + i] + scene->near[at + i]);
            played[i] = sample(scene->far[at + i]);
        }
        echo_process(echo, microphone, played, microphone);
        for (size_t i = 0; i < config->frame; i++)
            scene->clean[at + i] = microphone[i];
    }
    echo_free(echo);
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

static double reduction(struct scene *scene, const struct echo_config *config)
{
    cancel(scene, config);
    return decibels(power(scene->echo, LENGTH / 2, LENGTH) /
                    power(scene->clean, LENGTH / 2, LENGTH));
}

static void the_echo_of_a_room_goes(void **state)
{
    struct scene *scene = *state;
    struct echo_config config = {.frame = 160, .tail_ms = 200, .delay_ms = 60, .suppress = false};
    reverberate(scene, 0.3, 60);
    double filtered = reduction(scene, &config);
    config.suppress = true;
    double suppressed = reduction(scene, &config);
    print_message("RT60 0.3 s: %.1f dB by the filter, %.1f dB with suppression\n", filtered,
                  suppressed);
    assert_true(filtered > 15);
    assert_true(suppressed > filtered + 5);
    config.frame = 256;
    double other_frame = reduction(scene, &config);
    print_message("frame 256: %.1f dB\n", other_frame);
    assert_true(other_frame > 20);
}

static void a_delay_beyond_the_tail_must_be_told(void **state)
{
    struct scene *scene = *state;
    struct echo_config config = {.frame = 160, .tail_ms = 100, .delay_ms = 300, .suppress = false};
    reverberate(scene, 0.2, 300);
    double told = reduction(scene, &config);
    config.delay_ms = 0;
    double untold = reduction(scene, &config);
    print_message("delay 300 ms: %.1f dB told, %.1f dB untold\n", told, untold);
    assert_true(told > 15);
    assert_true(untold < 3);
}

static void the_near_voice_stays(void **state)
{
    struct scene *scene = *state;
    const struct echo_config config = {
        .frame = 160, .tail_ms = 200, .delay_ms = 60, .suppress = true};
    reverberate(scene, 0.3, 60);
    make_voice(99, 500, scene->near);
    memset(scene->near, 0, sizeof scene->near / 2);
    cancel(scene, &config);
    double kept =
        decibels(power(scene->clean, LENGTH / 2, LENGTH) / power(scene->near, LENGTH / 2, LENGTH));
    print_message("near voice over the echo: %.1f dB of its level kept\n", kept);
    assert_true(kept > -6);
    assert_true(kept < 3);
}

static void silence_stays_silent_and_bad_frames_are_refused(void **state)
{
    (void)state;
    struct echo_config config = {.frame = 160, .tail_ms = 9999, .delay_ms = 99999};
    struct echo *echo = echo_new(&config);
    int16_t frame[160] = {0};
    int16_t clean[160];
    for (int i = 0; i < 50; i++) {
        echo_process(echo, frame, frame, clean);
        for (size_t k = 0; k < COUNT_OF(clean); k++)
            assert_in_range(abs(clean[k]), 0, 1);
    }
    echo_reset(echo);
    echo_set_delay(echo, -5);
    echo_process(echo, frame, frame, clean);
    echo_free(echo);
    echo_free(NULL);
    config.frame = 0;
    assert_null(echo_new(&config));
    config.frame = ECHO_FRAME_MAX + 1;
    assert_null(echo_new(&config));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_echo_of_a_room_goes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_delay_beyond_the_tail_must_be_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_near_voice_stays, set_up, tear_down),
        cmocka_unit_test(silence_stays_silent_and_bad_frames_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
