/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timer: readable when its time is up, once or again and again. No exact times: only before, after
 * and never. */
#include "base/timer.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

#define LONG_MS 60000

/* Whether it can be read within this time. */
static bool is_up(int timer, int patience_ms)
{
    struct pollfd poller = {.fd = timer, .events = POLLIN};
    return poll(&poller, 1, patience_ms) == 1;
}

static void a_timer_rests_until_it_is_started(void **state)
{
    (void)state;
    const int timer = timer_open();
    assert_true(timer >= 0);
    assert_false(is_up(timer, 20));
    timer_clear(timer); /* does not wait */
    timer_start(timer, 1);
    assert_true(is_up(timer, LONG_MS));
    assert_true(is_up(timer, 0)); /* until it is cleared */
    timer_clear(timer);
    assert_false(is_up(timer, 20)); /* once */
    timer_close(timer);
}

static void what_was_set_before_no_longer_counts(void **state)
{
    (void)state;
    const int timer = timer_open();
    timer_start(timer, 1);
    timer_start(timer, LONG_MS);
    assert_false(is_up(timer, 20));
    timer_start(timer, 1);
    assert_true(is_up(timer, LONG_MS));
    timer_start(timer, 0);
    assert_false(is_up(timer, 20));
    timer_close(timer);
}

static void a_timer_repeats_until_it_is_stopped(void **state)
{
    (void)state;
    const int timer = timer_open();
    timer_repeat(timer, 2);
    for (int i = 0; i < 5; i++) {
        assert_true(is_up(timer, LONG_MS));
        timer_clear(timer);
    }
    timer_repeat(timer, 0);
    timer_clear(timer);
    assert_false(is_up(timer, 20));
    timer_close(timer);
}

static void no_timer_is_no_harm(void **state)
{
    (void)state;
    timer_start(-1, 1);
    timer_repeat(-1, 1);
    timer_clear(-1);
    timer_close(-1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_timer_rests_until_it_is_started),
        cmocka_unit_test(what_was_set_before_no_longer_counts),
        cmocka_unit_test(a_timer_repeats_until_it_is_stopped),
        cmocka_unit_test(no_timer_is_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
