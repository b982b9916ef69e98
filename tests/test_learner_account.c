/* SPDX-License-Identifier: GPL-3.0-or-later */
/* learner_account: what comes of renaming, beginning anew and forgetting: what is said, who is
 * there then, and that a failure changes nothing. */
#include "app/learner_account.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "base/paths.h"
#include "model/calibration.h"
#include "store/learner_folder.h"
#include "support/store.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    char *root;
    struct messages *messages;
    struct learner_account account;
    struct learner_store_report report;
};

static void open_account(struct fixture *fixture, const char *learner, bool guest)
{
    learner_account_close(&fixture->account);
    learner_store_report_free(&fixture->report);
    learner_account_open(&fixture->account, fixture->messages, learner, guest, &fixture->report);
}

static void keep(struct fixture *fixture)
{
    assert_int_equal(learner_store_save(fixture->account.store, &fixture->account.record), 0);
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    fixture->messages = messages_load_builtin();
    open_account(fixture, "Zoé", false);
    keep(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    learner_account_close(&fixture->account);
    learner_store_report_free(&fixture->report);
    messages_free(fixture->messages);
    store_remove(fixture->root);
    free(fixture);
    return 0;
}

static void check(struct learner_change change, const char *told, const char *learner)
{
    if (!strstr(change.told, told))
        fail_msg("« %s » is not in « %s »", told, change.told);
    if (learner)
        assert_string_equal(change.learner, learner);
    else
        assert_null(change.learner);
    learner_change_free(&change);
}

static void a_new_name_takes_all_along(void **state)
{
    struct fixture *fixture = *state;
    check(learner_account_rename(&fixture->account, "Zoé", "Léa"), "Léa", "Léa");
    open_account(fixture, "Léa", false);
    assert_int_equal(fixture->report.state, LEARNER_STORE_LOADED);
    assert_string_equal(learner_account_name(&fixture->account), "Léa");
    open_account(fixture, "Zoé", false);
    assert_int_equal(fixture->report.state, LEARNER_STORE_FRESH);
}

static void a_name_that_is_taken_leaves_who_is_there(void **state)
{
    struct fixture *fixture = *state;
    open_account(fixture, "Léa", false);
    keep(fixture);
    open_account(fixture, "Zoé", false);
    check(learner_account_rename(&fixture->account, "Zoé", "Léa"), "Léa", "Zoé");
}

/* Where no settings can be: a file has their folder's name. */
static void spoil_settings(void)
{
    char *config = paths_config();
    assert_int_equal(system("rm -rf \"$XDG_CONFIG_HOME/pasapas\" && mkdir -p \"$XDG_CONFIG_HOME\""),
                     0);
    store_write(config, "", 0);
    free(config);
}

static void nobody_is_renamed_without_their_settings(void **state)
{
    struct fixture *fixture = *state;
    spoil_settings();
    check(learner_account_rename(&fixture->account, "Zoé", "Léa"), "rien changé", "Zoé");
    open_account(fixture, "Léa", false);
    assert_int_equal(fixture->report.state, LEARNER_STORE_FRESH);
    open_account(fixture, "Zoé", false);
    assert_int_equal(fixture->report.state, LEARNER_STORE_LOADED);
    assert_string_equal(learner_account_name(&fixture->account), "Zoé");
}

static void what_could_not_be_forgotten_is_told(void **state)
{
    struct fixture *fixture = *state;
    spoil_settings();
    check(learner_account_delete(&fixture->account, "Zoé"), "pas pu tout effacer", NULL);
    open_account(fixture, "Zoé", false);
    assert_int_equal(fixture->report.state, LEARNER_STORE_FRESH);
}

static void begun_anew_the_learner_stays(void **state)
{
    struct fixture *fixture = *state;
    check(learner_account_reset(&fixture->account, "Zoé"), "Zoé", "Zoé");
    open_account(fixture, "Zoé", false);
    assert_int_equal(fixture->report.state, LEARNER_STORE_FRESH);
}

static void whoever_is_forgotten_leaves_nobody(void **state)
{
    struct fixture *fixture = *state;
    char **others = NULL;
    check(learner_account_delete(&fixture->account, "Zoé"), "Zoé", NULL);
    assert_int_equal(learner_account_others(&others), 0);
    mem_free_texts(others, 0);
}

static void what_became_of_a_record_is_told(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        struct learner_store_report report;
        bool asks;
        const char *told; /* NULL: nothing */
    } cases[] = {
        {{.state = LEARNER_STORE_FRESH}, false, NULL},
        {{.state = LEARNER_STORE_LOADED}, false, NULL},
        {{.state = LEARNER_STORE_BUSY}, true, NULL}, /* it is a question then */
        {{.state = LEARNER_STORE_BUSY}, false, "séance"},
        {{.state = LEARNER_STORE_NEWER}, false, "version"},
        {{.state = LEARNER_STORE_UNWRITABLE, .error = ENOSPC}, false, "le disque est plein"},
        {{.state = LEARNER_STORE_DAMAGED, .aside = "away", .restored = true},
         false,
         "rien n'est perdu"},
        {{.state = LEARNER_STORE_DAMAGED, .aside = "away"}, false, "away"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *told = learner_account_tell(&fixture->account, &cases[i].report, cases[i].asks);
        if (!cases[i].told)
            assert_null(told);
        else if (!told || !strstr(told, cases[i].told))
            fail_msg("« %s » is not in « %s »", cases[i].told, told ? told : "");
        free(told);
    }
}

static void whoever_is_busy_elsewhere_is_left_as_they_are(void **state)
{
    struct fixture *fixture = *state;
    struct learner_account other;
    struct learner_store_report report;
    open_account(fixture, "Léa", false);
    learner_account_open(&other, fixture->messages, "Zoé", false, &report);
    free(fixture->account.learner);
    fixture->account.learner = learner_folder_name("Zoé");
    check(learner_account_reset(&fixture->account, "Zoé"), "rien changé", "Zoé");
    check(learner_account_delete(&fixture->account, "Zoé"), "rien changé", "Zoé");
    check(learner_account_rename(&fixture->account, "Zoé", "Max"), "rien changé", "Zoé");
    assert_int_equal(learner_store_save(other.store, &other.record), 0);
    learner_account_close(&other);
    learner_store_report_free(&report);
}

static void a_copy_holds_the_record_and_the_voice(void **state)
{
    struct fixture *fixture = *state;
    struct calibration taught = {0};
    struct calibration_token token = {0};
    setenv("HOME", fixture->root, 1);
    char *told =
        learner_account_export(&fixture->account, &fixture->account.record, &taught, 1796083200);
    assert_non_null(strstr(told, ".yaml"));
    assert_null(strstr(told, "calibration"));
    free(told);
    calibration_add_sound(&token, "fr", "ei dd");
    calibration_add(&taught, "aide", &token);
    calibration_token_free(&token);
    told = learner_account_export(&fixture->account, &fixture->account.record, &taught, 1796083200);
    assert_non_null(strstr(told, "-2.yaml")); /* the first one is there already */
    assert_non_null(strstr(told, "calibration.yaml"));
    free(told);
    assert_int_equal(store_count(fixture->root, "pasapas-Zo", NULL), 3);
    setenv("HOME", "/dev/null", 1);
    told = learner_account_export(&fixture->account, &fixture->account.record, &taught, 1796083200);
    assert_non_null(strstr(told, "rien changé"));
    assert_null(strstr(told, ".yaml"));
    free(told);
    calibration_free(&taught);
}

static void the_one_without_a_name_is_no_other(void **state)
{
    struct fixture *fixture = *state;
    char **others = NULL;
    open_account(fixture, NULL, false);
    keep(fixture);
    assert_null(learner_account_name(&fixture->account));
    const size_t count = learner_account_others(&others);
    assert_int_equal(count, 1);
    assert_string_equal(others[0], "Zoé");
    mem_free_texts(others, count);
    open_account(fixture, NULL, true);
    assert_null(learner_account_name(&fixture->account));
}

static void another_instance_is_told_of_or_asked_about(void **state)
{
    struct fixture *fixture = *state;
    const struct learner_store_report busy = {.state = LEARNER_STORE_BUSY};
    const struct learner_store_report fresh = {.state = LEARNER_STORE_FRESH};
    char *told = learner_account_tell(&fixture->account, &busy, false);
    assert_non_null(told);
    free(told);
    assert_null(learner_account_tell(&fixture->account, &busy, true));
    assert_null(learner_account_tell(&fixture->account, &fresh, false));
}

static void a_copy_says_where_it_is(void **state)
{
    struct fixture *fixture = *state;
    const struct calibration nothing = {0};
    setenv("HOME", fixture->root, 1);
    unsetenv("XDG_CONFIG_HOME");
    char *told =
        learner_account_export(&fixture->account, &fixture->account.record, &nothing, 1796083200);
    assert_non_null(strstr(told, fixture->root));
    free(told);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_name_takes_all_along),
        TEST(a_name_that_is_taken_leaves_who_is_there),
        TEST(what_became_of_a_record_is_told),
        TEST(whoever_is_busy_elsewhere_is_left_as_they_are),
        TEST(a_copy_holds_the_record_and_the_voice),
        TEST(nobody_is_renamed_without_their_settings),
        TEST(what_could_not_be_forgotten_is_told),
        TEST(begun_anew_the_learner_stays),
        TEST(whoever_is_forgotten_leaves_nobody),
        TEST(the_one_without_a_name_is_no_other),
        TEST(another_instance_is_told_of_or_asked_about),
        TEST(a_copy_says_where_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
