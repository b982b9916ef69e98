/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calibration: sayings, what they are worth, how strict to be, and the file they are kept in. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "store/calibration_file.h"
#include "support/store.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void add(struct calibration *calibration, const char *text, const char *phones, int before,
                int after, int other)
{
    struct calibration_token token = {.before = before, .after = after, .other = other};
    calibration_add_sound(&token, "fr", phones);
    calibration_add(calibration, text, &token);
    calibration_token_free(&token);
}

/* --- sayings ---------------------------------------------------------------------------------- */

static void a_phrase_is_done_when_it_was_said_twice(void **state)
{
    (void)state;
    struct calibration calibration = {0};
    assert_false(calibration_is_done(&calibration, "aide"));
    add(&calibration, "aide", "ei dd", 0, 0, 0);
    assert_false(calibration_is_done(&calibration, "aide"));
    add(&calibration, "aide", "ai dd", 0, 0, 0);
    assert_true(calibration_is_done(&calibration, "aide"));
    assert_false(calibration_is_done(&calibration, "Aide"));
    /* A third one finds no room. */
    struct calibration_token token = {0};
    assert_null(calibration_add(&calibration, "aide", &token));
    assert_int_equal(calibration.phrase_count, 1);
    assert_string_equal(calibration.phrases[0].tokens[1].sounds[0].phones, "ai dd");
    calibration_free(&calibration);
    assert_int_equal(calibration.phrase_count, 0);
}

static void halves_and_what_is_not_kept_are_forgotten(void **state)
{
    (void)state;
    struct calibration calibration = {0};
    add(&calibration, "oui", "ww ii", 0, 0, 0);
    add(&calibration, "aide", "ei dd", 0, 0, 0);
    add(&calibration, "aide", "ei dd", 0, 0, 0);
    calibration_drop_halves(&calibration);
    assert_int_equal(calibration.phrase_count, 1);
    assert_null(calibration_find(&calibration, "oui"));
    calibration_keep(&calibration);
    add(&calibration, "non", "nn on", 0, 0, 0);
    add(&calibration, "non", "nn on", 0, 0, 0);
    calibration_drop(&calibration);
    assert_int_equal(calibration.phrase_count, 1);
    assert_non_null(calibration_find(&calibration, "aide"));
    calibration_free(&calibration);
}

static void a_recogniser_is_told_what_teaches(void **state)
{
    (void)state;
    struct calibration calibration = {.ease = -20}, copy;
    add(&calibration, "oui", "ww ii", 900, 0, 0); /* clear without */
    add(&calibration, "oui", "ou ii", CALIBRATION_WRONG, 0, 0);
    calibration_keep(&calibration);
    add(&calibration, "non", "nn on", 0, 0, 0);
    add(&calibration, "non", "mm on", 0, 0, 0);
    calibration_copy(&copy, &calibration, true, -1);
    assert_int_equal(copy.ease, -20);
    assert_int_equal(copy.phrase_count, 1);
    assert_int_equal(copy.phrases[0].token_count, 1);
    assert_string_equal(copy.phrases[0].tokens[0].sounds[0].phones, "ou ii");
    calibration_free(&copy);
    calibration_copy(&copy, &calibration, false, 1);
    assert_int_equal(copy.phrase_count, 2);
    assert_int_equal(copy.phrases[0].token_count, 0);
    assert_int_equal(copy.phrases[1].token_count, 1);
    assert_string_equal(copy.phrases[1].tokens[0].sounds[0].phones, "nn on");
    calibration_free(&copy);
    calibration_free(&calibration);
}

static void distance_counts_phones(void **state)
{
    (void)state;
    assert_float_equal(calibration_distance("", ""), 0, 1e-9);
    assert_float_equal(calibration_distance("ss ui", "ss ui"), 0, 1e-9);
    assert_float_equal(calibration_distance("ss ui vv an", "ss ui an"), 0.25, 1e-9);
    assert_float_equal(calibration_distance("ss ui", "pp oo"), 1, 1e-9);
    assert_float_equal(calibration_distance("ss ui", ""), 1, 1e-9);
    assert_float_equal(calibration_distance("aa bb", "bb aa"), 1, 1e-9);
}

/* --- what it is worth ------------------------------------------------------------------------- */

static void gain_counts_what_is_obeyed(void **state)
{
    (void)state;
    struct calibration calibration = {0};
    add(&calibration, "oui", "ww ii", CALIBRATION_WRONG, 30, 0);
    add(&calibration, "oui", "ww ii", -1, -1, 0);
    add(&calibration, "non", "nn on", 0, 0, 0);
    add(&calibration, "non", "nn on", 200, CALIBRATION_WRONG, 0);
    struct calibration_gain gain = calibration_gain(&calibration);
    assert_int_equal(gain.total, 4);
    assert_int_equal(gain.before, 2);
    assert_int_equal(gain.after, 2);
    /* Ease lets more through, but never a wrong phrase; less of it lets less through. */
    calibration.ease = 50;
    assert_int_equal(calibration_gain(&calibration).after, 3);
    calibration.ease = -20;
    assert_int_equal(calibration_gain(&calibration).after, 1);
    assert_int_equal(calibration_gain(&calibration).before, 2);
    calibration_free(&calibration);
}

/* Five phrases with these clearances of the right phrase and of another. */
static int ease_for(int after, int other)
{
    struct calibration calibration = {0};
    for (int i = 0; i < 10; i++) {
        char text[] = {(char)('a' + i / 2), '\0'};
        add(&calibration, text, "aa", 0, after, other);
    }
    int ease = calibration_best_ease(&calibration);
    calibration_free(&calibration);
    return ease;
}

static void ease_lies_between_right_and_wrong(void **state)
{
    (void)state;
    /* Faint but well apart from everything else: less strict. */
    int ease = ease_for(-100, -600);
    assert_true(-100 + ease > 0 && -600 + ease < 0);
    /* Clear, and others are obeyed too: stricter, and still all right. */
    ease = ease_for(600, 60);
    assert_true(ease < 0 && 600 + ease > 0 && 60 + ease < 0);
    /* As it should be: as the model has it. */
    assert_int_equal(ease_for(600, -600), 0);
    /* Not to be told apart: a command missed is worse. */
    assert_true(ease_for(-50, -50) > 0);
    /* Never out of its range. */
    assert_in_range(ease_for(-900, -2000) - CALIBRATION_EASE_MIN, 0,
                    CALIBRATION_EASE_MAX - CALIBRATION_EASE_MIN);
    assert_in_range(ease_for(3000, 900) - CALIBRATION_EASE_MIN, 0,
                    CALIBRATION_EASE_MAX - CALIBRATION_EASE_MIN);
}

static void few_sayings_change_nothing(void **state)
{
    (void)state;
    struct calibration calibration = {0};
    add(&calibration, "oui", "ww ii", 0, -100, -600);
    add(&calibration, "oui", "ww ii", 0, -100, -600);
    assert_int_equal(calibration_best_ease(&calibration), 0);
    calibration_free(&calibration);
}

/* --- the file --------------------------------------------------------------------------------- */

struct fixture {
    struct messages *messages;
    struct diags diags;
    char *root;
    char *path;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->messages = messages_load_builtin();
    fixture->root = store_make();
    fixture->path = calibration_path("Zoé");
    diags_init(&fixture->diags, fixture->messages);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    diags_free(&fixture->diags);
    store_remove(fixture->root);
    messages_free(fixture->messages);
    free(fixture->path);
    free(fixture);
    return 0;
}

/* Nothing is kept aside. */
static int save(struct fixture *fixture, const struct calibration *calibration)
{
    char *aside = NULL;
    int result = calibration_save(fixture->path, calibration, fixture->messages, &aside);
    assert_null(aside);
    return result;
}

static void what_is_not_understood_is_kept_aside(void **state)
{
    struct fixture *fixture = *state;
    struct calibration calibration = {0}, read;
    char *aside = NULL;
    assert_int_equal(save(fixture, &calibration), 0); /* makes the folder */
    store_write(fixture->path, "format: 1\nphrases: [", 20);
    assert_int_equal(calibration_save(fixture->path, &calibration, fixture->messages, &aside), 0);
    assert_non_null(aside);
    assert_memory_equal(aside, "calibration.yaml.damaged-", 25);
    assert_int_equal(calibration_load(fixture->path, &fixture->diags, &read), 0);
    calibration_free(&read);
    free(aside);
}

/* It may be whole: what could not be read then is not written over later. */
static void what_could_not_be_read_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    struct calibration calibration = {.ease = -30}, read;
    assert_int_equal(save(fixture, &calibration), 0);
    char *away = xasprintf("%s.away", fixture->path);
    assert_int_equal(rename(fixture->path, away), 0);
    assert_int_equal(mkdir(fixture->path, 0700), 0); /* as good as a disk that does not answer */
    assert_int_equal(calibration_load(fixture->path, &fixture->diags, &read), -1);
    assert_int_equal(read.unread, EISDIR);
    assert_int_equal(save(fixture, &calibration), -1);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(rmdir(fixture->path), 0);
    assert_int_equal(rename(away, fixture->path), 0);
    assert_int_equal(save(fixture, &read), -1);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(calibration_load(fixture->path, &fixture->diags, &read), 0);
    assert_int_equal(read.ease, -30);
    calibration_free(&read);
    free(away);
}

static void what_is_saved_is_read_again(void **state)
{
    struct fixture *fixture = *state;
    struct calibration calibration = {.ease = -30}, read;
    add(&calibration, "c'est fait", "ss ei ff ai", CALIBRATION_WRONG, 120, -77);
    add(&calibration, "c'est fait", "ss ai ff ai", -5, 0, CALIBRATION_WRONG);
    calibration_keep(&calibration);
    add(&calibration, "où suis-je", "ou ss ui jj", 1, 2, 3);
    assert_int_equal(save(fixture, &calibration), 0);
    struct stat info;
    assert_int_equal(stat(fixture->path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);

    assert_int_equal(calibration_load(fixture->path, &fixture->diags, &read), 0);
    assert_int_equal(read.ease, -30);
    assert_int_equal(read.phrase_count, 2);
    assert_true(read.phrases[0].kept);
    assert_false(read.phrases[1].kept);
    assert_string_equal(read.phrases[0].text, "c'est fait");
    const struct calibration_token *token = &read.phrases[0].tokens[0];
    assert_int_equal(token->before, CALIBRATION_WRONG);
    assert_int_equal(token->after, 120);
    assert_int_equal(token->other, -77);
    assert_string_equal(token->sounds[0].set, "fr");
    assert_string_equal(token->sounds[0].phones, "ss ei ff ai");
    assert_int_equal(read.phrases[1].token_count, 1);
    calibration_free(&read);
    calibration_free(&calibration);
}

static void forgetting_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct calibration calibration = {0};
    assert_int_equal(calibration_forget(fixture->path), 1);
    assert_int_equal(save(fixture, &calibration), 0);
    assert_int_equal(calibration_forget(fixture->path), 0);
    assert_int_equal(access(fixture->path, F_OK), -1);
    assert_int_equal(calibration_forget_learner("Zoé"), 0);
    /* Nothing there is nothing known, and no mistake. */
    assert_int_equal(calibration_load(fixture->path, &fixture->diags, &calibration), 0);
    assert_int_equal(calibration.phrase_count, 0);
    assert_int_equal(fixture->diags.count, 0);
}

static void a_broken_file_is_told_of_and_teaches_nothing(void **state)
{
    struct fixture *fixture = *state;
    static const char *const broken[] = {
        "",
        "format: 2\n",
        "phrases: []\n",
        "format: 1\nphrases: 3\n",
        "format: 1\nease: 5000\n",
        "format: 1\nease: 0.5\n",
        "format: 1\nphrases: [{text: oui}]\n",
        "format: 1\nphrases: [{text: oui, tokens: []}]\n",
        "format: 1\nphrases: [{text: oui, tokens: [{before: 1, after: 1, other: x, sounds: "
        "[{set: fr, phones: a}]}]}]\n",
        "format: 1\nphrases: [{text: oui, tokens: [{before: 1, after: 1, other: 1, sounds: "
        "[]}]}]\n",
        "format: 1\nvoice: loud\n",
    };
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        struct calibration calibration;
        const size_t before = fixture->diags.errors;
        diags_set_file(&fixture->diags, "calibration.yaml");
        assert_int_equal(
            calibration_parse(broken[i], strlen(broken[i]), &fixture->diags, &calibration), -1);
        assert_true(fixture->diags.errors > before);
        assert_int_equal(calibration.phrase_count, 0);
        assert_int_equal(calibration.ease, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_is_done_when_it_was_said_twice),
        cmocka_unit_test(halves_and_what_is_not_kept_are_forgotten),
        cmocka_unit_test(a_recogniser_is_told_what_teaches),
        cmocka_unit_test(distance_counts_phones),
        cmocka_unit_test(gain_counts_what_is_obeyed),
        cmocka_unit_test(ease_lies_between_right_and_wrong),
        cmocka_unit_test(few_sayings_change_nothing),
        cmocka_unit_test_setup_teardown(what_is_saved_is_read_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_understood_is_kept_aside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_could_not_be_read_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forgetting_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_broken_file_is_told_of_and_teaches_nothing, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
