/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mixdown: channels that agree, one that is alone, and two that cancel each other. */
#include "dsp/mixdown.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT 1600

/* A tone, by as much on either channel; what comes of it at its loudest. */
static int loudest(struct mixdown *mix, float left, float right)
{
    float frames[2 * COUNT];
    int16_t samples[COUNT];
    int most = 0;
    for (int i = 0; i < COUNT; i++) {
        const float tone = (float)sin(i * 0.1);
        frames[2 * i] = left * tone;
        frames[2 * i + 1] = right * tone;
    }
    mixdown(mix, frames, COUNT, samples);
    for (int i = 0; i < COUNT; i++)
        most = abs(samples[i]) > most ? abs(samples[i]) : most;
    return most;
}

static void assert_loudest(float left, float right, double expected)
{
    struct mixdown mix = {.channels = 2};
    assert_true(fabs(loudest(&mix, left, right) / 32768.0 - expected) < 0.001);
}

static void channels_are_added_up(void **state)
{
    (void)state;
    assert_loudest(0.5f, 0.5f, 0.5);
    assert_loudest(0.5f, 0, 0.25);
    assert_loudest(0, 0.5f, 0.25);
    assert_loudest(0.5f, -0.1f, 0.2);
    assert_loudest(0, 0, 0);
    assert_loudest(4, 4, 1);
}

static void of_two_that_cancel_each_other_the_louder_one_is_taken(void **state)
{
    (void)state;
    assert_loudest(0.5f, -0.5f, 0.5);
    assert_loudest(0.5f, -0.48f, 0.5);
    assert_loudest(0.46f, -0.5f, 0.5);
    /* And is stayed with. */
    struct mixdown mix = {.channels = 2};
    assert_int_equal(loudest(&mix, 0, 0), 0);
    assert_true(loudest(&mix, 0.5f, -0.5f) > 16000);
    assert_true(loudest(&mix, 0.5f, 0.25f) > 16000);
}

static void one_channel_is_itself(void **state)
{
    (void)state;
    struct mixdown mix = {.channels = 1};
    const float frames[] = {0, 0.5f, -1, 1, -0.25f};
    int16_t samples[5];
    mixdown(&mix, frames, 5, samples);
    assert_int_equal(samples[1], 16384);
    assert_int_equal(samples[2], -32768);
    assert_int_equal(samples[3], 32767);
    assert_int_equal(samples[4], -8192);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(channels_are_added_up),
        cmocka_unit_test(of_two_that_cancel_each_other_the_louder_one_is_taken),
        cmocka_unit_test(one_channel_is_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
