/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths: what is looked for where, and what of the environment is believed. */
#include "base/mem.h"
#include "base/paths.h"
#include "support/store.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char *root; /* of the data */
};

static void put(const struct fixture *fixture, const char *folder, const char *file)
{
    char *path = xasprintf("%s/%s", fixture->root, folder);
    assert_int_equal(paths_make(path, 0700), 0);
    free(path);
    path = xasprintf("%s/%s/%s", fixture->root, folder, file);
    store_write(path, "x", 1);
    free(path);
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    setenv("PASAPAS_DATA", fixture->root, 1);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    store_remove(fixture->root);
    free(fixture);
    return 0;
}

/* Compares and frees; `expected` is below the root, NULL: nothing was found. */
static void assert_found(const struct fixture *fixture, char *path, const char *expected)
{
    char *whole = expected ? xasprintf("%s/%s", fixture->root, expected) : NULL;
    if (whole) {
        assert_non_null(path);
        assert_string_equal(path, whole);
    } else {
        assert_null(path);
    }
    free(whole);
    free(path);
}

static void assert_path(char *path, const char *expected)
{
    assert_string_equal(path, expected);
    free(path);
}

/* --- what is read ----------------------------------------------------------------------------- */

static void guides_and_packs_are_found_by_name_or_path(void **state)
{
    const struct fixture *fixture = *state;
    put(fixture, "guides", "un.yaml");
    put(fixture, "voices/fr", "voice.yaml");
    assert_found(fixture, paths_guide("un"), "guides/un.yaml");
    assert_found(fixture, paths_guide("deux"), NULL);
    assert_found(fixture, paths_pack("fr"), "voices/fr");
    assert_found(fixture, paths_pack("de"), NULL);
    char *path = xasprintf("%s/guides/un.yaml", fixture->root);
    assert_found(fixture, paths_guide(path), "guides/un.yaml");
    assert_found(fixture, paths_pack(path), "guides/un.yaml");
    free(path);
    /* A path is a path, whatever there is of that name. */
    assert_found(fixture, paths_guide("un.yaml"), NULL);
    assert_found(fixture, paths_guide("./un"), NULL);
    assert_found(fixture, paths_pack("./fr"), NULL);
}

static void lists_have_what_counts_in_order(void **state)
{
    const struct fixture *fixture = *state;
    char **items;
    put(fixture, "guides", "b.yaml");
    put(fixture, "guides", "a.yaml");
    put(fixture, "guides", ".hidden.yaml");
    put(fixture, "guides", "notes.txt");
    put(fixture, "guides", ".yaml");
    put(fixture, "voices/fr", "voice.yaml");
    put(fixture, "voices/empty", "other.yaml");
    size_t count = paths_list_guides(&items);
    assert_int_equal(count, 2);
    assert_string_equal(strrchr(items[0], '/'), "/a.yaml");
    assert_string_equal(strrchr(items[1], '/'), "/b.yaml");
    mem_free_texts(items, count);
    count = paths_list_packs(&items);
    assert_int_equal(count, 1);
    assert_string_equal(strrchr(items[0], '/'), "/fr");
    mem_free_texts(items, count);
}

static void the_learners_own_come_first_and_once(void **state)
{
    const struct fixture *fixture = *state;
    char **items;
    unsetenv("PASAPAS_DATA");
    setenv("XDG_DATA_HOME", fixture->root, 1);
    put(fixture, "pasapas/voices/fr", "voice.yaml");
    assert_found(fixture, paths_pack("fr"), "pasapas/voices/fr");
    size_t fr = 0;
    const size_t count = paths_list_packs(&items);
    for (size_t i = 0; i < count; i++)
        fr += !strcmp(strrchr(items[i], '/'), "/fr");
    assert_int_equal(fr, 1);
    mem_free_texts(items, count);
    assert_found(fixture, paths_data(), "pasapas");
    setenv("PASAPAS_DATA", "", 1); /* as if it were not set */
    assert_found(fixture, paths_data(), "pasapas");
    setenv("PASAPAS_DATA", "/somewhere", 1);
    assert_path(paths_data(), "/somewhere");
}

/* --- what is kept ----------------------------------------------------------------------------- */

static void variables_that_are_no_paths_are_not_believed(void **state)
{
    (void)state;
    setenv("HOME", "/home/zoe", 1);
    static const char *const wrong[] = {"", "state", "./state", "~/state"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        setenv("XDG_STATE_HOME", wrong[i], 1);
        setenv("XDG_CONFIG_HOME", wrong[i], 1);
        setenv("XDG_CACHE_HOME", wrong[i], 1);
        assert_path(paths_state(), "/home/zoe/.local/state/pasapas");
        assert_path(paths_config(), "/home/zoe/.config/pasapas");
        assert_path(paths_cache(), "/home/zoe/.cache/pasapas");
    }
    setenv("XDG_STATE_HOME", "/a", 1);
    setenv("XDG_CONFIG_HOME", "/b", 1);
    setenv("XDG_CACHE_HOME", "/c", 1);
    setenv("XDG_RUNTIME_DIR", "/d", 1);
    assert_path(paths_state(), "/a/pasapas");
    assert_path(paths_config(), "/b/pasapas");
    assert_path(paths_cache(), "/c/pasapas");
    assert_path(paths_runtime(), "/d/pasapas");
}

static void without_a_home_it_is_that_of_the_account(void **state)
{
    (void)state;
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    char *path = paths_cache();
    assert_int_equal(path[0], '/');
    assert_non_null(strstr(path, "/.cache"));
    setenv("HOME", "not/absolute", 1);
    assert_path(paths_cache(), path);
    free(path);
}

static void a_folder_is_private_or_it_is_not(void **state)
{
    const struct fixture *fixture = *state;
    char *folder = xasprintf("%s/own", fixture->root), *link = xasprintf("%s/link", fixture->root);
    assert_false(paths_is_private(folder));
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_true(paths_is_private(folder));
    static const mode_t open[] = {0710, 0701, 0770, 0704, 0720, 0702};
    for (size_t i = 0; i < COUNT_OF(open); i++) {
        assert_int_equal(chmod(folder, open[i]), 0);
        assert_false(paths_is_private(folder));
    }
    assert_int_equal(chmod(folder, 0500), 0);
    assert_true(paths_is_private(folder));
    assert_int_equal(symlink(folder, link), 0);
    assert_false(paths_is_private(link));
    assert_int_equal(rmdir(folder), 0);
    store_write(folder, "", 0);
    assert_int_equal(chmod(folder, 0600), 0);
    assert_false(paths_is_private(folder));
    free(folder);
    free(link);
}

static void parents_are_made_too(void **state)
{
    const struct fixture *fixture = *state;
    struct stat status;
    char *deep = xasprintf("%s/a/b/c", fixture->root), *file = xasprintf("%s/file", fixture->root);
    assert_int_equal(paths_make(deep, 0700), 0);
    assert_int_equal(stat(deep, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(paths_make(deep, 0755), 0);
    store_write(file, "", 0);
    char *below = xasprintf("%s/below/that", file);
    assert_int_equal(paths_make(below, 0700), -1);
    assert_int_equal(errno, ENOTDIR);
    free(below);
    below = xasprintf("%s/below", file);
    assert_int_equal(paths_make(below, 0700), -1);
    free(below);
    free(deep);
    free(file);
}

/* --- names ------------------------------------------------------------------------------------ */

static void names_of_files(void **state)
{
    (void)state;
    assert_true(paths_is_yaml("x.yaml"));
    assert_false(paths_is_yaml(".yaml"));
    assert_false(paths_is_yaml("yaml"));
    assert_false(paths_is_yaml("x.yaml.tmp"));
    assert_false(paths_is_yaml("x.yml"));
    assert_path(paths_stem("/a/b/file.yaml"), "file");
    assert_path(paths_stem("file.tar.gz"), "file.tar");
    assert_path(paths_stem("/a.b/file"), "file");
    assert_path(paths_stem(""), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(guides_and_packs_are_found_by_name_or_path),
        TEST(lists_have_what_counts_in_order),
        TEST(the_learners_own_come_first_and_once),
        TEST(variables_that_are_no_paths_are_not_believed),
        TEST(without_a_home_it_is_that_of_the_account),
        TEST(a_folder_is_private_or_it_is_not),
        TEST(parents_are_made_too),
        TEST(names_of_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
