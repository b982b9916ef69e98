/* SPDX-License-Identifier: GPL-3.0-or-later */
/* locale: the language that the system is set to, in the order of POSIX. */
#include "base/locale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void assert_language(const char *all, const char *of_messages, const char *lang,
                            const char *expected)
{
    set("LC_ALL", all);
    set("LC_MESSAGES", of_messages);
    set("LANG", lang);
    char *language = locale_language();
    if (expected) {
        assert_non_null(language);
        assert_string_equal(language, expected);
    } else {
        assert_null(language);
    }
    free(language);
}

static void the_first_that_is_set_counts(void **state)
{
    (void)state;
    assert_language("fr_BE.UTF-8", "en_GB", "de", "fr");
    assert_language(NULL, "en_GB", "de_DE@euro", "en");
    assert_language("", "", "de_DE@euro", "de");
    assert_language("C", "en_GB", "de", NULL); /* as said: "C" is what is set */
    assert_language(NULL, NULL, NULL, NULL);
    assert_language("", NULL, "", NULL);
}

static void a_language_has_two_or_three_letters(void **state)
{
    (void)state;
    assert_language("gsw_CH", NULL, NULL, "gsw");
    assert_language("br", NULL, NULL, "br");
    assert_language("POSIX", NULL, NULL, NULL);
    assert_language("C.UTF-8", NULL, NULL, NULL);
    assert_language("f", NULL, NULL, NULL);
    assert_language("fran", NULL, NULL, NULL);
    assert_language("francais", NULL, NULL, NULL);
    assert_language("../fr", NULL, NULL, NULL);
}

static void a_region_does_not_matter(void **state)
{
    (void)state;
    assert_true(locale_is("fr", "fr"));
    assert_true(locale_is("fr", "fr-FR"));
    assert_true(locale_is("fr", "fr_BE"));
    assert_false(locale_is("fr", "fro"));
    assert_false(locale_is("fr", "f"));
    assert_false(locale_is("fr", ""));
    assert_false(locale_is("fr", "en-FR"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_that_is_set_counts),
        cmocka_unit_test(a_language_has_two_or_three_letters),
        cmocka_unit_test(a_region_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
