/* SPDX-License-Identifier: GPL-3.0-or-later */
/* date_words: days and months in words, with the built-in French texts. */
#include "base/messages.h"
#include "base/messages_load.h"
#include "model/date_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect(char *text, const char *wanted)
{
    assert_string_equal(text, wanted);
    free(text);
}

static void days_are_told_in_words(void **state)
{
    const struct messages *messages = *state;
    expect(date_words_date(messages, (struct date){2026, 12, 15}), "15 décembre 2026");
    expect(date_words_date(messages, (struct date){2026, 1, 1}), "1er janvier 2026");
    expect(date_words_day(messages, (struct date){2026, 12, 15}), "15 décembre");
    expect(date_words_day(messages, (struct date){2026, 4, 1}), "1er avril");
}

static void months_are_told_in_words(void **state)
{
    const struct messages *messages = *state;
    expect(date_words_month(messages, (struct month){2026, 12}), "décembre 2026");
    expect(date_words_month_name(messages, 1), "janvier");
    expect(date_words_month_name(messages, 12), "décembre");
}

/* The list of names writes the space inside a name as '_'. */
static void a_name_of_two_words_has_its_space(void **state)
{
    const struct messages *messages = *state;
    expect(date_words_of_month(messages, 1), "de janvier");
    expect(date_words_of_month(messages, 8), "d'août");
    expect(date_words_of_month(messages, 12), "de décembre");
}

static void a_month_that_is_none_has_no_name(void **state)
{
    expect(date_words_month_name(*state, 13), "");
}

static int make_messages(void **state)
{
    *state = messages_load_builtin();
    return 0;
}

static int free_messages(void **state)
{
    messages_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_told_in_words),
        cmocka_unit_test(months_are_told_in_words),
        cmocka_unit_test(a_name_of_two_words_has_its_space),
        cmocka_unit_test(a_month_that_is_none_has_no_name),
    };
    return cmocka_run_group_tests(tests, make_messages, free_messages);
}
