/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text: UTF-8, folding. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_folds(const char *text, const char *expected)
{
    char *folded = text_fold(text);
    assert_string_equal(folded, expected);
    free(folded);
}

static void folding_forgets_case_accents_and_punctuation(void **state)
{
    (void)state;
    assert_folds("  Où suis-je ? ", "ou suis je");
    assert_folds("C'EST FAIT !", "c est fait");
    assert_folds("c’est fait", "c est fait");
    assert_folds("cœur", "coeur");
    assert_folds("e\xcc\x81peler", "epeler");
    assert_folds("39 49", "39 49");
    assert_folds("…", "");
    assert_folds("\xff\xfe", "");
}

static void same_phrases_are_the_same(void **state)
{
    (void)state;
    assert_true(text_same("Répéter", "repeter"));
    assert_false(text_same("répéter", "répète"));
}

static void first_bad_byte_is_found(void **state)
{
    (void)state;
    assert_int_equal(text_utf8_error("é\xff", 3), 2);
    assert_int_equal(text_utf8_error("é", 2), 2);
    assert_int_equal(text_utf8_error("\xc3", 1), 0);
}

static void control_characters_are_found(void **state)
{
    (void)state;
    assert_int_equal(text_control_error("a\tb\n", 4), 4);
    assert_int_equal(text_control_error("a\x1b[31m", 6), 1);
    assert_int_equal(text_control_error("a\xe2\x80\xae", 4), 1);
    assert_int_equal(text_control_error("\xc2\x9b", 2), 0);
}

static void what_is_shown_cannot_drive_a_terminal(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"Zoé – « oui »", "Zoé – « oui »"},
        {"", ""},
        {"a\x1b[31mb", "a\xef\xbf\xbd[31mb"},
        {"a\xc2\x9b"
         "31mb",
         "a\xef\xbf\xbd"
         "31mb"},
        {"a\x9b"
         "b\x7f\r",
         "a\xef\xbf\xbd"
         "b\xef\xbf\xbd\xef\xbf\xbd"},
        {"un\tdeux\ntrois", "un deux trois"},
        {"\xe2\x80\xae\xe2\x81\xa9\xe2\x80\x8f\xd8\x9c\xe2\x80\xa8",
         "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *shown = text_shown(texts[i][0]);
        assert_string_equal(shown, texts[i][1]);
        free(shown);
    }
}

static void code_points_are_read_and_written(void **state)
{
    (void)state;
    const char *at = "é\xffz";
    assert_int_equal(text_next(&at), 0xe9);
    assert_int_equal(text_next(&at), 0xfffd);
    assert_int_equal(text_next(&at), 'z');
    assert_int_equal(text_next(&at), 0);
    char bytes[5];
    assert_int_equal(text_encode(0x20ac, bytes), 3);
    assert_string_equal(bytes, "€");
    assert_int_equal(text_length("été"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folding_forgets_case_accents_and_punctuation),
        cmocka_unit_test(same_phrases_are_the_same),
        cmocka_unit_test(first_bad_byte_is_found),
        cmocka_unit_test(control_characters_are_found),
        cmocka_unit_test(what_is_shown_cannot_drive_a_terminal),
        cmocka_unit_test(code_points_are_read_and_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
