/* SPDX-License-Identifier: GPL-3.0-or-later */
/* echo_probe: delay, echo, room and noise are found, and whether the echo can be taken out. */
#include "base/mem.h"
#include "dsp/echo_probe.h"
#include "dsp/resample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static double noise(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1 << 23) - 1;
}

/* What comes back of the signal: later, weaker, in a room that rings, on noise. */
struct room {
    int delay_ms;
    double gain;    /* of the direct sound */
    double ring_ms; /* 60 dB of decay; 0: none */
    double noise;   /* its peak */
    bool clipped;
    bool muted;
};

static void add_ringing(double *samples, size_t count, double ring_ms)
{
    const double decay = pow(10, -3.0 / (ring_ms * 16));
    unsigned seed = 5;
    for (int tap = 0; tap < 60; tap++) {
        const size_t at = (size_t)(fabs(noise(&seed)) * ring_ms * 16) + 20;
        const double gain = 0.15 * noise(&seed) * pow(decay, (double)at);
        for (size_t i = count; i-- > at;)
            samples[i] += gain * samples[i - at];
    }
}

static void check(const struct room *room, struct echo_probe_result *ret_result)
{
    const size_t count = (size_t)LISTENING_RATE * (ECHO_PROBE_MS + 500) / 1000;
    struct microphone *microphone = microphone_new();
    struct microphone_measure measure;
    double *values = xcalloc(count, sizeof *values);
    int16_t *samples = xcalloc(count, sizeof *samples), *signal;
    const size_t length = echo_probe_signal(LISTENING_RATE, &signal);
    unsigned seed = 1;
    for (size_t i = 0; i < length; i++)
        if (i + (size_t)room->delay_ms * 16 < count)
            values[i + (size_t)room->delay_ms * 16] = room->gain * signal[i];
    if (room->ring_ms > 0)
        add_ringing(values, count, room->ring_ms);
    for (size_t i = 0; i < count; i++) {
        const double value = values[i] + room->noise * noise(&seed);
        const double most = room->clipped ? 32767 : 30000;
        samples[i] = room->muted ? 0 : (int16_t)fmax(-most, fmin(most, value));
    }
    microphone_feed(microphone, samples, count, LISTENING_RATE);
    microphone_measure(microphone, &measure);
    echo_probe_judge(samples, count, &measure, ret_result);
    microphone_free(microphone);
    free(values);
    free(samples);
    free(signal);
}

static void test_signal(void **state)
{
    (void)state;
    const int rates[] = {8000, 16000, 22050, 48000};
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        int16_t *samples;
        int peak = 0;
        const size_t count = echo_probe_signal(rates[i], &samples);
        assert_int_equal(count, rates[i] * ECHO_PROBE_MS / 1000);
        for (size_t k = 0; k < count; k++)
            peak = abs(samples[k]) > peak ? abs(samples[k]) : peak;
        assert_in_range(peak, 7800, 8000);
        assert_int_equal(samples[count - 1], 0);
        free(samples);
    }
}

static void test_delay_and_level(void **state)
{
    (void)state;
    const int delays[] = {0, 7, 63, 250, 640};
    const double levels[] = {-8, -12, -20, -30, -40};
    for (size_t d = 0; d < COUNT_OF(delays); d++) {
        for (size_t l = d % 2; l < COUNT_OF(levels); l += 2) {
            const struct room room = {
                .delay_ms = delays[d], .gain = pow(10, levels[l] / 20), .noise = 20};
            struct echo_probe_result result;
            check(&room, &result);
            assert_true(result.heard);
            assert_in_range(result.delay_ms + 2, delays[d], delays[d] + 4);
            assert_true(fabs(result.echo_db - levels[l]) < 1.5);
            assert_int_equal(result.finding, ECHO_PROBE_WEAK_ECHO);
            assert_true(fabs(result.floor_db - 20 * log10(20 / sqrt(3) / 32768)) < 2);
        }
    }
}

static void test_nothing_comes_back(void **state)
{
    (void)state;
    const double noises[] = {3, 20, 200};
    for (size_t i = 0; i < COUNT_OF(noises); i++) {
        const struct room room = {.noise = noises[i]};
        struct echo_probe_result result;
        check(&room, &result);
        assert_false(result.heard);
        assert_int_equal(result.finding, ECHO_PROBE_NO_ECHO);
        assert_int_equal(result.delay_ms, 0);
    }
}

static void test_room_rings(void **state)
{
    (void)state;
    struct echo_probe_result dry, ringing;
    const struct room small = {.delay_ms = 40, .gain = 0.2, .noise = 10};
    const struct room church = {.delay_ms = 40, .gain = 0.2, .noise = 10, .ring_ms = 600};
    check(&small, &dry);
    check(&church, &ringing);
    assert_in_range(dry.delay_ms, 38, 42);
    assert_in_range(ringing.delay_ms, 38, 42);
    assert_in_range(dry.tail_ms, 100, 120);
    assert_true(ringing.tail_ms > dry.tail_ms + 80);
    assert_true(ringing.echo_db > dry.echo_db);
}

static void test_too_loud(void **state)
{
    (void)state;
    struct echo_probe_result result;
    const struct room loud = {.delay_ms = 20, .gain = 0.9, .noise = 10};
    check(&loud, &result);
    assert_int_equal(result.finding, ECHO_PROBE_LOUD_ECHO);
    const struct room clipped = {.delay_ms = 20, .gain = 8, .noise = 10, .clipped = true};
    check(&clipped, &result);
    assert_int_equal(result.finding, ECHO_PROBE_LOUD_ECHO);
    assert_true(result.measure.clipped > MICROPHONE_CLIPPED_MAX);
}

static void test_too_late(void **state)
{
    (void)state;
    struct echo_probe_result result;
    const struct room room = {.delay_ms = 950, .gain = 0.2, .noise = 10};
    check(&room, &result);
    assert_int_equal(result.finding, ECHO_PROBE_LATE_ECHO);
}

static void test_muted(void **state)
{
    (void)state;
    struct echo_probe_result result;
    const struct room room = {.muted = true};
    check(&room, &result);
    assert_int_equal(result.finding, ECHO_PROBE_MUTED);
    /* Nothing was recorded at all. */
    struct microphone_measure measure = {0};
    echo_probe_judge(NULL, 0, &measure, &result);
    assert_false(result.heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signal),
        cmocka_unit_test(test_delay_and_level),
        cmocka_unit_test(test_nothing_comes_back),
        cmocka_unit_test(test_room_rings),
        cmocka_unit_test(test_too_loud),
        cmocka_unit_test(test_too_late),
        cmocka_unit_test(test_muted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
