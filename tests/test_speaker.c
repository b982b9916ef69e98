/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speaker, playout: what is said is what is played, until it is cut, paused or replaced. */
#include "base/mem.h"
#include "dsp/earcon.h"
#include "dsp/resample.h"
#include "reading/reading.h"
#include "speech/speaker.h"
#include "support/synth_double.h"

#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BLOCK 160
#define RAMP  64 /* of dsp/playout.c, longest fade */

struct fixture {
    struct reading_rules *reading;
    struct speaker *speaker;
    struct samples played;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    synth_double_reset();
    if (reading_rules_parse(NULL, NULL, &fixture->reading))
        return -1;
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    speaker_close(fixture->speaker);
    reading_rules_free(fixture->reading);
    samples_free(&fixture->played);
    free(fixture);
    return 0;
}

static struct speaker *open_speaker(struct fixture *fixture, int output_rate, bool simulated)
{
    const struct speaker_config config = {
        .driver = &synth_double,
        .synth = {.voice = "x", .language = "fr"},
        .reading = fixture->reading,
        .output_rate = output_rate,
        .simulated = simulated,
    };
    assert_int_equal(speaker_open(&config, &fixture->speaker), 0);
    return fixture->speaker;
}

static void say(struct speaker *speaker, const char *text, enum utterance_kind kind,
                enum utterance_rule rule)
{
    struct utterance utterance = {.text = xstrdup(text), .kind = kind, .rule = rule};
    speaker_say(speaker, &utterance);
    utterance_free(&utterance);
}

static void say_next(struct speaker *speaker, const char *text)
{
    say(speaker, text, UTTERANCE_TEXT, UTTERANCE_QUEUE);
}

static void say_now(struct speaker *speaker, const char *text)
{
    say(speaker, text, UTTERANCE_TEXT, UTTERANCE_REPLACE);
}

/* The word that is being said, as the place where it begins; SPEECH_NO_WORD before the first. */
static size_t word_now(struct speaker *speaker, size_t sentence)
{
    struct speech_point point;
    assert_true(speaker_point(speaker, &point));
    assert_int_equal(point.utterance, 7);
    assert_int_equal(point.sentence, sentence);
    return point.character;
}

static bool is_idle(struct speaker *speaker)
{
    struct pollfd poller = {.fd = speaker_idle_fd(speaker), .events = POLLIN};
    return poll(&poller, 1, 0) == 1;
}

/* One step of a simulated session: a block is played, then the speaker does its work. */
static void step(struct fixture *fixture)
{
    int16_t block[BLOCK];
    speaker_render(fixture->speaker, block, BLOCK);
    samples_add(&fixture->played, block, BLOCK);
    speaker_work(fixture->speaker);
}

static void play_all(struct fixture *fixture)
{
    speaker_work(fixture->speaker);
    for (int i = 0; i < 2000 && speaker_is_busy(fixture->speaker); i++)
        step(fixture);
    assert_false(speaker_is_busy(fixture->speaker));
    step(fixture); /* what of a ramp is left */
}

/* The bytes that were heard, one for each SYNTH_PER_BYTE samples of it, silence as '_'. */
static char *heard(const struct samples *played)
{
    char *text = xcalloc(played->count + 1, 1);
    size_t length = 0;
    for (size_t at = 0; at < played->count;) {
        size_t run = 1;
        while (at + run < played->count && played->items[at + run] == played->items[at])
            run++;
        if (played->items[at] == 0 && run > RAMP && length && text[length - 1] != '_')
            text[length++] = '_';
        for (size_t i = 0; played->items[at] && i < run / SYNTH_PER_BYTE; i++)
            text[length++] = (char)(played->items[at] / 100);
        at += run;
    }
    if (length && text[length - 1] == '_')
        length--;
    text[length] = '\0';
    return text;
}

static void assert_heard(const struct fixture *fixture, const char *expected)
{
    char *text = heard(&fixture->played);
    assert_string_equal(text, expected);
    free(text);
}

static void every_sample_of_a_sentence_is_played(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    say_next(speaker, "Bonjour.");
    assert_true(speaker_is_busy(speaker));
    assert_false(is_idle(speaker));
    play_all(fixture);
    assert_heard(fixture, "Bonjour.");
    for (size_t i = 0; i < 8 * SYNTH_PER_BYTE; i++)
        assert_int_equal(fixture->played.items[i],
                         synth_double_sample("Bonjour."[i / SYNTH_PER_BYTE]));
    assert_true(is_idle(speaker));
    speaker_clear_idle(speaker);
    assert_false(is_idle(speaker));
    assert_true(speaker_works(speaker));
}

static void the_first_samples_are_there_after_one_piece(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    int16_t block[BLOCK];
    assert_false(speaker_render(speaker, block, BLOCK));
    say_next(speaker, "A.");
    speaker_work(speaker);
    assert_true(speaker_render(speaker, block, 10));
    assert_int_equal(block[0], synth_double_sample('A'));
}

static void sentences_follow_each_other_with_a_gap(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    say_next(speaker, "Un deux. Trois !");
    say_next(speaker, "Quatre.");
    play_all(fixture);
    assert_int_equal(atomic_load(&synth_record.said), 3);
    assert_string_equal(synth_record.sentences[0], "Un deux.");
    assert_string_equal(synth_record.sentences[2], "Quatre.");
    char *text = heard(&fixture->played);
    assert_non_null(strstr(text, "Un deux._Trois"));
    assert_non_null(strstr(text, "_Quatre."));
    free(text);
}

static void a_text_longer_than_the_ring_comes_whole(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    char text[3001];
    for (size_t i = 0; i < 3000; i++)
        text[i] = (char)('a' + i % 26);
    text[3000] = '\0';
    say_next(speaker, text);
    play_all(fixture);
    assert_heard(fixture, text);
}

static void an_interruption_is_silence_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    int16_t block[BLOCK];
    say_next(speaker, "Une phrase assez longue. Une autre.");
    speaker_work(speaker);
    step(fixture);
    speaker_interrupt(speaker);
    assert_false(speaker_is_busy(speaker));
    assert_false(speaker_render(speaker, block, BLOCK));
    for (size_t i = RAMP; i < BLOCK; i++)
        assert_int_equal(block[i], 0);
    assert_true(block[RAMP / 2] < block[0]); /* and without a step */
    assert_true(block[0] > fixture->played.items[BLOCK - 1] * 9 / 10);
    for (int i = 0; i < 50; i++) {
        speaker_work(speaker);
        assert_false(speaker_render(speaker, block, BLOCK));
    }
    assert_false(is_idle(speaker));
    say_next(speaker, "Suite.");
    fixture->played.count = 0;
    play_all(fixture);
    assert_heard(fixture, "Suite.");
}

static void new_speech_replaces_or_waits(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    say_next(speaker, "Premier.");
    say_next(speaker, "Perdu.");
    speaker_work(speaker);
    step(fixture);
    say_now(speaker, "Nouveau.");
    fixture->played.count = 0;
    play_all(fixture);
    char *text = heard(&fixture->played);
    /* The first samples of it lie under the ramp of the old speech. */
    assert_non_null(strstr(text, "uveau."));
    assert_null(strstr(text, "Perdu"));
    assert_null(strstr(text, "Premier"));
    free(text);
}

/* Before the callback has dropped a single block of what it replaces. */
static void new_speech_need_not_wait_for_room(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    char text[2001];
    int16_t block[BLOCK];
    memset(text, 'a', 2000);
    text[2000] = '\0';
    say_next(speaker, text);
    speaker_work(speaker);
    say_now(speaker, "Nouveau.");
    speaker_work(speaker);
    assert_true(speaker_render(speaker, block, BLOCK));
    assert_int_equal(block[BLOCK - 1],
                     synth_double_sample("Nouveau."[(BLOCK - 1) / SYNTH_PER_BYTE]));
}

static void pause_keeps_the_sentence(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    int16_t block[BLOCK];
    say_next(speaker, "Aaaa. Bbbb. Cccc.");
    speaker_work(speaker);
    /* 200 samples of A, a gap of 4000, then some of B. */
    for (int i = 0; i < 27; i++)
        step(fixture);
    speaker_pause(speaker);
    assert_true(speaker_is_paused(speaker));
    assert_true(speaker_is_busy(speaker));
    speaker_work(speaker);
    assert_false(speaker_render(speaker, block, BLOCK));
    say_next(speaker, "Dddd.");
    speaker_pause(speaker);
    speaker_work(speaker);
    assert_false(speaker_render(speaker, block, BLOCK));
    assert_false(is_idle(speaker));
    fixture->played.count = 0;
    speaker_resume(speaker);
    assert_false(speaker_is_paused(speaker));
    play_all(fixture);
    assert_heard(fixture, "Bbbb._Cccc._Dddd.");
    assert_true(is_idle(speaker));
}

static void new_speech_ends_a_pause(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    say_next(speaker, "Un.");
    speaker_pause(speaker);
    say_now(speaker, "Deux.");
    assert_false(speaker_is_paused(speaker));
    play_all(fixture);
    assert_heard(fixture, "Deux.");
}

static void parameters_act_on_the_next_sentence(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    const struct synth_params params = {.rate = 300, .pitch = 60, .volume = 40};
    say_next(speaker, "Un.");
    speaker_work(speaker);
    assert_int_equal(synth_record.params.rate, 175);
    assert_int_equal(synth_record.params.volume, 100);
    speaker_set_params(speaker, &params);
    say_next(speaker, "Deux.");
    speaker_work(speaker);
    assert_int_equal(synth_record.params.rate, 300);
    assert_int_equal(synth_record.params.pitch, 60);
    assert_int_equal(synth_record.params.volume, 40);
}

static void another_output_rate_keeps_the_sound(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, 48000, true);
    say_next(speaker, "mmmmmmmmmm");
    play_all(fixture);
    /* Three times the samples, at the same level but for the filter's edges. */
    size_t loud = 0;
    for (size_t i = 0; i < fixture->played.count; i++)
        loud += abs(fixture->played.items[i] - synth_double_sample('m')) < 300;
    assert_in_range(loud, 3 * 10 * SYNTH_PER_BYTE - 150, 3 * 10 * SYNTH_PER_BYTE + 10);
}

static void another_device_goes_on_at_the_sentence(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, 48000, true);
    say_next(speaker, "Aaaa. Bbbb.");
    speaker_work(speaker);
    step(fixture);
    speaker_set_output_rate(speaker, SYNTH_RATE);
    fixture->played.count = 0;
    step(fixture); /* nothing but the ramp */
    fixture->played.count = 0;
    play_all(fixture);
    assert_heard(fixture, "Aaaa._Bbbb.");
}

static void the_voice_is_lowered_and_comes_back(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    int16_t block[4000];
    char text[200] = "";
    memset(text, 'd', sizeof text - 1);
    say_next(speaker, text);
    speaker_work(speaker);
    speaker_render(speaker, block, 200);
    assert_int_equal(block[199], 100 * 'd');
    speaker_set_level(speaker, 25);
    speaker_render(speaker, block, 1000);
    assert_true(block[0] > 9000); /* no step */
    for (int i = 1; i < 1000; i++)
        assert_true(block[i] <= block[i - 1] && block[i] >= block[i - 1] - 20);
    assert_in_range(block[999], 2450, 2550);
    speaker_set_level(speaker, 100);
    speaker_render(speaker, block, 1000);
    assert_int_equal(block[999], 100 * 'd');
    /* What replaces it begins at the full level. */
    speaker_set_level(speaker, 25);
    speaker_render(speaker, block, 1000);
    say_now(speaker, "Eeeeeeee.");
    speaker_work(speaker);
    speaker_render(speaker, block, 200);
    assert_int_equal(block[199], 100 * 'e');
}

static void speech_waits_for_the_audio(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, 0, true);
    say_next(speaker, "Bonjour.");
    speaker_work(speaker);
    assert_int_equal(atomic_load(&synth_record.said), 0);
    assert_false(speaker_is_busy(speaker)); /* nobody may wait for what cannot be heard */
    assert_false(is_idle(speaker));
    speaker_set_output_rate(speaker, SYNTH_RATE);
    assert_true(speaker_is_busy(speaker));
    play_all(fixture);
    assert_heard(fixture, "Bonjour.");
}

static void earcons_are_short_and_sound(void **state)
{
    struct fixture *fixture = *state;
    const char *names[] = {"listening", "understood", "not-understood", "done"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        int16_t *samples = NULL;
        size_t count = earcon_make(names[i], 22050, 100, &samples);
        int peak = 0;
        for (size_t k = 0; k < count; k++)
            peak = abs(samples[k]) > peak ? abs(samples[k]) : peak;
        assert_in_range(count, 22050 / 20, 22050 / 4 - 1);
        assert_in_range(peak, 4000, 16000);
        assert_true(abs(samples[0]) < 100 && abs(samples[count - 1]) < 100);
        free(samples);
    }
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    say(speaker, "done", UTTERANCE_EARCON, UTTERANCE_QUEUE);
    say(speaker, "no-such-sound", UTTERANCE_EARCON, UTTERANCE_QUEUE);
    play_all(fixture);
    assert_int_equal(atomic_load(&synth_record.said), 0);
    int16_t *expected = NULL;
    size_t count = earcon_make("done", SYNTH_RATE, 100, &expected);
    assert_memory_equal(fixture->played.items, expected, count * sizeof *expected);
    free(expected);
}

static void nothing_to_say_is_said_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    say_next(speaker, "");
    assert_false(speaker_is_busy(speaker));
    speaker_work(speaker);
    assert_true(is_idle(speaker));
}

static void an_engine_that_does_not_open_is_told(void **state)
{
    struct fixture *fixture = *state;
    synth_record.fail_open = true;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    say_next(speaker, "Bonjour.");
    speaker_work(speaker);
    assert_false(speaker_works(speaker));
    assert_false(speaker_is_busy(speaker));
    assert_true(is_idle(speaker));
}

static void one_failure_is_skipped_three_are_the_end(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    say_next(speaker, "échec. Bien.");
    play_all(fixture);
    char *text = heard(&fixture->played);
    assert_non_null(strstr(text, "Bien."));
    free(text);
    assert_true(speaker_works(speaker));
    say_next(speaker, "échec. échec. échec. Jamais.");
    play_all(fixture);
    assert_false(speaker_works(speaker));
    assert_int_equal(atomic_load(&synth_record.said), 5);
}

/* --- with threads ---------------------------------------------------------------------------- */

/* An audio callback that plays as fast as it can and keeps all but silence. */
struct player {
    struct speaker *speaker;
    atomic_bool stop;
    struct samples played;
};

static void *play(void *context)
{
    struct player *player = context;
    int16_t block[BLOCK];
    while (!atomic_load(&player->stop)) {
        if (speaker_render(player->speaker, block, BLOCK))
            samples_add(&player->played, block, BLOCK);
        sched_yield();
    }
    return NULL;
}

static void wait_idle(struct speaker *speaker)
{
    struct pollfd poller = {.fd = speaker_idle_fd(speaker), .events = POLLIN};
    while (speaker_is_busy(speaker))
        assert_int_equal(poll(&poller, 1, 60000), 1);
}

/*
 * How far `played` goes through the bytes of `expected`, in their order. This player is faster than
 * any engine, so it runs dry now and then, which is no mistake here; the ramp that this makes lies
 * over up to RAMP samples, less than two bytes, of what follows.
 */
static size_t follow(const char *expected, const struct samples *played)
{
    size_t at = 0;
    for (size_t i = 0; i < played->count; i++) {
        for (size_t ahead = 0; ahead <= 2 && expected[at + ahead]; ahead++) {
            if (played->items[i] != synth_double_sample(expected[at + ahead]))
                continue;
            at += ahead;
            break;
        }
    }
    return at;
}

static void a_thread_says_the_same(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, false);
    struct player player = {.speaker = speaker};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, play, &player), 0);
    char text[2001];
    for (size_t i = 0; i < 2000; i++)
        text[i] = (char)('a' + i % 26);
    text[2000] = '\0';
    say_next(speaker, text);
    wait_idle(speaker);
    assert_true(is_idle(speaker));
    say_next(speaker, "Fin.");
    speaker_clear_idle(speaker);
    wait_idle(speaker);
    atomic_store(&player.stop, true);
    pthread_join(thread, NULL);
    char *expected = xasprintf("%sFin.", text);
    assert_string_equal(expected + follow(expected, &player.played), ".");
    free(expected);
    samples_free(&player.played);
}

/* Looked at while two threads make and play it, the place only goes on. */
static void the_place_goes_on_beside_threads(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, false);
    struct player player = {.speaker = speaker};
    struct utterance utterance = {.text = xstrdup("aaa bbb ccc. ddd eee fff. ggg hhh."),
                                  .number = 7};
    struct speech_point last = {0}, point;
    pthread_t thread;
    speaker_say(speaker, &utterance);
    utterance_free(&utterance);
    assert_int_equal(pthread_create(&thread, NULL, play, &player), 0);
    while (!is_idle(speaker)) {
        if (!speaker_point(speaker, &point))
            continue;
        assert_int_equal(point.utterance, 7);
        assert_true(point.sentence >= last.sentence);
        if (point.character == SPEECH_NO_WORD)
            continue;
        assert_true(point.sentence > last.sentence || point.character >= last.character);
        last = point;
    }
    atomic_store(&player.stop, true);
    pthread_join(thread, NULL);
    samples_free(&player.played);
    assert_false(speaker_point(speaker, &point));
}

static void an_endless_synthesis_ends_when_cut(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, false);
    struct player player = {.speaker = speaker};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, play, &player), 0);
    for (int i = 1; i <= 20; i++) {
        say_now(speaker, "toujours");
        while (atomic_load(&synth_record.said) < 2 * i - 1)
            sched_yield();
        if (i % 2)
            speaker_pause(speaker);
        say_now(speaker, i % 3 ? "Fini." : "Fini. Encore.");
        while (atomic_load(&synth_record.stopped) < i)
            sched_yield();
        while (atomic_load(&synth_record.said) < 2 * i)
            sched_yield();
        wait_idle(speaker);
        atomic_store(&synth_record.said, 2 * i);
    }
    say_now(speaker, "toujours");
    while (atomic_load(&synth_record.said) < 41)
        sched_yield();
    atomic_store(&player.stop, true);
    pthread_join(thread, NULL);
    speaker_close(speaker); /* in the middle of it */
    fixture->speaker = NULL;
    assert_int_equal(atomic_load(&synth_record.stopped), 21);
    samples_free(&player.played);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Each word is known while it is played, in the sentence after a silence too, and again after a
 * pause. */
static void the_word_that_is_said_is_known(void **state)
{
    struct fixture *fixture = *state;
    struct speaker *speaker = open_speaker(fixture, SYNTH_RATE, true);
    struct speech_point point;
    struct utterance utterance = {.text = xstrdup("aaaaaaaa bbbbbbbb. cccccccc dddddddd."),
                                  .number = 7};
    assert_false(speaker_point(speaker, &point));
    speaker_say(speaker, &utterance);
    utterance_free(&utterance);
    speaker_work(speaker);
    assert_true(word_now(speaker, 0) == SPEECH_NO_WORD);
    step(fixture);
    assert_int_equal(word_now(speaker, 0), 0);
    while (fixture->played.count < 9 * SYNTH_PER_BYTE + BLOCK)
        step(fixture);
    assert_int_equal(word_now(speaker, 0), 9);
    speaker_pause(speaker);
    step(fixture);
    speaker_resume(speaker);
    speaker_work(speaker);
    while (word_now(speaker, 0) == SPEECH_NO_WORD)
        step(fixture);
    assert_int_equal(word_now(speaker, 0), 0);
    while (speaker_point(speaker, &point) && !point.sentence)
        step(fixture);
    assert_true(word_now(speaker, 1) == SPEECH_NO_WORD);
    while (word_now(speaker, 1) == SPEECH_NO_WORD)
        step(fixture);
    assert_int_equal(word_now(speaker, 1), 0);
    play_all(fixture);
    assert_false(speaker_point(speaker, &point));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_sample_of_a_sentence_is_played),
        TEST(the_first_samples_are_there_after_one_piece),
        TEST(sentences_follow_each_other_with_a_gap),
        TEST(a_text_longer_than_the_ring_comes_whole),
        TEST(an_interruption_is_silence_at_once),
        TEST(new_speech_replaces_or_waits),
        TEST(new_speech_need_not_wait_for_room),
        TEST(pause_keeps_the_sentence),
        TEST(new_speech_ends_a_pause),
        TEST(parameters_act_on_the_next_sentence),
        TEST(another_output_rate_keeps_the_sound),
        TEST(another_device_goes_on_at_the_sentence),
        TEST(the_voice_is_lowered_and_comes_back),
        TEST(speech_waits_for_the_audio),
        TEST(earcons_are_short_and_sound),
        TEST(nothing_to_say_is_said_at_once),
        TEST(an_engine_that_does_not_open_is_told),
        TEST(one_failure_is_skipped_three_are_the_end),
        TEST(the_word_that_is_said_is_known),
        TEST(a_thread_says_the_same),
        TEST(the_place_goes_on_beside_threads),
        TEST(an_endless_synthesis_ends_when_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
