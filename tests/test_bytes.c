/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* The values of the draft (draft-eastlake-fnv, appendix C). */
static void sums_are_those_of_fnv(void **state)
{
    (void)state;
    assert_true(bytes_sum("", 0) == 0xcbf29ce484222325u);
    assert_true(bytes_sum("a", 1) == 0xaf63dc4c8601ec8cu);
    assert_true(bytes_sum("foobar", 6) == 0x85944171f73967e8u);
}

static void a_sum_can_be_made_in_pieces(void **state)
{
    (void)state;
    assert_true(bytes_sum_on(bytes_sum("foo", 3), "bar", 3) == bytes_sum("foobar", 6));
}

static void numbers_are_little_endian(void **state)
{
    (void)state;
    assert_int_equal(bytes_u32("\x04\x03\x02\xf1"), 0xf1020304u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_fnv),
        cmocka_unit_test(a_sum_can_be_made_in_pieces),
        cmocka_unit_test(numbers_are_little_endian),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
