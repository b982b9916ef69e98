/* SPDX-License-Identifier: GPL-3.0-or-later */
/* learner_folder: every name has a folder of its own, and none leads anywhere else. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "store/learner_folder.h"
#include "support/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_form(const char *name, const char *expected)
{
    char *form = learner_folder_form(name);
    assert_string_equal(form, expected);
    free(form);
}

static void every_name_has_a_safe_folder(void **state)
{
    assert_form("default", "default");
    assert_form("Zoé", "zo%C3%A9");
    assert_form("ZOE\xcc\x81", "zo%C3%A9"); /* E and a combining accent */
    assert_form("zoe", "zoe");
    assert_form("..", "%2E%2E");
    assert_form(".", "%2E");
    assert_form("../../etc/passwd", "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd");
    assert_form("/", "%2F");
    assert_form("", "%");
    assert_form("%", "%25");
    assert_form("%2e", "%252e");
    assert_form("a b_c-9", "a%20b_c-9");
    assert_form("Œ", "%C5%93");
    assert_form("Ω", "%CF%89");
    assert_form("\xe2\x84\xa6", "%CF%89"); /* the sign for ohm is that letter */
    assert_form("STRASSE", "strasse");
    assert_form("straße", "strasse");
    assert_form("\xff\xfe", "%FF%FE");
    char *folder = learner_folder_path("..");
    char *expected = xasprintf("%s/state/pasapas/%%2E%%2E", (const char *)*state);
    assert_string_equal(folder, expected);
    free(expected);
    free(folder);
}

static void names_meet_only_by_case_or_form(void **state)
{
    (void)state;
    static const char *const names[] = {"zoe",
                                        "zoé",
                                        "zo%C3%A9",
                                        "%",
                                        "",
                                        "%-",
                                        "_",
                                        "-",
                                        " ",
                                        "a",
                                        "a b",
                                        "日本",
                                        "日本語",
                                        "محمد",
                                        "Ольга",
                                        "ольга2",
                                        "\xf0\x9f\x98\x80",
                                        "\xf0\x9f\x98\x81",
                                        "\xff",
                                        "a/b",
                                        "a\\b",
                                        "a.b",
                                        "aux",
                                        "a:b"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        for (size_t j = i + 1; j < COUNT_OF(names); j++) {
            char *a = learner_folder_form(names[i]), *b = learner_folder_form(names[j]);
            if (!strcmp(a, b))
                fail_msg("« %s » and « %s » share %s", names[i], names[j], a);
            free(a);
            free(b);
        }
    }
    /* Spaces that nobody sees or hears make nobody else. */
    assert_form("a ", "a");
    assert_form("\u00a0a\u202fb ", "a%20b");
    assert_form("ОЛЬГА2", "%D0%BE%D0%BB%D1%8C%D0%B3%D0%B02");
}

static void long_names_fit_and_do_not_meet(void **state)
{
    (void)state;
    char *forms[300];
    size_t count = 0;
    struct strbuf name = {0};
    for (size_t length = 1; length <= COUNT_OF(forms); length++) {
        strbuf_add(&name, length % 3 ? "é" : "x");
        char *form = learner_folder_form(name.text);
        assert_in_range(strlen(form), 1, 140);
        assert_null(strpbrk(form, "/."));
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(form, forms[i]);
        /* No half of a %XX before the hash. */
        char *cut = strstr(form, "%-");
        if (cut)
            for (char *at = form; (at = strchr(at, '%')) && at < cut; at += 3)
                assert_true(cut - at >= 3);
        forms[count++] = form;
    }
    for (size_t i = 0; i < count; i++)
        free(forms[i]);
    strbuf_free(&name);
}

static void a_file_of_the_configuration_is_the_learners_own(void **state)
{
    char *path = learner_folder_config("Zoé", "settings.yaml");
    char *expected = xasprintf("%s/config/pasapas/zo%%C3%%A9/settings.yaml", (const char *)*state);
    assert_string_equal(path, expected);
    free(expected);
    free(path);
}

static int set_up(void **state)
{
    *state = store_make();
    return 0;
}

static int tear_down(void **state)
{
    store_remove(*state);
    return 0;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_name_has_a_safe_folder),
        TEST(names_meet_only_by_case_or_form),
        TEST(long_names_fit_and_do_not_meet),
        TEST(a_file_of_the_configuration_is_the_learners_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
