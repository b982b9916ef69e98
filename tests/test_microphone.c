/* SPDX-License-Identifier: GPL-3.0-or-later */
/* microphone: what figures come of known samples, at any rate, and only from microphone_begin() on.
 */
#include "base/mem.h"
#include "dsp/microphone.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE 16000

static int set_up(void **state)
{
    *state = microphone_new();
    return 0;
}

static int tear_down(void **state)
{
    microphone_free(*state);
    return 0;
}

/* So many ms of a tone with this amplitude, in uneven pieces, as a device may give them. */
static void hear(struct microphone *microphone, int rate, int ms, double amplitude)
{
    size_t count = (size_t)rate * (size_t)ms / 1000;
    int16_t *samples = xcalloc(count, sizeof *samples);
    for (size_t i = 0; i < count; i++) {
        double value = amplitude * sin(6.283185 * 300.0 * (double)i / rate);
        samples[i] = (int16_t)fmax(fmin(value, 32767), -32768);
    }
    for (size_t i = 0; i < count; i += 101)
        microphone_feed(microphone, samples + i, count - i < 101 ? count - i : 101, rate);
    free(samples);
}

static void assert_near(double value, double wanted)
{
    assert_true(fabs(value - wanted) <= 1.5);
}

static void levels_are_those_of_the_samples(void **state)
{
    static const int rates[] = {8000, 16000, 44100, 48000};
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        struct microphone *microphone = microphone_new();
        struct microphone_measure measure;
        hear(microphone, rates[i], 1000, 32.767); /* a sine of -60 dB has -63 dB of power */
        hear(microphone, rates[i], 500, 3276.7);
        microphone_measure(microphone, &measure);
        assert_near(measure.frames, 150);
        assert_near(measure.floor_db, -63);
        assert_near(measure.voice_db, -23);
        assert_int_equal(measure.clipped, 0);
        assert_false(measure.flat);
        microphone_free(microphone);
    }
    (void)state;
}

static void only_what_came_since_the_beginning_counts(void **state)
{
    struct microphone_measure measure;
    hear(*state, RATE, 1000, 40000);
    microphone_begin(*state);
    microphone_measure(*state, &measure);
    assert_int_equal(measure.frames, 0);
    hear(*state, RATE, 1000, 100);
    microphone_measure(*state, &measure);
    assert_int_equal(measure.frames, 100);
    assert_int_equal(measure.clipped, 0);
    assert_near(measure.voice_db, -53);
}

static void a_constant_is_no_sound(void **state)
{
    int16_t samples[1600];
    struct microphone_measure measure;
    for (size_t i = 0; i < COUNT_OF(samples); i++)
        samples[i] = (int16_t)(500 + i % 2);
    microphone_feed(*state, samples, COUNT_OF(samples), RATE);
    microphone_measure(*state, &measure);
    assert_true(measure.flat);
    assert_true(measure.voice_db < -80);
    assert_true(microphone_is_dead(&measure));
}

static void nothing_at_all_is_dead(void **state)
{
    struct microphone_measure measure;
    microphone_measure(*state, &measure);
    assert_true(microphone_is_dead(&measure));
    hear(*state, RATE, 1000, 30);
    microphone_measure(*state, &measure);
    assert_false(microphone_is_dead(&measure));
}

static void a_click_is_no_voice(void **state)
{
    struct microphone_measure measure;
    hear(*state, RATE, 1000, 20);
    hear(*state, RATE, 20, 8000);
    hear(*state, RATE, 1000, 20);
    microphone_measure(*state, &measure);
    assert_near(measure.voice_db, measure.floor_db);
}

static void the_end_of_the_scale_is_counted(void **state)
{
    struct microphone_measure measure;
    hear(*state, RATE, 500, 60000);
    microphone_measure(*state, &measure);
    assert_true(measure.clipped > MICROPHONE_CLIPPED_MAX);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(levels_are_those_of_the_samples), TEST(only_what_came_since_the_beginning_counts),
        TEST(a_constant_is_no_sound),          TEST(nothing_at_all_is_dead),
        TEST(the_end_of_the_scale_is_counted), TEST(a_click_is_no_voice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
