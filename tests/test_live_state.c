/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live_state: what is seen of a session, from the effects that are carried out. */
#include "app/live_state.h"
#include "base/mem.h"
#include "support/visit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

struct fixture {
    struct live_state live;
    cJSON *json;
};

static int set_up(void **state)
{
    *state = xcalloc(1, sizeof(struct fixture));
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    live_state_free(&fixture->live);
    cJSON_Delete(fixture->json);
    free(fixture);
    return 0;
}

static uint64_t say(struct fixture *fixture, const char *text, enum utterance_rule rule)
{
    char *copy = xstrdup(text);
    const struct utterance utterance = {.text = copy, .rule = rule};
    const uint64_t number = live_state_say(&fixture->live, &utterance);
    free(copy);
    return number;
}

static void follow(struct fixture *fixture, enum effect_kind kind)
{
    live_state_follow(&fixture->live, &(struct effect){.kind = kind});
}

static const cJSON *look(struct fixture *fixture, const struct live_moment *moment)
{
    char *text = live_state_json(&fixture->live, moment);
    cJSON_Delete(fixture->json);
    fixture->json = cJSON_Parse(text);
    assert_non_null(fixture->json);
    assert_null(strchr(text, '\n'));
    free(text);
    return fixture->json;
}

static const char *text_of(const cJSON *json, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItem(json, key));
}

static void test_before_anything_was_said(void **state)
{
    const cJSON *json = look(*state, &(struct live_moment){.glance = &(struct glance){0}});
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(json, "sentence")));
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(json, "heard")));
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "said")), 0);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "months")), 0);
}

static void test_what_replaces_begins_anew(void **state)
{
    struct fixture *fixture = *state;
    const struct live_moment moment = {.glance = &(struct glance){0}};
    say(fixture, "Un.", UTTERANCE_REPLACE);
    say(fixture, "Deux.", UTTERANCE_QUEUE);
    const cJSON *json = look(fixture, &moment);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "said")), 2);
    say(fixture, "Trois.", UTTERANCE_REPLACE);
    json = look(fixture, &moment);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "said")), 1);
    assert_string_equal(text_of(json, "sentence"), "Trois.");
}

static void test_the_sentence_is_the_one_that_is_being_said(void **state)
{
    struct fixture *fixture = *state;
    const uint64_t first = say(fixture, "Un.", UTTERANCE_REPLACE);
    say(fixture, "Deux.", UTTERANCE_QUEUE);
    const cJSON *json =
        look(fixture, &(struct live_moment){.glance = &(struct glance){0}, .utterance = first});
    assert_string_equal(text_of(json, "sentence"), "Un.");
    json = look(fixture, &(struct live_moment){.glance = &(struct glance){0}, .utterance = 99});
    assert_string_equal(text_of(json, "sentence"), "Deux.");
}

/* Wherever it stands: what is printed is not being said. */
static void test_a_printed_line_is_never_the_sentence(void **state)
{
    struct fixture *fixture = *state;
    char line[] = "1. Écrit.";
    const struct effect printed = {.kind = EFFECT_PRINT, .utterance = {.text = line}};
    live_state_follow(&fixture->live, &printed);
    const uint64_t first = say(fixture, "Un.", UTTERANCE_QUEUE);
    live_state_follow(&fixture->live, &printed);
    const cJSON *json =
        look(fixture, &(struct live_moment){.glance = &(struct glance){0}, .utterance = first});
    assert_string_equal(text_of(json, "sentence"), "Un.");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "said")), 3);
}

static void test_an_earcon_is_no_line(void **state)
{
    struct fixture *fixture = *state;
    char name[] = "done";
    const struct utterance earcon = {.text = name, .kind = UTTERANCE_EARCON};
    assert_int_equal(live_state_say(&fixture->live, &earcon), 0);
    assert_int_equal(fixture->live.count, 0);
}

static void test_notices_do_not_pile_up(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 1000; i++) {
        say(fixture, "Le micro est débranché.", UTTERANCE_QUEUE);
        say(fixture, "Le micro est revenu.", UTTERANCE_QUEUE);
    }
    assert_int_equal(fixture->live.count, 32);
    assert_string_equal(live_state_line(&fixture->live, 0)->text, "Le micro est revenu.");
}

static bool is_paused(struct fixture *fixture)
{
    const struct live_moment moment = {.glance = &(struct glance){0}};
    return cJSON_IsTrue(cJSON_GetObjectItem(look(fixture, &moment), "paused"));
}

static void test_pauses(void **state)
{
    struct fixture *fixture = *state;
    say(fixture, "Un.", UTTERANCE_REPLACE);
    assert_false(is_paused(fixture));
    follow(fixture, EFFECT_PAUSE);
    assert_true(is_paused(fixture));
    follow(fixture, EFFECT_RESUME);
    assert_false(is_paused(fixture));
    follow(fixture, EFFECT_PAUSE);
    say(fixture, "Deux.", UTTERANCE_REPLACE);
    assert_false(is_paused(fixture));
}

static void test_what_was_heard_last(void **state)
{
    struct fixture *fixture = *state;
    live_state_heard(&fixture->live, "suivant");
    live_state_heard(&fixture->live, "où suis-je");
    const struct live_moment moment = {.glance = &(struct glance){0}};
    assert_string_equal(text_of(look(fixture, &moment), "heard"), "où suis-je");
}

/* --- a session at a glance -------------------------------------------------------------------- */

static void test_a_step_at_a_glance(void **state)
{
    struct visit *visit = *state;
    struct glance glance;
    visit_begin(visit, "s3", false);
    dialogue_glance(&visit->dialogue, &glance);
    assert_string_equal(glance.step, "s3");
    assert_int_equal(glance.number, 3);
    assert_int_equal(glance.of, 3);
    assert_string_equal(glance.position, "Étape 3 sur 3.");
    assert_in_range(glance.phrase_count, 4, 8);
    glance_free(&glance);
}

/* Where a secret is typed only what acts there is offered. */
static void test_a_private_step_at_a_glance(void **state)
{
    struct visit *visit = *state;
    struct glance glance;
    struct vocabulary all = {0};
    visit_begin(visit, "s2", false);
    dialogue_glance(&visit->dialogue, &glance);
    dialogue_vocabulary(&visit->dialogue, CHANNEL_PRIVATE, &all);
    assert_true(glance.phrase_count > 0);
    for (size_t i = 0; i < glance.phrase_count; i++)
        assert_non_null(vocabulary_find(&all, glance.phrases[i].phrase));
    vocabulary_free(&all);
    glance_free(&glance);
}

/* A question is answered first: yes and no come before all else. */
static void test_choices_at_a_glance(void **state)
{
    struct visit *visit = *state;
    struct glance glance;
    visit_begin(visit, "s1", false);
    visit_command(visit, COMMAND_CONTENTS);
    dialogue_glance(&visit->dialogue, &glance);
    assert_null(glance.step);
    assert_int_equal(glance.of, 0);
    bool title = false;
    for (size_t i = 0; i < glance.phrase_count; i++)
        title |= glance.phrases[i].key && !strcmp(glance.phrases[i].key, "2");
    assert_true(title);
    glance_free(&glance);
}

#define LIVE(name)  cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define VISIT(name) cmocka_unit_test_setup_teardown(name, visit_set_up, visit_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE(test_before_anything_was_said),
        LIVE(test_what_replaces_begins_anew),
        LIVE(test_the_sentence_is_the_one_that_is_being_said),
        LIVE(test_an_earcon_is_no_line),
        LIVE(test_a_printed_line_is_never_the_sentence),
        LIVE(test_notices_do_not_pile_up),
        LIVE(test_pauses),
        LIVE(test_what_was_heard_last),
        VISIT(test_a_step_at_a_glance),
        VISIT(test_a_private_step_at_a_glance),
        VISIT(test_choices_at_a_glance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
