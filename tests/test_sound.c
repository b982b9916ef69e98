/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sound: speech and listening go on when devices come and go. */
#include "app/sound.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "model/command.h"
#include "model/pack.h"
#include "reading/reading.h"
#include "support/audio_double.h"
#include "support/recog_double.h"
#include "support/sound_double.h"
#include "support/store.h"
#include "support/synth_double.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define LONG 400 /* bytes of a sentence of a second */

struct fixture {
    struct pack pack;
    struct messages *messages;
    struct sound *sound;
    struct sound_news all; /* what was ever told */
    int64_t output_lost_ms, input_lost_ms;
    char *home; /* for device_news */
};

/* As a desktop session has it: a home, and the folder of the sound server's socket. */
static void make_home(struct fixture *fixture)
{
    fixture->home = store_make();
    char *pulse = xasprintf("%s/pulse", fixture->home);
    mkdir(pulse, 0700);
    setenv("HOME", fixture->home, 1);
    setenv("XDG_RUNTIME_DIR", fixture->home, 1);
    free(pulse);
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    static char name[] = "x";
    make_home(fixture);
    synth_double_reset();
    audio_double_reset();
    recog_double_script(NULL, 0);
    fixture->messages = messages_load_builtin();
    fixture->pack = (struct pack){.synth_voice = name, .synth_language = name};
    if (reading_rules_parse(NULL, NULL, &fixture->pack.reading))
        return -1;
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    sound_close(fixture->sound);
    reading_rules_free(fixture->pack.reading);
    messages_free(fixture->messages);
    assert_true(audio_double.closed <= audio_double.opened);
    store_remove(fixture->home);
    free(fixture);
    return 0;
}

static int open_sound(struct fixture *fixture, bool watched)
{
    return sound_double_open(&fixture->pack, fixture->messages,
                             SOUND_LISTENS | (watched ? SOUND_WATCHED : 0), &fixture->sound);
}

/* Lets time pass, and looks after the devices as the loop would. */
static void pass(struct fixture *fixture, int ms)
{
    for (int passed = 0; passed < ms; passed += AUDIO_DOUBLE_MS) {
        struct sound_news news;
        int64_t before = audio_double.now_ms;
        sound_step(fixture->sound);
        if (audio_double.now_ms == before)
            audio_double.now_ms += AUDIO_DOUBLE_MS; /* nothing is open */
        if (audio_double.now_ms / 10 % 5)
            continue;
        sound_watch(fixture->sound, &news);
        fixture->all.output_lost |= news.output_lost;
        fixture->all.input_lost |= news.input_lost;
        fixture->all.output_back |= news.output_back;
        fixture->all.input_back |= news.input_back;
        if (news.output_lost)
            fixture->output_lost_ms = audio_double.now_ms;
        if (news.input_lost)
            fixture->input_lost_ms = audio_double.now_ms;
    }
}

/* Three sentences of a second: aaa, bbb, ccc. */
static void say_three(struct fixture *fixture)
{
    char text[3 * (LONG + 2) + 1] = "";
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(text);
        memset(text + length, 'a' + i, LONG);
        text[length] = (char)('A' + i);
        memcpy(text + length + LONG, ". ", 3);
    }
    struct utterance utterance = {.text = text, .rule = UTTERANCE_QUEUE};
    speaker_say(sound_speaker(fixture->sound), &utterance);
}

/* Something is written below the home. */
static void touch(const struct fixture *fixture, const char *name)
{
    char *path = xasprintf("%s/%s", fixture->home, name);
    store_write(path, "x", 1);
    free(path);
}

/* The first letters of the sentences the engine was given, in order. */
static const char *said(void)
{
    static char letters[65];
    int count = atomic_load(&synth_record.said);
    for (int i = 0; i < count && i < 64; i++)
        letters[i] = synth_record.sentences[i][0];
    letters[count < 64 ? count : 64] = '\0';
    return letters;
}

static bool is_speaking(struct fixture *fixture)
{
    return speaker_is_busy(sound_speaker(fixture->sound));
}

/* How long it was, in seconds; 0 if nothing was heard. */
static double length_of_a_word(struct fixture *fixture)
{
    struct heard heard;
    bool onset = false;
    double length = 0;
    pass(fixture, 1500);
    audio_double.loud = true;
    pass(fixture, 600);
    audio_double.loud = false;
    pass(fixture, 1500);
    while (listener_next(sound_listener(fixture->sound), &heard)) {
        onset |= heard.kind == HEARD_ONSET;
        if (onset)
            length = heard.end_s - heard.start_s;
        heard_free(&heard);
    }
    return onset ? length : 0;
}

static bool hears_a_word(struct fixture *fixture)
{
    return length_of_a_word(fixture) > 0;
}

static void test_works(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_sound(fixture, true), 0);
    assert_true(sound_has_output(fixture->sound));
    assert_true(sound_has_input(fixture->sound));
    say_three(fixture);
    pass(fixture, 6000);
    assert_false(is_speaking(fixture));
    assert_string_equal(said(), "ABC");
    assert_true(hears_a_word(fixture));
    assert_int_equal(audio_double.opened, 1);
    assert_false(fixture->all.output_lost || fixture->all.input_lost);
    assert_false(fixture->all.output_back || fixture->all.input_back);
}

static void test_nothing_to_watch_fails(void **state)
{
    struct fixture *fixture = *state;
    audio_double.busy = true;
    assert_int_equal(open_sound(fixture, false), -1);
}

static void test_no_output_at_start(void **state)
{
    struct fixture *fixture = *state;
    audio_double.output_there = false;
    assert_int_equal(open_sound(fixture, true), 0);
    assert_false(sound_has_output(fixture->sound));
    assert_true(sound_has_input(fixture->sound));
    say_three(fixture);
    assert_false(is_speaking(fixture));
    pass(fixture, 20000);
    assert_false(fixture->all.output_lost); /* told at the start, not again */
    assert_true(hears_a_word(fixture));
    audio_double.output_there = true;
    pass(fixture, 70000);
    assert_true(fixture->all.output_back);
    assert_true(sound_has_output(fixture->sound));
    assert_string_equal(said(), "ABC");
    assert_true(audio_double.rendered > 3 * LONG * SYNTH_PER_BYTE / 2);
}

static void test_no_input_at_start(void **state)
{
    struct fixture *fixture = *state;
    audio_double.input_there = false;
    assert_int_equal(open_sound(fixture, true), 0);
    assert_false(sound_has_input(fixture->sound));
    say_three(fixture);
    pass(fixture, 6000);
    /* Looking for a microphone cuts no sentence: C had just begun, and begins again. */
    assert_string_equal(said(), "ABCC");
    audio_double.input_there = true;
    pass(fixture, 70000);
    assert_true(fixture->all.input_back);
    assert_true(hears_a_word(fixture));
}

static void test_nothing_at_start(void **state)
{
    struct fixture *fixture = *state;
    audio_double.output_there = audio_double.input_there = false;
    assert_int_equal(open_sound(fixture, true), 0);
    say_three(fixture);
    pass(fixture, 5000);
    audio_double.output_there = audio_double.input_there = true;
    pass(fixture, 70000);
    assert_true(fixture->all.output_back && fixture->all.input_back);
    assert_string_equal(said(), "ABC");
    assert_true(hears_a_word(fixture));
}

/* In the middle of the second sentence; the second sentence is said again, the first is not. */
static void lose_output(struct fixture *fixture)
{
    assert_int_equal(open_sound(fixture, true), 0);
    pass(fixture, 6000); /* a device that was just opened is given time */
    say_three(fixture);
    pass(fixture, 1600);
    assert_string_equal(said(), "ABC"); /* made ahead of time */
}

static void test_output_stands_while_speaking(void **state)
{
    struct fixture *fixture = *state;
    lose_output(fixture);
    int64_t at = audio_double.now_ms;
    audio_double.output_stands = true;
    pass(fixture, 1100);
    assert_true(fixture->all.output_lost);
    assert_true(fixture->output_lost_ms - at <= 1000);
    pass(fixture, 10000);
    assert_true(fixture->all.output_back);
    assert_string_equal(said(), "ABCBC");
    assert_false(is_speaking(fixture));
    assert_int_equal(audio_double.opened, 2);
    assert_int_equal(audio_double.closed, 1);
    assert_true(hears_a_word(fixture));
}

static void test_unplugged_while_speaking(void **state)
{
    struct fixture *fixture = *state;
    lose_output(fixture);
    audio_double.output_there = false;
    pass(fixture, 30000);
    assert_true(fixture->all.output_lost);
    assert_false(fixture->all.output_back);
    assert_false(sound_has_output(fixture->sound));
    assert_false(is_speaking(fixture)); /* so that nobody waits for its end */
    assert_true(sound_has_input(fixture->sound));
    assert_true(hears_a_word(fixture));
    audio_double.output_there = true;
    pass(fixture, 70000);
    assert_true(fixture->all.output_back);
    assert_string_equal(said(), "ABCBC");
}

/* Another headset, of another rate. */
static void test_another_rate(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_sound(fixture, true), 0);
    pass(fixture, 6000);
    const double before = length_of_a_word(fixture);
    audio_double.output_stands = audio_double.input_stands = true;
    audio_double.rate = 48000;
    pass(fixture, 8000);
    assert_true(fixture->all.input_back);
    const double after = length_of_a_word(fixture);
    assert_true(after > before / 1.3 && after < before * 1.3);
    const uint64_t rendered = audio_double.rendered;
    say_three(fixture);
    pass(fixture, 6000);
    assert_true(audio_double.rendered - rendered > 48000 * 2);
}

/* Long after it was pulled out, when it is hardly looked for any more, a headset is plugged in, and
 * the system tells so. */
static void test_plugged_again_is_noticed(void **state)
{
    struct fixture *fixture = *state;
    lose_output(fixture);
    audio_double.output_there = false;
    pass(fixture, 300000);
    pass(fixture, 3000);
    const int opened = audio_double.opened;
    pass(fixture, 3000);
    assert_int_equal(audio_double.opened, opened); /* not looked for just now */
    audio_double.output_there = true;
    touch(fixture, "pulse/native");
    pass(fixture, 1000);
    assert_true(fixture->all.output_back);
    assert_int_equal(audio_double.opened, opened + 1);
}

/* Another device becomes the default one: it is gone over to between two sentences. */
static void test_default_changed(void **state)
{
    struct fixture *fixture = *state;
    lose_output(fixture);
    audio_double.default_device = 1;
    touch(fixture, "notes.txt");
    pass(fixture, 3000);
    assert_int_equal(audio_double.opened, 1); /* nothing was told of sound */
    say_three(fixture);
    pass(fixture, 200);
    touch(fixture, ".asoundrc");
    pass(fixture, 8000);
    assert_int_equal(audio_double.opened, 2);
    assert_int_equal(audio_double.opened_device, 1);
    assert_string_equal(said(), "ABCABCBC");                            /* A was said to its end */
    assert_false(fixture->all.output_lost || fixture->all.output_back); /* nothing to tell */
    assert_true(hears_a_word(fixture));
}

/* What was said later replaces what was being said when the headset was pulled out. */
static void test_new_speech_while_unplugged(void **state)
{
    struct fixture *fixture = *state;
    char text[] = "Z.";
    struct utterance utterance = {.text = text, .rule = UTTERANCE_REPLACE};
    lose_output(fixture);
    audio_double.output_there = false;
    pass(fixture, 5000);
    speaker_say(sound_speaker(fixture->sound), &utterance);
    audio_double.output_there = true;
    pass(fixture, 70000);
    assert_string_equal(said(), "ABCZ");
}

static void test_unplugged_while_listening(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_sound(fixture, true), 0);
    pass(fixture, 6000);
    say_three(fixture);
    int64_t at = audio_double.now_ms;
    audio_double.input_stands = true;
    pass(fixture, 990); /* A is being said until 1000 ms */
    assert_true(fixture->all.input_lost);
    assert_true(fixture->input_lost_ms - at <= 1000);
    assert_int_equal(audio_double.opened, 1); /* not in the middle of a sentence */
    assert_false(sound_has_input(fixture->sound));
    pass(fixture, 8000);
    assert_int_equal(audio_double.opened, 2);
    assert_true(fixture->all.input_back);
    /* B had begun when it was opened again; A was said to its end. */
    assert_string_equal(said(), "ABCBC");
    assert_true(hears_a_word(fixture));
}

static void test_unplugged_for_long(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_sound(fixture, true), 0);
    pass(fixture, 1000);
    audio_double.output_there = audio_double.input_there = false;
    pass(fixture, 600000);
    assert_true(fixture->all.output_lost && fixture->all.input_lost);
    assert_true(audio_double.opened < 20);
    audio_double.output_there = audio_double.input_there = true;
    pass(fixture, 70000);
    assert_true(fixture->all.output_back && fixture->all.input_back);
    assert_true(hears_a_word(fixture));
}

static void test_opened_by_another_program(void **state)
{
    struct fixture *fixture = *state;
    lose_output(fixture);
    audio_double.output_stands = audio_double.input_stands = audio_double.busy = true;
    pass(fixture, 20000);
    assert_true(fixture->all.output_lost && fixture->all.input_lost);
    audio_double.busy = false;
    pass(fixture, 70000);
    assert_string_equal(said(), "ABCBC");
    assert_true(fixture->all.output_back && fixture->all.input_back);
}

static void test_opened_by_another_program_at_start(void **state)
{
    struct fixture *fixture = *state;
    audio_double.busy = true;
    assert_int_equal(open_sound(fixture, true), 0);
    assert_false(sound_has_output(fixture->sound) || sound_has_input(fixture->sound));
    say_three(fixture);
    pass(fixture, 5000);
    audio_double.busy = false;
    pass(fixture, 70000);
    assert_string_equal(said(), "ABC");
    assert_true(fixture->all.output_back && fixture->all.input_back);
}

static void test_does_not_start(void **state)
{
    struct fixture *fixture = *state;
    audio_double.start_fails = true;
    assert_int_equal(open_sound(fixture, true), 0);
    assert_false(sound_has_output(fixture->sound));
    say_three(fixture);
    pass(fixture, 20000);
    assert_false(is_speaking(fixture));
    audio_double.start_fails = false;
    pass(fixture, 70000);
    assert_true(fixture->all.output_back);
    assert_string_equal(said(), "ABC");
}

/* A laptop that slept: the clock may have jumped, and no device ever calls back again. */
static void test_suspended(void **state)
{
    struct fixture *fixture = *state;
    lose_output(fixture);
    audio_double.output_stands = audio_double.input_stands = true;
    audio_double.now_ms += 3600000;
    pass(fixture, 10000);
    assert_string_equal(said(), "ABCBC");
    assert_true(sound_has_output(fixture->sound) && sound_has_input(fixture->sound));
}

/* Slept, and the device is as before. */
static void test_suspended_without_harm(void **state)
{
    struct fixture *fixture = *state;
    lose_output(fixture);
    audio_double.now_ms += 3600000;
    pass(fixture, 10000);
    assert_string_equal(said(), "ABC");
    assert_int_equal(audio_double.opened, 1);
}

static void test_stumbling_output_gets_time(void **state)
{
    struct fixture *fixture = *state;
    lose_output(fixture);
    assert_int_equal(audio_double.latency_ms, 0);
    audio_double.underruns = 20;
    pass(fixture, 10000);
    assert_int_equal(audio_double.opened, 2);
    int first = audio_double.latency_ms;
    assert_true(first > 0);
    audio_double.underruns = 20;
    pass(fixture, 10000);
    assert_true(audio_double.latency_ms > first);
    assert_false(fixture->all.output_lost || fixture->all.output_back); /* nothing to tell */
    assert_false(is_speaking(fixture));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_works, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_to_watch_fails, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_output_at_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_input_at_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_at_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_output_stands_while_speaking, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unplugged_while_speaking, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_another_rate, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plugged_again_is_noticed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_default_changed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_new_speech_while_unplugged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unplugged_while_listening, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unplugged_for_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_opened_by_another_program, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_opened_by_another_program_at_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_does_not_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_suspended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_suspended_without_harm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stumbling_output_gets_time, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
