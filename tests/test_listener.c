/* SPDX-License-Identifier: GPL-3.0-or-later */
/* listener: what is captured becomes events, on its own thread and on the caller's. */
#include "base/mem.h"
#include "listen/listener.h"
#include "model/command.h"
#include "support/recog_double.h"

#include <math.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NEAR_S 0.06

static const struct recog_result next_clear = {.phrase = 0, .confidence = 0.90};
static const struct recog_result next_very_clear = {.phrase = 0, .confidence = 0.99};
static const struct recog_result stop_clear = {.phrase = 1, .confidence = 0.95};
static const struct recog_result stop_likely = {.phrase = 1, .confidence = 0.70};
static const struct recog_result doubtful = {.phrase = 0, .confidence = 0.45};
static const struct recog_result nothing = {.phrase = -1, .confidence = 0};

static void fill(struct vocabulary *vocabulary)
{
    vocabulary_add(vocabulary, "suivant", COMMAND_NEXT, 0, false);
    vocabulary_add(vocabulary, "stop", COMMAND_STOP, 0, false);
    vocabulary_add(vocabulary, "trois", COMMAND_CHOOSE, 3, false);
}

static struct listener *open_with(const struct recog_driver *driver, int rate,
                                  enum listener_mode mode, bool simulated)
{
    const struct listener_config config = {
        .driver = driver,
        .input_rate = rate,
        .output_rate = rate,
        .mode = mode,
        .endpoint = endpoint_default_config(),
        .simulated = simulated,
    };
    struct listener *listener = NULL;
    struct vocabulary vocabulary = {0};
    assert_int_equal(listener_open(&config, &listener), 0);
    fill(&vocabulary);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
    return listener;
}

static struct listener *open_simulated(int rate, enum listener_mode mode)
{
    return open_with(&recog_double, rate, mode, true);
}

/* A faint noise, or a buzz like a voice over it, for so many seconds. */
static void make(int16_t *samples, size_t count, int rate, bool pack)
{
    static unsigned seed = 1;
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        double value = (double)(seed >> 24) / 16.0 - 8.0;
        for (int harmonic = 2; pack && harmonic < 12; harmonic++)
            value += 500 * sin(2 * 3.14159265 * 130 * harmonic * (double)i / rate + harmonic);
        samples[i] = (int16_t)value;
    }
}

static void capture(struct listener *listener, int rate, double seconds, bool pack)
{
    const size_t count = (size_t)(seconds * rate);
    int16_t *samples = xcalloc(count, sizeof *samples);
    make(samples, count, rate, pack);
    for (size_t i = 0; i < count; i += 500)
        listener_capture(listener, samples + i, count - i < 500 ? count - i : 500);
    listener_work(listener);
    free(samples);
}

/* Silence, a word of 0.6 s, silence. */
static void say_word(struct listener *listener, int rate)
{
    capture(listener, rate, 1.0, false);
    capture(listener, rate, 0.6, true);
    capture(listener, rate, 1.0, false);
}

static struct heard expect(struct listener *listener, enum heard_kind kind)
{
    struct heard heard;
    if (!listener_next(listener, &heard))
        fail_msg("nothing was heard, instead of %d", (int)kind);
    assert_int_equal(heard.kind, kind);
    return heard;
}

static void expect_and_free(struct listener *listener, enum heard_kind kind)
{
    struct heard heard = expect(listener, kind);
    heard_free(&heard);
}

static void expect_nothing(struct listener *listener)
{
    struct heard heard;
    assert_false(listener_next(listener, &heard));
}

static void expect_verdict(struct listener *listener, enum verdict verdict)
{
    struct heard heard = expect(listener, HEARD_PHRASE);
    assert_int_equal(heard.verdict, verdict);
    heard_free(&heard);
}

static void a_word_is_heard_at_its_time(void **state)
{
    (void)state;
    const int rates[] = {8000, 16000, 44100, 48000};
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        recog_double_script(&next_clear, 1);
        struct listener *listener = open_simulated(rates[i], LISTENER_FULL);
        expect_and_free(listener, HEARD_READY);
        say_word(listener, rates[i]);
        struct heard heard = expect(listener, HEARD_ONSET);
        assert_true(fabs(heard.start_s - 1.0) < NEAR_S);
        heard_free(&heard);
        heard = expect(listener, HEARD_PHRASE);
        assert_string_equal(heard.phrase, "suivant");
        assert_int_equal(heard.command, COMMAND_NEXT);
        assert_int_equal(heard.verdict, VERDICT_OBEY);
        assert_true(fabs(heard.start_s - 1.0) < NEAR_S);
        assert_true(fabs(heard.end_s - 1.6) < NEAR_S);
        assert_true(heard.decision_ms >= endpoint_default_config().hangover_ms);
        assert_false(heard.situation.during_speech);
        heard_free(&heard);
        expect_nothing(listener);
        /* Pre-roll, word, and a little behind it, at the recogniser's rate; decoded once. */
        assert_true(fabs((double)recog_double_samples(0) / LISTENING_RATE - 1.1) < 2 * NEAR_S);
        assert_int_equal(recog_double_calls(), 1);
        listener_close(listener);
    }
}

static void the_end_of_the_input_ends_the_word(void **state)
{
    (void)state;
    recog_double_script(&doubtful, 1);
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    capture(listener, 16000, 1.0, false);
    capture(listener, 16000, 0.6, true);
    expect_and_free(listener, HEARD_ONSET);
    expect_nothing(listener);
    listener_finish(listener);
    expect_verdict(listener, VERDICT_ASK_BACK);
    listener_finish(listener);
    expect_nothing(listener);
    listener_close(listener);
}

static void a_new_vocabulary_holds_from_then_on(void **state)
{
    (void)state;
    const struct recog_result results[] = {nothing, {.phrase = 0, .confidence = 0.9}, next_clear};
    struct vocabulary vocabulary = {0};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    say_word(listener, 16000);
    expect_and_free(listener, HEARD_ONSET);
    struct heard heard = expect(listener, HEARD_PHRASE);
    assert_null(heard.phrase);
    assert_int_equal(heard.verdict, VERDICT_NOTHING);
    heard_free(&heard);
    assert_int_equal(recog_double_phrases(0), 3);

    vocabulary_add(&vocabulary, "douze", COMMAND_CHOOSE, 12, false);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
    say_word(listener, 16000);
    expect_and_free(listener, HEARD_ONSET);
    heard = expect(listener, HEARD_PHRASE);
    assert_string_equal(heard.phrase, "douze");
    assert_int_equal(heard.command, COMMAND_CHOOSE);
    assert_int_equal(heard.argument, 12);
    heard_free(&heard);
    assert_int_equal(recog_double_phrases(1), 1);

    /* Nothing makes sense: nothing is decoded. */
    listener_set_vocabulary(listener, &vocabulary);
    say_word(listener, 16000);
    expect_and_free(listener, HEARD_ONSET);
    expect_verdict(listener, VERDICT_NOTHING);
    assert_int_equal(recog_double_calls(), 2);
    listener_close(listener);
}

static void half_duplex_is_deaf_while_speaking(void **state)
{
    (void)state;
    const struct recog_result results[] = {next_clear, next_clear};
    const int16_t played[160] = {0};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_simulated(16000, LISTENER_HALF);
    expect_and_free(listener, HEARD_READY);
    listener_played(listener, played, COUNT_OF(played), true);
    say_word(listener, 16000);
    expect_nothing(listener);
    /* And for a tail: a word that begins at once loses its beginning, a later one does not. */
    listener_played(listener, played, COUNT_OF(played), false);
    say_word(listener, 16000);
    expect_and_free(listener, HEARD_ONSET);
    struct heard heard = expect(listener, HEARD_PHRASE);
    assert_true(fabs(heard.start_s - 3.6) < NEAR_S);
    assert_false(heard.situation.during_speech);
    heard_free(&heard);
    listener_close(listener);
}

static void full_duplex_hears_all_and_says_when(void **state)
{
    (void)state;
    const struct recog_result results[] = {next_clear, next_clear};
    const int16_t played[160] = {0};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    listener_played(listener, played, COUNT_OF(played), true);
    say_word(listener, 16000);
    expect_and_free(listener, HEARD_ONSET);
    struct heard heard = expect(listener, HEARD_PHRASE);
    assert_int_equal(heard.verdict, VERDICT_OBEY);
    assert_true(heard.situation.during_speech);
    heard_free(&heard);
    listener_close(listener);
}

static void with_echo_only_a_clear_stop_is_obeyed_while_speaking(void **state)
{
    (void)state;
    /* While it speaks each word has two chances to be a clear stop. */
    const struct recog_result results[] = {next_clear,  next_clear, stop_likely,
                                           stop_likely, stop_clear, next_clear};
    const enum verdict expected[] = {VERDICT_NOTHING, VERDICT_NOTHING, VERDICT_OBEY, VERDICT_OBEY};
    const int16_t played[160] = {0};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_simulated(16000, LISTENER_ECHO);
    expect_and_free(listener, HEARD_READY);
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        listener_played(listener, played, COUNT_OF(played), i < 3);
        say_word(listener, 16000);
        expect_and_free(listener, HEARD_ONSET);
        expect_verdict(listener, expected[i]);
        if (i == 2)
            expect_and_free(listener, HEARD_NOTHING); /* obeyed before its end */
    }
    listener_close(listener);
}

/* Talk goes on: what would be obeyed after silence is not. */
static void in_the_middle_of_talk_more_is_asked(void **state)
{
    (void)state;
    const struct recog_result results[] = {next_clear, nothing, nothing, next_clear, next_clear};
    const enum verdict expected[] = {VERDICT_OBEY, VERDICT_NOTHING, VERDICT_NOTHING,
                                     VERDICT_NOTHING, VERDICT_OBEY};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    for (size_t i = 0; i < COUNT_OF(results); i++) {
        capture(listener, 16000, i == 0 || i == 4 ? 3.0 : 0.5, false);
        capture(listener, 16000, 0.6, true);
        capture(listener, 16000, 0.6, false);
        expect_and_free(listener, HEARD_ONSET);
        expect_verdict(listener, expected[i]);
    }
    listener_close(listener);
}

/* 250 ms of silence: less than the hangover. */
static void say_word_so_far(struct listener *listener)
{
    const int16_t played[160] = {0};
    listener_played(listener, played, COUNT_OF(played), true);
    capture(listener, 16000, 1.0, false);
    capture(listener, 16000, 0.6, true);
    capture(listener, 16000, 0.25, false);
    expect_and_free(listener, HEARD_ONSET);
}

static void a_clear_stop_need_not_wait_for_the_end(void **state)
{
    (void)state;
    const struct recog_result results[] = {stop_clear,  next_clear, next_clear, stop_likely,
                                           stop_likely, stop_clear, stop_clear};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    say_word_so_far(listener);
    struct heard heard = expect(listener, HEARD_PHRASE);
    assert_int_equal(heard.command, COMMAND_STOP);
    assert_true(heard.decision_ms < endpoint_default_config().pause_ms);
    heard_free(&heard);
    capture(listener, 16000, 1.0, false);
    expect_and_free(listener, HEARD_NOTHING); /* not a second time */
    expect_nothing(listener);
    /* Other commands, and what is less clear, wait. */
    for (int i = 0; i < 2; i++) {
        say_word_so_far(listener);
        expect_nothing(listener);
        capture(listener, 16000, 1.0, false);
        expect_and_free(listener, HEARD_PHRASE);
    }
    /* And what may go on. */
    struct vocabulary vocabulary = {0};
    fill(&vocabulary);
    vocabulary_add(&vocabulary, "stop encore", COMMAND_REPEAT, 0, false);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
    say_word_so_far(listener);
    expect_nothing(listener);
    capture(listener, 16000, 1.0, false);
    expect_and_free(listener, HEARD_PHRASE);
    listener_close(listener);
}

static void a_very_clear_word_need_not_wait_unless_it_costs(void **state)
{
    (void)state;
    const struct recog_result results[] = {next_very_clear, next_very_clear};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    say_word_so_far(listener);
    struct heard heard = expect(listener, HEARD_PHRASE);
    assert_int_equal(heard.command, COMMAND_NEXT);
    assert_true(heard.decision_ms < endpoint_default_config().hangover_ms);
    heard_free(&heard);
    capture(listener, 16000, 1.0, false);
    expect_and_free(listener, HEARD_NOTHING);
    expect_nothing(listener);

    struct vocabulary vocabulary = {0};
    vocabulary_add(&vocabulary, "suivant", COMMAND_NEXT, 0, true);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
    say_word_so_far(listener);
    expect_nothing(listener);
    capture(listener, 16000, 1.0, false);
    expect_and_free(listener, HEARD_PHRASE);
    listener_close(listener);
}

static void what_had_begun_is_ended(void **state)
{
    (void)state;
    recog_double_script(NULL, 0);
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    /* Nobody commands for so long; what it was comes at its end. */
    capture(listener, 16000, 1.0, false);
    for (int i = 0; i < 10; i++) {
        capture(listener, 16000, 0.4, true);
        capture(listener, 16000, 0.15, false);
    }
    expect_and_free(listener, HEARD_ONSET);
    struct heard heard = expect(listener, HEARD_NOTHING);
    assert_true(heard.end_s < 5.0);
    heard_free(&heard);
    expect_nothing(listener);
    capture(listener, 16000, 1.0, false);
    expect_verdict(listener, VERDICT_NOTHING);
    /* The device is opened again in the middle of a word. */
    capture(listener, 16000, 0.5, true);
    expect_and_free(listener, HEARD_ONSET);
    assert_true(listener_is_hearing(listener));
    listener_set_rates(listener, 16000, 16000);
    assert_false(listener_is_hearing(listener));
    expect_and_free(listener, HEARD_NOTHING);
    expect_nothing(listener);
    listener_close(listener);
}

/* Noise in bursts, that nothing but itself foretells. */
static void make_bursts(int16_t *samples, size_t count, int rate)
{
    static unsigned seed = 7;
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        double loud = i / (size_t)(rate / 4) % 6 == 0 ? 0.1 : 0.0005;
        samples[i] = (int16_t)(loud * ((double)(seed >> 16) - 32768));
    }
}

/* Who plays: the assistant, or another program, of which the monitor tells, or did so in the
 * beginning, or nobody. */
enum player { ASSISTANT, MONITORED, MONITORED_AT_FIRST, UNKNOWN };

static void play(struct listener *listener, enum player player, const int16_t *samples,
                 size_t count, bool late)
{
    static const int16_t silence[160];
    const bool told = player == MONITORED || (player == MONITORED_AT_FIRST && !late);
    if (told)
        listener_monitored(listener, samples, count);
    else if (player == MONITORED_AT_FIRST)
        listener_monitored(listener, NULL, 0);
    listener_played(listener, player == ASSISTANT ? samples : silence, count, player == ASSISTANT);
}

/* How often somebody seems to speak while the microphone hears what is played; the loudspeaker
 * began so much before the microphone. */
static int onsets_by_echo(enum player player, double earlier_s)
{
    const int rate = 16000, delay = rate * 40 / 1000, block = 160;
    const size_t before = (size_t)(earlier_s * rate), count = (size_t)(26 * rate) + before;
    int16_t *samples = xcalloc(count, sizeof *samples), heard_samples[160];
    int onsets = 0;
    struct listener *listener = open_simulated(rate, LISTENER_ECHO);
    make_bursts(samples, count, rate);
    for (size_t at = 0; at < count; at += (size_t)block) {
        play(listener, player, samples + at, (size_t)block, at > count / 2);
        for (int i = 0; i < block; i++)
            heard_samples[i] =
                at + (size_t)i >= (size_t)delay ? samples[at + (size_t)i - (size_t)delay] / 2 : 0;
        if (at >= before)
            listener_capture(listener, heard_samples, (size_t)block);
        listener_work(listener);
        for (struct heard heard; listener_next(listener, &heard); heard_free(&heard))
            onsets += heard.kind == HEARD_ONSET && heard.start_s > 17;
    }
    listener_close(listener);
    free(samples);
    return onsets;
}

static void echo_is_taken_out_whoever_starts_first(void **state)
{
    (void)state;
    recog_double_script(NULL, 0);
    assert_int_equal(onsets_by_echo(ASSISTANT, 0), 0);
    assert_int_equal(onsets_by_echo(ASSISTANT, 1.9), 0);
}

static void what_others_play_is_taken_out_where_it_is_known(void **state)
{
    (void)state;
    recog_double_script(NULL, 0);
    assert_int_equal(onsets_by_echo(MONITORED, 0), 0);
    assert_int_equal(onsets_by_echo(MONITORED, 0.5), 0);
    assert_true(onsets_by_echo(MONITORED_AT_FIRST, 0) > 2);
    assert_true(onsets_by_echo(UNKNOWN, 0) > 2);
}

static void off_is_off(void **state)
{
    (void)state;
    recog_double_script(&next_clear, 1);
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    listener_set_mode(listener, LISTENER_OFF);
    say_word(listener, 16000);
    expect_nothing(listener);
    listener_set_mode(listener, LISTENER_FULL);
    say_word(listener, 16000);
    expect_and_free(listener, HEARD_ONSET);
    expect_verdict(listener, VERDICT_OBEY);
    listener_close(listener);
}

static void after_restart_everything_is_as_new(void **state)
{
    (void)state;
    const struct recog_result results[] = {next_clear, next_clear};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    for (int i = 0; i < 2; i++) {
        say_word(listener, i ? 48000 : 16000);
        expect_and_free(listener, HEARD_ONSET);
        struct heard heard = expect(listener, HEARD_PHRASE);
        assert_true(fabs(heard.start_s - 1.0) < NEAR_S);
        heard_free(&heard);
        listener_restart(listener, 48000);
    }
    listener_close(listener);
}

static void a_recogniser_that_fails_is_told(void **state)
{
    (void)state;
    for (int simulated = 0; simulated < 2; simulated++) {
        recog_double_script(NULL, 0);
        struct listener *listener =
            open_with(&recog_double_broken, 16000, LISTENER_FULL, simulated);
        say_word(listener, 16000);
        listener_finish(listener);
        struct heard heard = expect(listener, HEARD_FAILED);
        assert_string_equal(heard.error, "broken");
        heard_free(&heard);
        expect_nothing(listener);
        listener_close(listener);
    }
}

/* Waits on the eventfd as the loop does. */
static struct heard await(struct listener *listener, enum heard_kind kind)
{
    struct heard heard;
    struct pollfd fd = {.fd = listener_fd(listener), .events = POLLIN};
    while (!listener_next(listener, &heard))
        assert_int_equal(poll(&fd, 1, 60000), 1);
    assert_int_equal(heard.kind, kind);
    return heard;
}

static void the_thread_does_the_same(void **state)
{
    (void)state;
    const struct recog_result results[] = {next_clear, stop_clear};
    recog_double_script(results, COUNT_OF(results));
    struct listener *listener = open_with(&recog_double, 48000, LISTENER_FULL, false);
    struct heard heard = await(listener, HEARD_READY);
    heard_free(&heard);
    for (int i = 0; i < 2; i++) {
        int16_t *samples = xcalloc(48000, sizeof *samples);
        make(samples, 48000, 48000, false);
        make(samples + 20000, 24000, 48000, true);
        listener_capture(listener, samples, 48000);
        free(samples);
        listener_finish(listener);
        heard = await(listener, HEARD_ONSET);
        heard_free(&heard);
        heard = await(listener, HEARD_PHRASE);
        assert_string_equal(heard.phrase, i ? "stop" : "suivant");
        heard_free(&heard);
    }
    expect_nothing(listener);
    struct pollfd fd = {.fd = listener_fd(listener), .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 0), 0);
    listener_close(listener);
}

/* Closing needs no waiting for anything, whatever is going on. */
static void it_closes_in_the_middle(void **state)
{
    (void)state;
    recog_double_script(&next_clear, 1);
    for (int i = 0; i < 5; i++) {
        struct listener *listener = open_with(&recog_double, 16000, LISTENER_FULL, false);
        int16_t samples[1600];
        make(samples, COUNT_OF(samples), 16000, true);
        for (int j = 0; j < 10 * i; j++)
            listener_capture(listener, samples, COUNT_OF(samples));
        listener_close(listener);
    }
    listener_close(NULL);
}

/* A recording that someone padded with nothing: the recogniser gets what was recorded. */
static void padding_is_not_handed_on(void **state)
{
    (void)state;
    static const int16_t nothing_at_all[16000];
    recog_double_script(&next_clear, 1);
    struct listener *listener = open_simulated(16000, LISTENER_FULL);
    expect_and_free(listener, HEARD_READY);
    listener_capture(listener, nothing_at_all, COUNT_OF(nothing_at_all));
    capture(listener, 16000, 0.5, true);
    listener_capture(listener, nothing_at_all, COUNT_OF(nothing_at_all));
    listener_finish(listener);
    assert_int_equal(recog_double_calls(), 1);
    assert_true(fabs((double)recog_double_samples(0) / LISTENING_RATE - 0.5) < 0.02);
    listener_close(listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_heard_at_its_time),
        cmocka_unit_test(the_end_of_the_input_ends_the_word),
        cmocka_unit_test(a_new_vocabulary_holds_from_then_on),
        cmocka_unit_test(half_duplex_is_deaf_while_speaking),
        cmocka_unit_test(full_duplex_hears_all_and_says_when),
        cmocka_unit_test(with_echo_only_a_clear_stop_is_obeyed_while_speaking),
        cmocka_unit_test(in_the_middle_of_talk_more_is_asked),
        cmocka_unit_test(a_clear_stop_need_not_wait_for_the_end),
        cmocka_unit_test(a_very_clear_word_need_not_wait_unless_it_costs),
        cmocka_unit_test(what_had_begun_is_ended),
        cmocka_unit_test(echo_is_taken_out_whoever_starts_first),
        cmocka_unit_test(what_others_play_is_taken_out_where_it_is_known),
        cmocka_unit_test(off_is_off),
        cmocka_unit_test(after_restart_everything_is_as_new),
        cmocka_unit_test(a_recogniser_that_fails_is_told),
        cmocka_unit_test(the_thread_does_the_same),
        cmocka_unit_test(padding_is_not_handed_on),
        cmocka_unit_test(it_closes_in_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
