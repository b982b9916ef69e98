/* The rules of listen/talk_gate.h. */
#include "listen/talk_gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void what_stands_alone_is_asked_no_more(void **state)
{
    (void)state;
    struct talk_gate talk = {0};
    assert_true(talk_gate_confidence(&talk, 0) <= 0);
    talk_gate_heard(&talk, 1, 2, false);
    assert_true(talk_gate_confidence(&talk, 10) <= 0);
    /* Commands one after the other are no talk. */
    talk_gate_heard(&talk, 10, 11, true);
    assert_true(talk_gate_confidence(&talk, 11.5) <= 0);
}

static void what_follows_talk_is_asked_more(void **state)
{
    (void)state;
    struct talk_gate talk = {0};
    talk_gate_heard(&talk, 1, 2, false);
    const double one = talk_gate_confidence(&talk, 2.5);
    talk_gate_heard(&talk, 2.5, 4, false);
    const double two = talk_gate_confidence(&talk, 4.5);
    assert_true(one > 0.5);
    assert_true(two > one && two < 1);
    /* Silence ends it. */
    assert_true(talk_gate_confidence(&talk, 9) <= 0);
    talk_gate_heard(&talk, 9, 10, false);
    assert_true(talk_gate_confidence(&talk, 10.5) < two);
}

static void a_command_in_talk_does_not_end_it(void **state)
{
    (void)state;
    struct talk_gate talk = {0};
    talk_gate_heard(&talk, 1, 2, false);
    talk_gate_heard(&talk, 2.5, 4, false);
    talk_gate_heard(&talk, 4.5, 5, true);
    assert_true(talk_gate_confidence(&talk, 5.5) > 0.9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_alone_is_asked_no_more),
        cmocka_unit_test(what_follows_talk_is_asked_more),
        cmocka_unit_test(a_command_in_talk_does_not_end_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
