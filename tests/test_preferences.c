/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preferences: options of a start hold for that start only, what is chosen meanwhile is kept. */
#include "app/assistant_options.h"
#include "app/preferences.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "support/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    char *root;
    struct messages *messages;
    struct assistant_options options;
    struct preferences preferences;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    fixture->messages = messages_load_builtin();
    fixture->options = ASSISTANT_OPTIONS_UNSET;
    preferences_init(&fixture->preferences, &fixture->options);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    preferences_free(&fixture->preferences);
    messages_free(fixture->messages);
    store_remove(fixture->root);
    free(fixture);
    return 0;
}

static void load(struct fixture *fixture, const char *learner, bool guest)
{
    preferences_load(&fixture->preferences, learner, guest, fixture->messages);
}

static void save(struct fixture *fixture)
{
    char *aside;
    assert_int_equal(preferences_save(&fixture->preferences, fixture->messages, &aside), 0);
    assert_null(aside);
}

/* Takes over what is chosen now, with another volume. */
static void choose_volume(struct fixture *fixture, int volume)
{
    struct settings chosen;
    settings_copy(&chosen, &fixture->preferences.now);
    chosen.volume = volume;
    preferences_change(&fixture->preferences, &chosen);
    settings_free(&chosen);
}

static void an_option_holds_for_this_start_only(void **state)
{
    struct fixture *fixture = *state;
    char variant[] = "f3";
    fixture->options.rate = 300;
    fixture->options.scan = SCAN_OFF;
    fixture->options.voice_variant = variant;
    load(fixture, "zoé", false);
    assert_int_equal(fixture->preferences.now.rate, 300);
    assert_string_equal(fixture->preferences.now.voice_variant, "f3");
    choose_volume(fixture, 150);
    save(fixture);
    fixture->options = ASSISTANT_OPTIONS_UNSET;
    load(fixture, "zoé", false);
    assert_int_equal(fixture->preferences.now.rate, 0);
    assert_null(fixture->preferences.now.voice_variant);
    assert_int_equal(fixture->preferences.now.volume, 150);
}

static void what_an_option_said_may_be_changed_and_is_kept(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.volume = 60;
    load(fixture, "zoé", false);
    choose_volume(fixture, 80);
    save(fixture);
    fixture->options = ASSISTANT_OPTIONS_UNSET;
    load(fixture, "zoé", false);
    assert_int_equal(fixture->preferences.now.volume, 80);
}

/* What the file says goes on where an option only repeats it. */
static void an_option_that_goes_leaves_what_was_kept(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, "zoé", false);
    choose_volume(fixture, 120);
    save(fixture);
    fixture->options.volume = 60;
    load(fixture, "zoé", false);
    assert_int_equal(fixture->preferences.now.volume, 60);
    save(fixture);
    fixture->options = ASSISTANT_OPTIONS_UNSET;
    load(fixture, "zoé", false);
    assert_int_equal(fixture->preferences.now.volume, 120);
}

static void another_learner_has_their_own(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, "zoé", false);
    assert_true(preferences_are_new(&fixture->preferences));
    choose_volume(fixture, 120);
    save(fixture);
    assert_false(preferences_are_new(&fixture->preferences));
    load(fixture, "ali", false);
    assert_true(preferences_are_new(&fixture->preferences));
    assert_int_equal(fixture->preferences.now.volume, 100);
    load(fixture, "zoé", true);
    assert_int_equal(fixture->preferences.now.volume, 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_option_holds_for_this_start_only),
        TEST(what_an_option_said_may_be_changed_and_is_kept),
        TEST(an_option_that_goes_leaves_what_was_kept),
        TEST(another_learner_has_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
