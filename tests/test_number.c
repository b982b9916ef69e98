/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number: the longest number fits its buffer, and bounds belong to their range. */
#include "base/number.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_text(void **state)
{
    (void)state;
    char buffer[NUMBER_TEXT_SIZE], expected[64];
    assert_string_equal(number_text(buffer, 0), "0");
    assert_string_equal(number_text(buffer, -12), "-12");
    assert_ptr_equal(number_text(buffer, 5), buffer);
    snprintf(expected, sizeof expected, "%ld", LONG_MIN);
    assert_string_equal(number_text(buffer, LONG_MIN), expected);
}

static void test_clamp(void **state)
{
    (void)state;
    assert_int_equal(number_clamp(79, 80, 450), 80);
    assert_int_equal(number_clamp(80, 80, 450), 80);
    assert_int_equal(number_clamp(200, 80, 450), 200);
    assert_int_equal(number_clamp(450, 80, 450), 450);
    assert_int_equal(number_clamp(451, 80, 450), 450);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_clamp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
