/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diag: mistakes in the order of their places, cut and counted where there are too many. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct messages *messages;
    struct diags diags;
    char *printed;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->messages = messages_load_builtin();
    diags_init(&fixture->diags, fixture->messages);
    diags_set_file(&fixture->diags, "f");
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    diags_free(&fixture->diags);
    messages_free(fixture->messages);
    free(fixture->printed);
    free(fixture);
    return 0;
}

static void add(struct fixture *fixture, enum diag_severity severity, int line, int column,
                const char *name)
{
    diags_add(&fixture->diags, severity, line, column, MSG_QUOTED, "phrase", name);
}

static const char *printed(struct fixture *fixture)
{
    size_t length;
    free(fixture->printed);
    FILE *stream = open_memstream(&fixture->printed, &length);
    diags_print(&fixture->diags, stream);
    fclose(stream);
    return fixture->printed;
}

static void they_come_in_the_order_of_their_places(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, DIAG_ERROR, 2, 1, "d");
    add(fixture, DIAG_WARNING, 1, 9, "c");
    add(fixture, DIAG_ERROR, 1, 2, "b");
    add(fixture, DIAG_ERROR, 1, 2, "a");
    add(fixture, DIAG_ERROR, 0, 0, "none");
    diags_set_file(&fixture->diags, "e");
    add(fixture, DIAG_ERROR, 7, 7, "first");
    assert_int_equal(fixture->diags.errors, 5);
    assert_string_equal(printed(fixture), "Erreur : e:7:7 : « first »\n"
                                          "« none »\n"
                                          "Erreur : f:1:2 : « a »\n"
                                          "Erreur : f:1:2 : « b »\n"
                                          "Attention : f:1:9 : « c »\n"
                                          "Erreur : f:2:1 : « d »\n");
}

static void what_is_long_is_cut_between_characters(void **state)
{
    struct fixture *fixture = *state;
    char name[DIAG_TEXT_MAX * 2 + 1];
    for (size_t shift = 0; shift < 2; shift++) {
        memset(name, 'a', shift);
        for (size_t i = 0; i < DIAG_TEXT_MAX - shift; i += 2)
            memcpy(name + shift + i, "é", 3);
        add(fixture, DIAG_ERROR, 1, (int)shift + 1, name);
        const char *text = fixture->diags.items[shift].text;
        const size_t length = strlen(text);
        assert_in_range(length, DIAG_TEXT_MAX, DIAG_TEXT_MAX + 3);
        assert_string_equal(text + length - 5, "é…");
    }
}

static void what_could_drive_a_terminal_is_not_told_raw(void **state)
{
    struct fixture *fixture = *state;
    diags_set_file(&fixture->diags, "a\nErreur : b");
    add(fixture, DIAG_ERROR, 1, 1, "\x1b[31m\xe2\x80\xae");
    const char *text = printed(fixture);
    assert_null(strchr(text, '\x1b'));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
}

static void the_most_that_are_told(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 1; i <= 30; i++)
        add(fixture, DIAG_WARNING, 1, i, "w");
    for (int i = 1; i <= 30; i++)
        add(fixture, DIAG_ERROR, 2, i, "e");
    const char *text = printed(fixture);
    assert_non_null(strstr(text, "Attention : f:1:20 "));
    assert_null(strstr(text, "f:1:21 "));
    assert_non_null(strstr(text, "Erreur : f:2:30 "));
    assert_non_null(strstr(text, "10"));
    for (int i = 31; i <= 60; i++)
        add(fixture, DIAG_ERROR, 2, i, "e");
    text = printed(fixture);
    assert_null(strstr(text, "Attention"));
    assert_non_null(strstr(text, "Erreur : f:2:50 "));
    assert_null(strstr(text, "f:2:51 "));
    assert_non_null(strstr(text, "40"));
}

static void none_say_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(printed(fixture), "");
    diags_free(NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(they_come_in_the_order_of_their_places),
        TEST(what_is_long_is_cut_between_characters),
        TEST(what_could_drive_a_terminal_is_not_told_raw),
        TEST(the_most_that_are_told),
        TEST(none_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
