/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * echo_alignment: the delay and the drift of a simulated echo are found, and where there is none
 * nothing is.
 *
 * What is played is noise in syllables from one generator; the echo comes late, through a few
 * reflections, and by a clock that runs faster or slower (linear interpolation).
 */
#include "base/mem.h"
#include "dsp/echo_alignment.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define SECONDS 10
#define LENGTH  ((size_t)SECONDS * LISTENING_RATE)
#define FRAME   160

static double noise(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1u << 23) - 1.0;
}

static void make_speech(double *ret_samples)
{
    uint32_t seed = 5;
    double last = 0;
    for (size_t i = 0; i < LENGTH; i++) {
        const double phase = fmod((double)i / LISTENING_RATE, 0.25) / 0.25;
        last = 0.5 * last + noise(&seed);
        ret_samples[i] = phase < 0.7 ? 3000 * last * sin(M_PI * phase / 0.7) : 0;
    }
}

static double at(const double *samples, double place)
{
    const double before = floor(place);
    if (before < 0 || before + 1 >= LENGTH)
        return 0;
    const size_t k = (size_t)before;
    return samples[k] + (place - before) * (samples[k + 1] - samples[k]);
}

struct found {
    bool has_delay, has_drift;
    double delay, drift;
};

/* What is known after ten seconds of an echo; the last drift that was found counts. */
static struct found listen(double delay, double millionths, double gain, double hiss)
{
    static const double reflections[][2] = {{0, 1}, {210, 0.5}, {530, -0.4}, {1210, 0.25}};
    struct echo_alignment *alignment = echo_alignment_new();
    struct found found = {0};
    double *speech = xcalloc(LENGTH, sizeof *speech);
    uint32_t seed = 77;
    make_speech(speech);
    for (size_t from = 0; from + FRAME <= LENGTH; from += FRAME) {
        int16_t played[FRAME], heard[FRAME];
        for (size_t i = 0; i < FRAME; i++) {
            double sum = hiss * noise(&seed);
            for (size_t r = 0; r < COUNT_OF(reflections); r++)
                sum += gain * reflections[r][1] *
                       at(speech,
                          (double)(from + i) * (1 - millionths * 1e-6) - delay - reflections[r][0]);
            played[i] = (int16_t)lrint(speech[from + i]);
            heard[i] = (int16_t)lrint(fmax(-32768, fmin(32767, sum)));
        }
        if (!echo_alignment_feed(alignment, played, heard, FRAME))
            continue;
        found.has_delay = echo_alignment_delay(alignment, &found.delay);
        if (echo_alignment_drift(alignment, &found.drift))
            found.has_drift = true;
    }
    free(speech);
    echo_alignment_free(alignment);
    return found;
}

static void a_delay_is_found(void **state)
{
    (void)state;
    static const double delays[] = {0, 37, 960, 15000};
    for (size_t i = 0; i < COUNT_OF(delays); i++) {
        const struct found found = listen(delays[i], 0, 0.3, 50);
        assert_true(found.has_delay);
        assert_true(fabs(found.delay - delays[i]) < 1);
        assert_true(found.has_drift);
        assert_true(fabs(found.drift) < 1);
    }
}

static void a_drift_is_found(void **state)
{
    (void)state;
    static const double drifts[] = {-200, -50, 3, 50, 120};
    for (size_t i = 0; i < COUNT_OF(drifts); i++) {
        const struct found found = listen(960, drifts[i], 0.3, 50);
        print_message("%.0f millionths: %.2f\n", drifts[i], found.drift);
        assert_true(found.has_drift);
        assert_true(fabs(found.drift - drifts[i]) < 1.5);
    }
}

static void a_weak_echo_in_noise_is_found(void **state)
{
    (void)state;
    const struct found found = listen(960, 50, 0.02, 50);
    assert_true(found.has_delay);
    assert_true(found.has_drift);
    assert_true(fabs(found.drift - 50) < 5);
}

static void without_an_echo_nothing_is_found(void **state)
{
    (void)state;
    const struct found found = listen(960, 0, 0, 300);
    assert_false(found.has_delay);
    assert_false(found.has_drift);
}

static void silence_says_nothing_and_is_forgotten(void **state)
{
    (void)state;
    struct echo_alignment *alignment = echo_alignment_new();
    const int16_t silence[FRAME] = {0};
    double value = 17;
    for (size_t i = 0; i < LENGTH; i += FRAME)
        echo_alignment_feed(alignment, silence, silence, FRAME);
    assert_false(echo_alignment_delay(alignment, &value));
    assert_false(echo_alignment_drift(alignment, &value));
    assert_true(value == 17);
    echo_alignment_reset(alignment);
    echo_alignment_interrupt(alignment);
    echo_alignment_free(alignment);
    echo_alignment_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delay_is_found),
        cmocka_unit_test(a_drift_is_found),
        cmocka_unit_test(a_weak_echo_in_noise_is_found),
        cmocka_unit_test(without_an_echo_nothing_is_found),
        cmocka_unit_test(silence_says_nothing_and_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
