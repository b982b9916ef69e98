/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack_choice: the pack that is asked for, else that of the system's language, else the usual one.
 */
#include "base/mem.h"
#include "model/pack_choice.h"
#include "support/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static void add_folder(const char *root, const char *name)
{
    char *path = xasprintf("%s/%s", root, name);
    assert_int_equal(mkdir(path, 0700), 0);
    free(path);
}

static int set_up(void **state)
{
    char *root = store_make();
    add_folder(root, "voices");
    add_folder(root, "voices/en");
    add_folder(root, "voices/fr");
    setenv("PASAPAS_DATA", root, 1);
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    unsetenv("LANG");
    *state = root;
    return 0;
}

static int tear_down(void **state)
{
    unsetenv("PASAPAS_DATA");
    store_remove(*state);
    return 0;
}

/* `wanted`: below the data, or NULL for none. */
static void expect(const char *root, const char *asked, const char *wanted)
{
    char *folder = pack_choice(asked);
    if (!wanted) {
        assert_null(folder);
        return;
    }
    char *path = xasprintf("%s/voices/%s", root, wanted);
    assert_non_null(folder);
    assert_string_equal(folder, path);
    free(path);
    free(folder);
}

static void what_is_asked_for_is_taken(void **state)
{
    setenv("LANG", "fr_FR.UTF-8", 1);
    expect(*state, "en", "en");
    expect(*state, "de", NULL);
    char *path = xasprintf("%s/voices/en", (char *)*state);
    expect(*state, path, "en");
    free(path);
}

static void the_systems_language_is_next(void **state)
{
    setenv("LANG", "en_US.UTF-8", 1);
    expect(*state, NULL, "en");
    setenv("LC_ALL", "fr_BE.UTF-8", 1);
    expect(*state, NULL, "fr");
}

static void without_a_pack_of_that_language_it_is_the_usual_one(void **state)
{
    expect(*state, NULL, "fr");
    setenv("LANG", "C.UTF-8", 1);
    expect(*state, NULL, "fr");
    setenv("LANG", "de_DE.UTF-8", 1);
    expect(*state, NULL, "fr");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_asked_for_is_taken),
        TEST(the_systems_language_is_next),
        TEST(without_a_pack_of_that_language_it_is_the_usual_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
