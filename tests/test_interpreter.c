/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interpreter: what becomes of onsets, pauses and utterances, with a recogniser that answers what
 * it was told to. */
#include "base/mem.h"
#include "listen/front_end.h"
#include "listen/heard.h"
#include "listen/interpreter.h"
#include "model/command.h"
#include "support/recog_double.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct recog_result next_clear = {.phrase = 0, .confidence = 0.90};
static const struct recog_result next_very_clear = {.phrase = 0, .confidence = 0.99};
static const struct recog_result stop_clear = {.phrase = 1, .confidence = 0.90};
static const struct recog_result quit_very_clear = {.phrase = 2, .confidence = 0.99};
static const struct recog_result nothing = {.phrase = -1, .confidence = 0};

static const struct interpreter_mode usual = {0}, learning = {.learning = true};

static const int16_t samples[8] = {1, 2, 3, 4, 5, 6, 7, 8};

static struct interpreter *open_with(const struct recog_result *results, size_t count)
{
    struct interpreter *interpreter = NULL;
    struct vocabulary vocabulary = {0};
    char *error = NULL;
    recog_double_script(results, count);
    assert_int_equal(interpreter_open(&recog_double, NULL, &interpreter, &error), 0);
    vocabulary_add(&vocabulary, "suivant", COMMAND_NEXT, 0, false);
    vocabulary_add(&vocabulary, "stop", COMMAND_STOP, 0, false);
    vocabulary_add(&vocabulary, "quitter", COMMAND_QUIT, 0, true);
    interpreter_listen_for(interpreter, &vocabulary, NULL);
    assert_int_equal(vocabulary.count, 0);
    return interpreter;
}

/* Half a second of speech, and so much silence after it. */
static struct front_end_event event(enum front_end_kind kind, double start_s, double lag_s)
{
    return (struct front_end_event){
        .kind = kind,
        .samples = samples,
        .count = COUNT_OF(samples),
        .start_s = start_s,
        .end_s = start_s + 0.5,
        .lag_s = lag_s,
    };
}

static bool take(struct interpreter *interpreter, struct interpreter_mode mode,
                 struct front_end_event event, struct heard *ret_heard)
{
    return interpreter_take(interpreter, &event, mode, ret_heard);
}

/* Takes an event that must be told, and gives what is told of it. */
static void expect(struct interpreter *interpreter, struct interpreter_mode mode,
                   struct front_end_event event, enum heard_kind kind, enum verdict verdict)
{
    struct heard heard;
    assert_true(take(interpreter, mode, event, &heard));
    assert_int_equal(heard.kind, kind);
    if (kind == HEARD_PHRASE)
        assert_int_equal(heard.verdict, verdict);
    assert_int_equal(heard.samples != NULL, mode.learning && kind == HEARD_PHRASE);
    heard_free(&heard);
}

static void expect_silence(struct interpreter *interpreter, struct interpreter_mode mode,
                           struct front_end_event event)
{
    struct heard heard;
    assert_false(take(interpreter, mode, event, &heard));
}

static void what_is_very_clear_is_told_at_the_pause_and_once(void **state)
{
    (void)state;
    struct interpreter *interpreter = open_with(&next_very_clear, 1);
    expect(interpreter, usual, event(FRONT_END_ONSET, 1, 0), HEARD_ONSET, VERDICT_NOTHING);
    expect(interpreter, usual, event(FRONT_END_PAUSE, 1, 0.2), HEARD_PHRASE, VERDICT_OBEY);
    expect_silence(interpreter, usual, event(FRONT_END_PAUSE, 1.1, 0.2));
    expect(interpreter, usual, event(FRONT_END_UTTERANCE, 1.1, 0.4), HEARD_NOTHING,
           VERDICT_NOTHING);
    assert_int_equal(recog_double_calls(), 1);
    interpreter_free(interpreter);
}

static void what_is_less_clear_is_decoded_ahead_and_told_at_the_end(void **state)
{
    (void)state;
    struct interpreter *interpreter = open_with(&next_clear, 1);
    struct heard heard;
    expect_silence(interpreter, usual, event(FRONT_END_PAUSE, 1, 0.2));
    assert_true(take(interpreter, usual, event(FRONT_END_UTTERANCE, 1, 0.4), &heard));
    assert_int_equal(heard.kind, HEARD_PHRASE);
    assert_int_equal(heard.verdict, VERDICT_OBEY);
    assert_string_equal(heard.phrase, "suivant");
    assert_true(heard.decision_ms >= 400);
    assert_int_equal(recog_double_calls(), 1);
    heard_free(&heard);
    interpreter_free(interpreter);
}

static void who_went_on_is_decoded_again(void **state)
{
    (void)state;
    const struct recog_result results[] = {next_clear, stop_clear};
    struct interpreter *interpreter = open_with(results, COUNT_OF(results));
    struct front_end_event longer = event(FRONT_END_UTTERANCE, 1, 0.4);
    struct heard heard;
    expect_silence(interpreter, usual, event(FRONT_END_PAUSE, 1, 0.2));
    longer.count--;
    longer.end_s += 0.3;
    assert_true(take(interpreter, usual, longer, &heard));
    assert_int_equal(heard.command, COMMAND_STOP);
    assert_int_equal(recog_double_calls(), 2);
    heard_free(&heard);
    interpreter_free(interpreter);
}

static void what_costs_something_waits(void **state)
{
    (void)state;
    struct interpreter *interpreter = open_with(&quit_very_clear, 1);
    expect_silence(interpreter, usual, event(FRONT_END_PAUSE, 1, 0.2));
    expect(interpreter, usual, event(FRONT_END_UTTERANCE, 1, 0.4), HEARD_PHRASE, VERDICT_OBEY);
    interpreter_free(interpreter);
}

static void who_learns_is_not_hurried_and_their_sound_is_kept(void **state)
{
    (void)state;
    struct interpreter *interpreter = open_with(&next_very_clear, 1);
    expect_silence(interpreter, learning, event(FRONT_END_PAUSE, 1, 0.2));
    expect(interpreter, learning, event(FRONT_END_UTTERANCE, 1, 0.4), HEARD_PHRASE, VERDICT_OBEY);
    interpreter_free(interpreter);
}

/* Two utterances that are no command, and then one that would be. */
static enum verdict after_talk(struct interpreter *interpreter, struct interpreter_mode mode,
                               bool restarted)
{
    struct heard heard;
    expect(interpreter, mode, event(FRONT_END_UTTERANCE, 1, 0.4), HEARD_PHRASE, VERDICT_NOTHING);
    expect(interpreter, mode, event(FRONT_END_UTTERANCE, 2, 0.4), HEARD_PHRASE, VERDICT_NOTHING);
    if (restarted)
        interpreter_restart(interpreter);
    assert_true(take(interpreter, mode, event(FRONT_END_UTTERANCE, 3, 0.4), &heard));
    const enum verdict verdict = heard.verdict;
    assert_string_equal(heard.phrase, "suivant");
    heard_free(&heard);
    return verdict;
}

static void in_talk_more_is_asked_but_not_of_who_learns(void **state)
{
    (void)state;
    const struct recog_result results[] = {nothing, nothing, next_clear};
    struct interpreter *interpreter = open_with(results, COUNT_OF(results));
    assert_int_equal(after_talk(interpreter, usual, false), VERDICT_NOTHING);
    interpreter_free(interpreter);
    interpreter = open_with(results, COUNT_OF(results));
    assert_int_equal(after_talk(interpreter, learning, false), VERDICT_OBEY);
    interpreter_free(interpreter);
    interpreter = open_with(results, COUNT_OF(results));
    assert_int_equal(after_talk(interpreter, usual, true), VERDICT_OBEY);
    interpreter_free(interpreter);
}

static void a_recogniser_that_does_not_open_says_why(void **state)
{
    (void)state;
    struct interpreter *interpreter = NULL;
    char *error = NULL;
    assert_int_equal(interpreter_open(&recog_double_broken, NULL, &interpreter, &error), -1);
    assert_null(interpreter);
    assert_string_equal(error, "broken");
    free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_very_clear_is_told_at_the_pause_and_once),
        cmocka_unit_test(what_is_less_clear_is_decoded_ahead_and_told_at_the_end),
        cmocka_unit_test(who_went_on_is_decoded_again),
        cmocka_unit_test(what_costs_something_waits),
        cmocka_unit_test(who_learns_is_not_hurried_and_their_sound_is_kept),
        cmocka_unit_test(in_talk_more_is_asked_but_not_of_who_learns),
        cmocka_unit_test(a_recogniser_that_does_not_open_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
