/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wrap: lines of a width, counted in characters. */
#include "base/strbuf.h"
#include "base/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_wraps(const char *text, size_t column, size_t indent, size_t width,
                         const char *expected)
{
    struct strbuf out = {0};
    wrap_add(&out, text, column, indent, width);
    char *lines = strbuf_take(&out);
    assert_string_equal(lines, expected);
    free(lines);
}

static void lines_are_as_long_as_they_may_be(void **state)
{
    (void)state;
    assert_wraps("aa bb cc", 0, 0, 5, "aa bb\ncc");
    assert_wraps("aa bb cc", 0, 0, 8, "aa bb cc");
    assert_wraps("aa bb cc", 0, 0, 4, "aa\nbb\ncc");
    assert_wraps("", 0, 0, 4, "");
}

static void characters_are_counted_and_not_bytes(void **state)
{
    (void)state;
    assert_wraps("éé èè àà", 0, 0, 5, "éé èè\nàà");
}

static void further_lines_are_indented(void **state)
{
    (void)state;
    assert_wraps("aa bb cc", 4, 2, 6, "aa\n  bb\n  cc");
    assert_wraps("aa\n\nbb", 0, 2, 6, "aa\n\n  bb");
}

static void a_long_word_stands_alone(void **state)
{
    (void)state;
    assert_wraps("aa bbbbbbbb cc", 0, 0, 4, "aa\nbbbbbbbb\ncc");
}

static void french_marks_stay_with_their_word(void **state)
{
    (void)state;
    assert_wraps("dites « oui » ou non", 0, 0, 11, "dites\n« oui » ou\nnon");
    assert_wraps("aa bb : cc", 0, 0, 5, "aa\nbb :\ncc");
    assert_wraps("aa «", 0, 0, 3, "aa\n«");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_as_long_as_they_may_be),
        cmocka_unit_test(characters_are_counted_and_not_bytes),
        cmocka_unit_test(further_lines_are_indented),
        cmocka_unit_test(a_long_word_stands_alone),
        cmocka_unit_test(french_marks_stay_with_their_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
