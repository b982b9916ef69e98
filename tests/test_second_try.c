/* SPDX-License-Identifier: GPL-3.0-or-later */
/* second_try: what is said twice is asked back, and talk is not. */
#include "listen/heard.h"
#include "listen/second_try.h"
#include "model/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char word[] = "suivant";

/* A second of speech that is no command for the recogniser, though this one is the likeliest. */
static struct heard miss(int command, double start_s)
{
    return (struct heard){
        .kind = HEARD_PHRASE,
        .phrase = word,
        .command = command,
        .verdict = VERDICT_NOTHING,
        .confidence = 0.1,
        .start_s = start_s,
        .end_s = start_s + 1,
    };
}

static void assert_again(struct second_try *tries, struct heard heard, bool expected)
{
    assert_int_equal(second_try_heard(tries, &heard), expected);
}

static void the_second_time_is_asked_back(void **state)
{
    (void)state;
    struct second_try tries = {0};
    assert_again(&tries, miss(COMMAND_NEXT, 1), false);
    assert_again(&tries, miss(COMMAND_NEXT, 6), true);
    /* It was asked: the third is a first one again. */
    assert_again(&tries, miss(COMMAND_NEXT, 11), false);
    assert_again(&tries, miss(COMMAND_NEXT, 16), true);
}

static void near_ones_count_too(void **state)
{
    (void)state;
    struct second_try tries = {0};
    struct heard near = miss(COMMAND_NEXT, 1);
    near.verdict = VERDICT_NOT_UNDERSTOOD;
    assert_again(&tries, near, false);
    assert_again(&tries, miss(COMMAND_NEXT, 6), true);
}

static void two_different_ones_are_nothing(void **state)
{
    (void)state;
    struct second_try tries = {0};
    struct heard choice = miss(COMMAND_CHOOSE, 11);
    assert_again(&tries, miss(COMMAND_NEXT, 1), false);
    assert_again(&tries, miss(COMMAND_REPEAT, 6), false);
    choice.argument = 1;
    assert_again(&tries, choice, false);
    choice = miss(COMMAND_CHOOSE, 16);
    choice.argument = 2;
    assert_again(&tries, choice, false);
}

/* Talk goes on at once; and what was said long ago was not meant to be heard. */
static void only_who_waits_for_an_answer_tries_again(void **state)
{
    (void)state;
    struct second_try tries = {0};
    assert_again(&tries, miss(COMMAND_NEXT, 1), false);
    assert_again(&tries, miss(COMMAND_NEXT, 3), false);
    assert_again(&tries, miss(COMMAND_NEXT, 25), false);
    assert_again(&tries, miss(COMMAND_NEXT, 30), true);
}

static void what_is_unlikely_is_no_try(void **state)
{
    (void)state;
    struct second_try tries = {0};
    struct heard noise = miss(COMMAND_NEXT, 1), own = miss(COMMAND_NEXT, 6);
    noise.confidence = 0.0001;
    assert_again(&tries, noise, false);
    own.situation.during_speech = true;
    assert_again(&tries, own, false);
    assert_again(&tries, miss(COMMAND_NEXT, 11), false);
}

static void what_was_understood_ends_it(void **state)
{
    (void)state;
    struct second_try tries = {0};
    struct heard clear = miss(COMMAND_REPEAT, 6);
    clear.verdict = VERDICT_OBEY;
    assert_again(&tries, miss(COMMAND_NEXT, 1), false);
    assert_again(&tries, clear, false);
    assert_again(&tries, miss(COMMAND_NEXT, 11), false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_time_is_asked_back),
        cmocka_unit_test(near_ones_count_too),
        cmocka_unit_test(two_different_ones_are_nothing),
        cmocka_unit_test(only_who_waits_for_an_answer_tries_again),
        cmocka_unit_test(what_is_unlikely_is_no_try),
        cmocka_unit_test(what_was_understood_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
