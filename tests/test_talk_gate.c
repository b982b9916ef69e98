/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of listen/talk_gate.h. */
#include "listen/talk_gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void what_stands_alone_follows_nothing(void **state)
{
    (void)state;
    struct talk_gate gate = {0};
    assert_int_equal(talk_gate_run(&gate, 0), 0);
    talk_gate_heard(&gate, 1, 2, false);
    assert_int_equal(talk_gate_run(&gate, 10), 0);
    /* Commands one after the other are no talk. */
    talk_gate_heard(&gate, 10, 11, true);
    assert_int_equal(talk_gate_run(&gate, 11.5), 0);
}

static void what_follows_at_once_is_counted(void **state)
{
    (void)state;
    struct talk_gate gate = {0};
    talk_gate_heard(&gate, 1, 2, false);
    assert_int_equal(talk_gate_run(&gate, 2.5), 1);
    talk_gate_heard(&gate, 2.5, 4, false);
    assert_int_equal(talk_gate_run(&gate, 4.5), 2);
    /* Silence ends it. */
    assert_int_equal(talk_gate_run(&gate, 9), 0);
    talk_gate_heard(&gate, 9, 10, false);
    assert_int_equal(talk_gate_run(&gate, 10.5), 1);
}

static void a_command_in_talk_does_not_end_it(void **state)
{
    (void)state;
    struct talk_gate gate = {0};
    talk_gate_heard(&gate, 1, 2, false);
    talk_gate_heard(&gate, 2.5, 4, false);
    talk_gate_heard(&gate, 4.5, 5, true);
    assert_int_equal(talk_gate_run(&gate, 5.5), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_alone_follows_nothing),
        cmocka_unit_test(what_follows_at_once_is_counted),
        cmocka_unit_test(a_command_in_talk_does_not_end_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
