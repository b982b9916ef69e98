/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pacing: slow speakers are given time, quick ones are answered sooner. */
#include "listen/pacing.h"
#include "model/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_limits(void **state)
{
    (void)state;
    struct pacing pacing;
    pacing_init(&pacing, 0);
    assert_int_equal(pacing.hangover_ms, LISTEN_PAUSE_MIN);
    pacing_init(&pacing, 5000);
    assert_int_equal(pacing.hangover_ms, LISTEN_PAUSE_MAX);
    pacing_init(&pacing, LISTEN_PAUSE_DEFAULT);
    assert_int_equal(pacing.hangover_ms, LISTEN_PAUSE_DEFAULT);
}

/* "étape … suivante", half a second apart: after a few times it is no longer cut. */
static void test_pauses_inside_a_phrase(void **state)
{
    (void)state;
    struct pacing pacing;
    double now = 10;
    int times = 0;
    pacing_init(&pacing, LISTEN_PAUSE_DEFAULT);
    while (pacing.hangover_ms < 500 && times < 10) {
        times++;
        pacing_heard(&pacing, now, now + 0.5, false);
        pacing_heard(&pacing, now + 1.0, now + 1.6, false);
        now += 20;
    }
    assert_in_range(times, 1, 3);
    assert_in_range(pacing.hangover_ms, 500, 600);
    /* However long the pauses: there is an end. */
    for (int i = 0; i < 50; i++) {
        pacing_heard(&pacing, now, now + 0.5, false);
        pacing_heard(&pacing, now + 1.65, now + 2, false);
        now += 20;
    }
    assert_int_equal(pacing.hangover_ms, LISTEN_PAUSE_MAX);
}

static void test_quick_speakers(void **state)
{
    (void)state;
    struct pacing pacing;
    pacing_init(&pacing, LISTEN_PAUSE_DEFAULT);
    for (int i = 0; i < 100; i++)
        pacing_heard(&pacing, 10.0 * i, 10.0 * i + 0.6, true);
    assert_int_equal(pacing.hangover_ms, LISTEN_PAUSE_MIN);
}

/* Neither a noise now and then, nor two commands one after the other, nor a television. */
static void test_what_is_no_pause(void **state)
{
    (void)state;
    struct pacing pacing;
    pacing_init(&pacing, LISTEN_PAUSE_DEFAULT);
    for (int i = 0; i < 10; i++)
        assert_false(pacing_heard(&pacing, 10.0 * i, 10.0 * i + 0.3, false));
    pacing_heard(&pacing, 200, 200.5, true);
    pacing_heard(&pacing, 201, 201.5, true);
    assert_in_range(pacing.hangover_ms, LISTEN_PAUSE_DEFAULT - 10, LISTEN_PAUSE_DEFAULT);
    int before = pacing.hangover_ms;
    for (int i = 0; i < 10; i++)
        pacing_heard(&pacing, 300 + 6.0 * i, 305.2 + 6.0 * i, false);
    assert_int_equal(pacing.hangover_ms, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_pauses_inside_a_phrase),
        cmocka_unit_test(test_quick_speakers),
        cmocka_unit_test(test_what_is_no_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
