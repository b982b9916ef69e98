/* SPDX-License-Identifier: GPL-3.0-or-later */
/* echo_check: the sound check in the loop of a session: its result comes once, and one goes on at a
 * time. */
#include "app/echo_check.h"
#include "app/event_loop.h"
#include "app/sound.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "dsp/echo_probe.h"
#include "model/pack.h"
#include "reading/reading.h"
#include "support/audio_double.h"
#include "support/recog_double.h"
#include "support/sound_double.h"
#include "support/synth_double.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

struct fixture {
    struct pack pack;
    struct messages *messages;
    struct sound *sound;
    struct event_loop *loop;
    struct echo_check check;
    int results;
    struct echo_probe_result result;
    bool was_over; /* when the result came, the check had ended */
};

static void ignore(void *context, int signal)
{
    (void)context;
    (void)signal;
}

static void take(void *context, const struct echo_probe_result *result)
{
    struct fixture *fixture = context;
    fixture->results++;
    fixture->result = *result;
    fixture->was_over = fixture->check.timer < 0;
    event_loop_stop(fixture->loop);
}

static void step(void *context)
{
    struct fixture *fixture = context;
    (void)sound_step(fixture->sound);
}

static int open_sound(struct fixture *fixture, bool listen)
{
    const int result = sound_double_open(&fixture->pack, fixture->messages,
                                         listen ? SOUND_LISTENS : SOUND_SPEAKS, &fixture->sound);
    fixture->check.sound = fixture->sound;
    return result;
}

/* A loop that was stopped runs no more. */
static int renew_loop(struct fixture *fixture)
{
    event_loop_free(fixture->loop);
    fixture->loop = event_loop_new(ignore, fixture);
    if (!fixture->loop)
        return -1;
    event_loop_set_step(fixture->loop, step, fixture);
    fixture->check.loop = fixture->loop;
    return 0;
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    static char name[] = "x";
    synth_double_reset();
    audio_double_reset();
    recog_double_script(NULL, 0);
    fixture->messages = messages_load_builtin();
    fixture->pack = (struct pack){.synth_voice = name, .synth_language = name};
    if (reading_rules_parse(NULL, NULL, &fixture->pack.reading))
        return -1;
    fixture->check = (struct echo_check){.done = take, .context = fixture, .timer = -1};
    if (renew_loop(fixture))
        return -1;
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    echo_check_close(&fixture->check);
    sound_close(fixture->sound);
    event_loop_free(fixture->loop);
    reading_rules_free(fixture->pack.reading);
    messages_free(fixture->messages);
    free(fixture);
    return 0;
}

static void the_result_comes_once(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_sound(fixture, true), 0);
    const int64_t begun = audio_double.now_ms;
    assert_int_equal(echo_check_start(&fixture->check), 0);
    assert_int_equal(echo_check_start(&fixture->check), -1); /* it goes on */
    event_loop_run(fixture->loop);
    assert_int_equal(fixture->results, 1);
    assert_true(fixture->was_over);
    assert_true(audio_double.now_ms - begun >= ECHO_PROBE_MS);
    /* Nothing of the signal came back. */
    assert_false(fixture->result.heard);
    assert_true(audio_double.rendered > 0);
}

static void it_can_be_done_again(void **state)
{
    struct fixture *fixture = *state;
    audio_double.loud = true;
    assert_int_equal(open_sound(fixture, true), 0);
    for (int times = 1; times <= 2; times++) {
        assert_int_equal(renew_loop(fixture), 0);
        assert_int_equal(echo_check_start(&fixture->check), 0);
        event_loop_run(fixture->loop);
        assert_int_equal(fixture->results, times);
        assert_int_not_equal(fixture->result.finding, ECHO_PROBE_MUTED);
    }
}

static void without_a_microphone_there_is_none(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_sound(fixture, false), 0);
    assert_int_equal(echo_check_start(&fixture->check), -1);
    assert_int_equal(fixture->check.timer, -1);
}

static void what_is_closed_gives_no_result(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_sound(fixture, true), 0);
    assert_int_equal(echo_check_start(&fixture->check), 0);
    echo_check_close(&fixture->check);
    echo_check_close(&fixture->check);
    for (int ms = 0; ms < 2 * ECHO_PROBE_MS; ms += AUDIO_DOUBLE_MS)
        (void)sound_step(fixture->sound);
    assert_int_equal(fixture->results, 0);
    assert_int_equal(fixture->check.timer, -1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_result_comes_once),
        TEST(it_can_be_done_again),
        TEST(without_a_microphone_there_is_none),
        TEST(what_is_closed_gives_no_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
