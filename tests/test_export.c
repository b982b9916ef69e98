/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export: a copy to take along is a new file, named after its learner, and holds what can be read
 * back. */
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "base/strbuf.h"
#include "store/export.h"
#include "store/learner_yaml.h"
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

#define NOW INT64_C(1796083200) /* 2026-12-01 at noon, or near it */

struct fixture {
    char *root;
    struct messages *messages;
    struct learner_record record;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    fixture->messages = messages_load_builtin();
    setenv("HOME", fixture->root, 1);
    setenv("TZ", "UTC", 1);
    learner_record_init(&fixture->record, "Zoé");
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    learner_record_free(&fixture->record);
    messages_free(fixture->messages);
    store_remove(fixture->root);
    free(fixture);
    return 0;
}

/* Exports; the file's name, to be freed. */
static char *name_of(const struct fixture *fixture, const char *name)
{
    char *path = NULL;
    struct stat status;
    assert_int_equal(export_record(&fixture->record, name, NOW, &path), 0);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_memory_equal(path, fixture->root, strlen(fixture->root));
    char *base = xstrdup(path + strlen(fixture->root) + 1);
    free(path);
    return base;
}

static void assert_name(const struct fixture *fixture, const char *name, const char *expected)
{
    char *base = name_of(fixture, name);
    assert_string_equal(base, expected);
    free(base);
}

static void a_copy_is_named_after_its_learner(void **state)
{
    assert_name(*state, "Zoé", "pasapas-Zoé-2026-12-01.yaml");
    assert_name(*state, "Zoé", "pasapas-Zoé-2026-12-01-2.yaml");
    assert_name(*state, "Zoé", "pasapas-Zoé-2026-12-01-3.yaml");
    assert_name(*state, NULL, "pasapas-2026-12-01.yaml");
}

/* None leads out of the folder, or out of a line. */
static void whatever_the_name_the_file_is_there(void **state)
{
    assert_name(*state, "../a", "pasapas-..-a-2026-12-01.yaml");
    assert_name(*state, "a\nb\x7f", "pasapas-a-b--2026-12-01.yaml");
    assert_name(*state, "a\xc2\x85z", "pasapas-a-z-2026-12-01.yaml");
    char long_name[601];
    memset(long_name, 0, sizeof long_name);
    for (int i = 0; i < 300; i++)
        memcpy(long_name + 2 * i, "é", 2);
    char *base = name_of(*state, long_name);
    assert_true(strlen(base) < 255);
    assert_non_null(strstr(base, "éé-2026-12-01.yaml"));
    free(base);
}

static void the_record_can_be_read_back(void **state)
{
    struct fixture *fixture = *state;
    char *path = NULL;
    struct learner_record copy;
    learner_record_init(&copy, "x");
    learner_record_set_place(&fixture->record, "g", "a", "s", "e", false, NOW);
    assert_int_equal(export_record(&fixture->record, "Zoé", NOW, &path), 0);
    size_t length;
    char *text = store_read(path, &length);
    assert_int_equal(learner_yaml_parse(text, length, NULL, fixture->messages, &copy),
                     LEARNER_YAML_READ);
    assert_string_equal(learner_record_place(&copy, "g")->step, "e");
    learner_record_free(&copy);
    free(text);
    free(path);
}

static void the_voice_has_a_file_of_its_own(void **state)
{
    (void)state;
    struct calibration taught = {0};
    struct calibration_token token = {0};
    char *path = NULL;
    calibration_add_sound(&token, "fr", "ei dd");
    calibration_add(&taught, "aide", &token);
    assert_int_equal(export_calibration(&taught, "Zoé", NOW, &path), 0);
    assert_non_null(strstr(path, "pasapas-Zoé-2026-12-01-calibration.yaml"));
    char *text = store_read(path, NULL);
    assert_non_null(strstr(text, "aide"));
    assert_non_null(strstr(text, "ei dd"));
    free(text);
    free(path);
    calibration_token_free(&token);
    calibration_free(&taught);
}

static void where_nothing_can_be_nothing_is(void **state)
{
    struct fixture *fixture = *state;
    struct calibration taught = {0};
    char *path = NULL, *away = xasprintf("%s/away", fixture->root);
    setenv("HOME", away, 1);
    assert_int_equal(export_record(&fixture->record, NULL, NOW, &path), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(export_calibration(&taught, NULL, NOW, &path), -1);
    assert_int_equal(errno, ENOENT);
    assert_null(path);
    free(away);
}

/* Without a home, or with one that is no folder's name, it is where one works. */
static void without_a_home_it_is_here(void **state)
{
    struct fixture *fixture = *state;
    char *here = getcwd(NULL, 0);
    static const char *const homes[] = {NULL, "", "home"};
    assert_int_equal(chdir(fixture->root), 0);
    for (size_t i = 0; i < COUNT_OF(homes); i++) {
        char *path = NULL;
        if (homes[i])
            setenv("HOME", homes[i], 1);
        else
            unsetenv("HOME");
        const int result = export_record(&fixture->record, NULL, NOW, &path);
        assert_int_equal(result, 0);
        assert_memory_equal(path, "./pasapas-", 10);
        assert_int_equal(unlink(path), 0);
        free(path);
    }
    assert_int_equal(chdir(here), 0);
    free(here);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_copy_is_named_after_its_learner), TEST(whatever_the_name_the_file_is_there),
        TEST(the_record_can_be_read_back),       TEST(the_voice_has_a_file_of_its_own),
        TEST(where_nothing_can_be_nothing_is),   TEST(without_a_home_it_is_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
