/* SPDX-License-Identifier: GPL-3.0-or-later */
/* learners: who is listed, and what renaming and deleting leave. */
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "store/learner_store.h"
#include "store/learners.h"
#include "support/store.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Opens a learner's store, with a mark in it if it is `saved`. */
static void keep(const struct store_home *home, const char *learner, bool saved)
{
    struct learner_store *store;
    struct learner_record record;
    struct learner_store_report report;
    learner_store_open(learner, false, home->messages, &store, &record, &report);
    learner_record_set_mark(&record, "g", "p", "s", "a", (struct month){0}, MARK_DONE, 1795000000);
    if (saved)
        assert_int_equal(learner_store_save(store, &record), 0);
    learner_store_close(store);
    learner_record_free(&record);
    learner_store_report_free(&report);
}

/* Whether there is a store of that learner, under that name. */
static bool is_kept(const struct store_home *home, const char *learner)
{
    struct learner_record record;
    const enum learner_store_state found =
        learner_store_read(learner, NULL, home->messages, &record);
    const bool kept = found == LEARNER_STORE_LOADED && record.mark_count == 1;
    if (kept)
        assert_string_equal(record.name, learner);
    learner_record_free(&record);
    return kept;
}

static void names_are_kept_as_first_spoken(void **state)
{
    const struct store_home *home = *state;
    keep(home, "Zoé", true);
    keep(home, "ZOÉ", true);
    struct learner_record record;
    assert_int_equal(learner_store_read("zoé", NULL, home->messages, &record),
                     LEARNER_STORE_LOADED);
    assert_string_equal(record.name, "Zoé");
    learner_record_free(&record);
}

static void learners_are_listed_by_name(void **state)
{
    struct store_home *home = *state;
    static const char *const names[] = {"zoé", "Émile", "Anne", "Fanny", "..", "李"};
    static const char *const sorted[] = {"..", "Anne", "Émile", "Fanny", "zoé", "李"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        keep(home, names[i], true);
    }
    keep(home, "never saved", false);
    /* A file beside them, a folder copied by hand, a name that was lost. */
    char *stray = store_path(home->root, "stray", ""), *name;
    stray[strlen(stray) - 1] = '\0';
    store_write(stray, "", 0);
    name = store_path(home->root, "zo%C3%A9", "name");
    assert_int_equal(unlink(name), 0);
    free(name);
    free(stray);
    char *command =
        xasprintf("cp -r %s/state/pasapas/anne %s/state/pasapas/anne-kept", home->root, home->root);
    assert_int_equal(system(command), 0);
    free(command);

    char **listed;
    size_t count = learners_list(&listed);
    assert_int_equal(count, COUNT_OF(sorted) + 1);
    for (size_t i = 0, j = 0; i < count; i++) {
        if (!strcmp(listed[i], "anne-kept"))
            assert_int_equal(i, 2);
        else
            assert_string_equal(listed[i], sorted[j++]);
        free(listed[i]);
    }
    free(listed);
}

static void assert_called(const char *name, const char *expected)
{
    char *called = learners_called(name);
    assert_string_equal(called, expected);
    free(called);
}

static void an_accent_makes_nobody_else_unless_there_is_one(void **state)
{
    const struct store_home *home = *state;
    keep(home, "Zoé", true);
    keep(home, "Noël", true);
    keep(home, "Noel", true);
    keep(home, "..", true);
    assert_called("Zoe", "Zoé");
    assert_called("ZOE", "Zoé");
    assert_called("Zoé ", "Zoé");
    assert_called("zoé", "zoé"); /* the same folder already */
    assert_called("Noel", "Noel");
    assert_called("Noël", "Noël");
    assert_called("Nöel", "Nöel"); /* either could be meant */
    assert_called("Zo", "Zo");
    assert_called("!!", "!!");
}

static void a_new_name_takes_the_store_along(void **state)
{
    const struct store_home *home = *state;
    keep(home, "Zoé", true);
    keep(home, "Anne", true);
    assert_int_equal(learners_rename("Zoé", "Anne"), -1);
    assert_int_equal(errno, EEXIST);
    assert_int_equal(learners_rename("nobody", "Marie"), -1);
    assert_int_equal(errno, ENOENT);
    keep(home, "Marie", false); /* only opened: its place may be taken */
    assert_int_equal(learners_rename("Zoé", "Marie"), 0);
    assert_true(is_kept(home, "Marie"));
    assert_true(is_kept(home, "Anne"));
    assert_false(is_kept(home, "Zoé"));
    assert_int_equal(learners_rename("Marie", "MARIE"), 0); /* the same folder */
    assert_true(is_kept(home, "MARIE"));
}

static void who_is_deleted_leaves_nothing(void **state)
{
    const struct store_home *home = *state;
    keep(home, "Zoé", true);
    keep(home, "Anne", true);
    assert_int_equal(learners_delete("Zoé"), 0);
    assert_false(is_kept(home, "Zoé"));
    assert_true(is_kept(home, "Anne"));
    assert_int_equal(learners_delete("Zoé"), 0);
    char *folder = xasprintf("%s/state/pasapas", home->root);
    assert_int_equal(store_count(folder, "zo", NULL), 0);
    assert_int_equal(store_count(folder, ".deleted", NULL), 0);
    free(folder);
}

static void who_is_learning_is_left_alone(void **state)
{
    const struct store_home *home = *state;
    struct learner_store *store;
    struct learner_record record;
    struct learner_store_report report;
    keep(home, "Zoé", true);
    learner_store_open("Zoé", false, home->messages, &store, &record, &report);
    assert_int_equal(learners_rename("Zoé", "Marie"), -1);
    assert_int_equal(errno, EWOULDBLOCK);
    assert_int_equal(learners_delete("Zoé"), -1);
    assert_int_equal(errno, EWOULDBLOCK);
    learner_store_close(store);
    learner_record_free(&record);
    learner_store_report_free(&report);
    assert_true(is_kept(home, "Zoé"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, store_set_up, store_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(names_are_kept_as_first_spoken),
        TEST(learners_are_listed_by_name),
        TEST(an_accent_makes_nobody_else_unless_there_is_one),
        TEST(a_new_name_takes_the_store_along),
        TEST(who_is_deleted_leaves_nothing),
        TEST(who_is_learning_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
