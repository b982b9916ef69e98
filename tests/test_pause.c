/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pause: a while in simulated time, and one for real. */
#include "app/pause.h"
#include "base/timer.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void simulated_time_ends_it_once(void **state)
{
    (void)state;
    struct pause pause = {.timer = -1};
    pause_begin(&pause, 30);
    assert_false(pause_step(&pause, 20));
    assert_true(pause_step(&pause, 20));
    assert_false(pause_step(&pause, 20));
}

static void it_may_be_none(void **state)
{
    (void)state;
    struct pause pause = {.timer = -1};
    pause_begin(&pause, 30);
    pause_begin(&pause, 0);
    assert_int_equal(pause.left_ms, 0);
    assert_false(pause_step(&pause, 100));
}

static void real_time_ends_it_too(void **state)
{
    (void)state;
    struct pause pause = {.timer = timer_open()};
    struct pollfd waits = {.fd = pause.timer, .events = POLLIN};
    pause_begin(&pause, 10);
    assert_int_equal(poll(&waits, 1, 5000), 1);
    pause_begin(&pause, 0);
    assert_int_equal(poll(&waits, 1, 0), 0);
    timer_close(pause.timer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simulated_time_ends_it_once),
        cmocka_unit_test(it_may_be_none),
        cmocka_unit_test(real_time_ends_it_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
