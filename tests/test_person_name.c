/* SPDX-License-Identifier: GPL-3.0-or-later */
/* person_name: which names are one person, and which are refused. */
#include "base/person_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_tidy(const char *name, const char *wanted)
{
    char *tidy = person_name_tidy(name);
    assert_string_equal(tidy, wanted);
    free(tidy);
}

static void spaces_make_no_other_person(void **state)
{
    (void)state;
    assert_tidy("Zoé", "Zoé");
    assert_tidy(" Zoé  ", "Zoé");
    assert_tidy("\u00a0Zoé\u00a0Martin\u202f", "Zoé Martin");
    assert_tidy("Zoé   Martin", "Zoé Martin");
    assert_tidy("李", "李");
    assert_tidy(" \u00a0", "");
}

static void what_is_invisible_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"Zoé\x1b[2J", "Zoé\tMartin", "Zoé\nMartin", "\u202eéoZ",
                                      "Zoé\u200e",  "Zo\u200bé",   "\ufeffZoé",   "Zoé\xc2\x85"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(person_name_is_clean(bad[i]));
    /* Every mark of direction. */
    static const char *const marks[] = {"\u061c", "\u200e", "\u200f", "\u202a", "\u202b",
                                        "\u202c", "\u202d", "\u202e", "\u2066", "\u2067",
                                        "\u2068", "\u2069", "\u206a", "\u206f"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char name[16];
        snprintf(name, sizeof name, "Zo%sé", marks[i]);
        assert_false(person_name_is_clean(name));
    }
    assert_true(person_name_is_clean("Zoé\u00a0Martin"));
    assert_true(person_name_is_clean("علی\u200cرضا"));
    assert_true(person_name_is_clean(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces_make_no_other_person),
        cmocka_unit_test(what_is_invisible_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
