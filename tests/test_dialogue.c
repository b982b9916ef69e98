/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialogue: what a kind of dialogue leaves out is 0 or false; what it has is asked of its state;
 * and of one that has nothing of its own to show it is seen what can be said. */
#include "dialogue/dialogue.h"
#include "dialogue/glance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* As many phrases as `count`; the first two mean the same. */
static void say_some(const void *state, enum channel channel, struct vocabulary *vocabulary)
{
    const int *count = state;
    if (channel != CHANNEL_SPOKEN)
        return;
    for (int i = 0; i < *count; i++) {
        char text[16];
        snprintf(text, sizeof text, "phrase %c", 'a' + i);
        vocabulary_add(vocabulary, text, 1 + (i > 1 ? i / 2 : 0), i > 1 ? i % 2 : 0, false);
    }
}

static int three(const void *state)
{
    (void)state;
    return 3;
}

/* That of the state. */
static bool yes(const void *state)
{
    const int *count = state;
    return *count > 0;
}

static bool takes(const void *state, const char *text)
{
    return yes(state) && !strcmp(text, "mot");
}

static void show(const void *state, struct glance *ret_glance)
{
    const int *count = state;
    ret_glance->number = *count;
}

static void what_is_left_out_is_nothing(void **state)
{
    (void)state;
    int count = 0;
    static const struct dialogue_methods methods = {.vocabulary = say_some};
    const struct dialogue dialogue = {&methods, &count};
    assert_int_equal(dialogue_pause_ms(&dialogue), 0);
    assert_int_equal(dialogue_numbers(&dialogue), 0);
    assert_false(dialogue_is_private(&dialogue));
    assert_false(dialogue_wants_line(&dialogue));
    assert_false(dialogue_wants_speech(&dialogue));
    assert_false(dialogue_takes_text(&dialogue, "mot"));
    assert_false(dialogue_asks_back(&dialogue));
    assert_false(dialogue_takes_turns(&dialogue));
    assert_false(dialogue_gives_way(&dialogue));
    assert_false(dialogue_uses_microphone(&dialogue));
}

static void what_is_there_is_asked_of_the_state(void **state)
{
    (void)state;
    int count = 1, nothing = 0;
    static const struct dialogue_methods methods = {
        .vocabulary = say_some,
        .pause_ms = three,
        .numbers = three,
        .is_private = yes,
        .wants_line = yes,
        .wants_speech = yes,
        .takes_text = takes,
        .glance = show,
        .asks_back = true,
        .takes_turns = true,
        .gives_way = true,
        .uses_microphone = true,
    };
    const struct dialogue dialogue = {&methods, &count}, other = {&methods, &nothing};
    struct glance glance;
    assert_int_equal(dialogue_pause_ms(&dialogue), 3);
    assert_int_equal(dialogue_numbers(&dialogue), 3);
    assert_true(dialogue_is_private(&dialogue) && !dialogue_is_private(&other));
    assert_true(dialogue_wants_line(&dialogue) && !dialogue_wants_line(&other));
    assert_true(dialogue_wants_speech(&dialogue) && !dialogue_wants_speech(&other));
    assert_true(dialogue_takes_text(&dialogue, "mot") && !dialogue_takes_text(&other, "mot"));
    assert_false(dialogue_takes_text(&dialogue, "autre"));
    assert_true(dialogue_asks_back(&dialogue) && dialogue_takes_turns(&dialogue));
    assert_true(dialogue_gives_way(&dialogue) && dialogue_uses_microphone(&dialogue));
    dialogue_glance(&dialogue, &glance);
    assert_int_equal(glance.number, 1);
    assert_int_equal(glance.phrase_count, 0);
    glance_free(&glance);
}

/* The first phrase of each command and argument, eight at most. */
static void what_can_be_said_is_seen(void **state)
{
    (void)state;
    static const struct {
        int phrases, seen;
    } cases[] = {{0, 0}, {1, 1}, {2, 1}, {3, 2}, {4, 3}, {9, 8}, {20, 8}};
    static const struct dialogue_methods methods = {.vocabulary = say_some};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int count = cases[i].phrases;
        const struct dialogue dialogue = {&methods, &count};
        struct glance glance;
        dialogue_glance(&dialogue, &glance);
        assert_int_equal(glance.phrase_count, cases[i].seen);
        if (cases[i].seen > 1) {
            assert_string_equal(glance.phrases[0].phrase, "phrase a");
            assert_string_equal(glance.phrases[1].phrase, "phrase c");
            assert_null(glance.phrases[0].key);
        }
        glance_free(&glance);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_out_is_nothing),
        cmocka_unit_test(what_is_there_is_asked_of_the_state),
        cmocka_unit_test(what_can_be_said_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
