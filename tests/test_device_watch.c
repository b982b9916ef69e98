/* SPDX-License-Identifier: GPL-3.0-or-later */
/* device_watch: lost devices are noticed within a second, and opened again when it disturbs nobody.
 */
#include "audio/device_watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define BEAT_MS 10

/* Two devices on a clock, looked at whenever device_watch wants to. */
struct room {
    struct device_watch watch;
    struct device_watch_look look;
    struct device_watch_advice advice;
    int64_t due_ms;
    int64_t output_stops_ms, input_stops_ms; /* -1: never */
    int64_t output_lost_ms, input_lost_ms;   /* -1: not yet */
    int64_t reopened_ms;                     /* -1: not yet */
    int reopened;
    int looks;
};

static void init_room(struct room *room, bool output, bool input)
{
    *room = (struct room){.output_stops_ms = -1,
                          .input_stops_ms = -1,
                          .output_lost_ms = -1,
                          .input_lost_ms = -1,
                          .reopened_ms = -1};
    device_watch_init(&room->watch, true, true);
    room->look.now_ms = 1000;
    room->due_ms = 1000;
    device_watch_opened(&room->watch, 1000, output, input, false, false);
}

static void beat(int64_t now_ms, int64_t stops_ms, bool open, bool *beaten, int64_t *beat_ms)
{
    if (open && now_ms % BEAT_MS == 0 && (stops_ms < 0 || now_ms < stops_ms)) {
        *beaten = true;
        *beat_ms = now_ms;
    }
}

static void tick(struct room *room)
{
    struct device_watch_look *look = &room->look;
    look->now_ms++;
    beat(look->now_ms, room->output_stops_ms, room->watch.output.open, &look->output_beaten,
         &look->output_beat_ms);
    beat(look->now_ms, room->input_stops_ms, room->watch.input.open, &look->input_beaten,
         &look->input_beat_ms);
    if (look->now_ms < room->due_ms && !look->devices_changed && !look->default_changed)
        return;
    room->advice = device_watch_look(&room->watch, look);
    room->looks++;
    look->devices_changed = look->default_changed = false;
    if (room->advice.output_lost)
        room->output_lost_ms = look->now_ms;
    if (room->advice.input_lost)
        room->input_lost_ms = look->now_ms;
    if (room->advice.reopen) {
        room->reopened++;
        room->reopened_ms = look->now_ms;
    }
    assert_true(room->advice.wait_ms > 0);
    room->due_ms = look->now_ms + room->advice.wait_ms;
}

static void pass(struct room *room, int ms)
{
    while (ms-- > 0)
        tick(room);
}

static void opened(struct room *room, bool output, bool input, bool substitute)
{
    room->look.output_beaten = room->look.input_beaten = false;
    device_watch_opened(&room->watch, room->look.now_ms, output, input, substitute, false);
}

/* Whenever it stops, it is known within a second, and not for a short stall. */
static void test_lost_within_a_second(void **state)
{
    (void)state;
    for (int after = 6000; after < 8000; after += 13) {
        struct room room;
        init_room(&room, true, true);
        room.output_stops_ms = 1000 + after;
        pass(&room, after + 1100);
        assert_true(room.output_lost_ms >= room.output_stops_ms);
        assert_true(room.output_lost_ms <= room.output_stops_ms + 1000);
        assert_int_equal(room.input_lost_ms, -1);
        assert_int_equal(room.reopened_ms, room.output_lost_ms);
    }
}

/* A sound server's null sink: the second call comes late. */
static void test_slow_start_is_no_loss(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    room.output_stops_ms = 1000 + BEAT_MS + 1;
    pass(&room, 900);
    assert_true(room.look.output_beaten);
    room.output_stops_ms = -1;
    pass(&room, 3000);
    assert_int_equal(room.output_lost_ms, -1);
    /* But one that stops there for good is lost. */
    init_room(&room, true, true);
    room.output_stops_ms = 1000 + BEAT_MS + 1;
    pass(&room, 4000);
    assert_true(room.output_lost_ms > 0);
}

static void test_stall_is_no_loss(void **state)
{
    (void)state;
    for (int at = 6000; at < 8000; at += 13) {
        struct room room;
        init_room(&room, true, true);
        room.output_stops_ms = room.input_stops_ms = 1000 + at;
        pass(&room, at + 400);
        room.output_stops_ms = room.input_stops_ms = -1;
        pass(&room, 2000);
        assert_int_equal(room.output_lost_ms, -1);
        assert_int_equal(room.input_lost_ms, -1);
        assert_int_equal(room.reopened, 0);
    }
}

static void test_idle_costs_little(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    pass(&room, 60000);
    assert_true(room.looks <= 75);
    assert_int_equal(room.reopened, 0);
}

/* A sound server takes seconds until the first block flows. */
static void test_slow_start(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    room.output_stops_ms = 0;
    pass(&room, 3000);
    assert_int_equal(room.output_lost_ms, -1);
    pass(&room, 5000);
    assert_true(room.output_lost_ms > 0);
}

/* The microphone is gone, the voice goes on: only between two sentences is it opened again. */
static void test_waits_for_the_sentence(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    room.look.sentence = 7;
    room.input_stops_ms = 7000;
    pass(&room, 12000);
    assert_true(room.input_lost_ms > 0);
    assert_int_equal(room.reopened, 0);
    room.look.sentence = 8;
    pass(&room, 100);
    assert_true(room.reopened >= 1);
}

/* The loudspeaker is gone while somebody speaks into a microphone that works. */
static void test_waits_for_the_learner(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    room.look.hearing = true;
    room.output_stops_ms = 7000;
    pass(&room, 12000);
    assert_true(room.output_lost_ms > 0);
    assert_int_equal(room.reopened, 0);
    room.look.hearing = false;
    pass(&room, 100);
    assert_true(room.reopened >= 1);
}

static void test_told_once_and_back(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    room.output_stops_ms = 7000;
    pass(&room, 7000);
    assert_true(room.output_lost_ms > 0);
    opened(&room, false, true, false);
    room.output_lost_ms = -1;
    pass(&room, 20000);
    assert_int_equal(room.output_lost_ms, -1);
    /* Open is not enough: it must work. */
    room.output_stops_ms = 0;
    opened(&room, true, true, false);
    for (int i = 0; i < 1000; i++) {
        tick(&room);
        assert_false(room.advice.output_back);
    }
    room.output_stops_ms = -1;
    bool back = false;
    for (int i = 0; i < 1000; i++) {
        tick(&room);
        back |= room.advice.output_back;
    }
    assert_true(back);
}

/* Both are gone; one is known to be, and at the opening the other one is missing too. */
static void test_gone_together(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    room.output_stops_ms = 7000;
    room.input_stops_ms = 7300;
    while (room.reopened_ms < 0)
        tick(&room);
    assert_int_equal(room.input_lost_ms, -1);
    opened(&room, false, false, false);
    pass(&room, 1000);
    assert_true(room.input_lost_ms > 0);
    room.input_lost_ms = room.output_lost_ms = -1;
    opened(&room, false, false, false);
    pass(&room, 1000);
    assert_int_equal(room.input_lost_ms, -1); /* once */
    assert_int_equal(room.output_lost_ms, -1);
    room.input_stops_ms = -1;
    opened(&room, false, true, false);
    bool back = false;
    for (int i = 0; i < 1000; i++) {
        tick(&room);
        back |= room.advice.input_back;
    }
    assert_true(back);
}

/* Missing devices are looked for ever more rarely, and at once when something is plugged in. */
static void test_retries(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, false, false);
    int times = 0;
    for (int ms = 0; ms < 600000; ms++) {
        room.advice.reopen = false;
        tick(&room);
        if (room.advice.reopen) {
            times++;
            opened(&room, false, false, false);
        }
    }
    assert_true(times >= 10 && times <= 16);
    room.look.devices_changed = true;
    room.reopened = 0;
    pass(&room, 1000);
    assert_true(room.reopened >= 1);
    assert_int_equal(room.output_lost_ms, -1); /* it was told at the start that there is none */
}

/* Found after a long time, and lost again soon: not looked for as rarely as before. */
static void test_lost_again_soon(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, false, true);
    for (int ms = 0; ms < 300000; ms++) {
        room.advice.reopen = false;
        tick(&room);
        if (room.advice.reopen)
            opened(&room, false, true, false);
    }
    opened(&room, true, true, false);
    pass(&room, 7000);
    room.reopened_ms = room.output_lost_ms = -1;
    room.output_stops_ms = room.look.now_ms;
    pass(&room, 1100);
    assert_true(room.output_lost_ms > 0);
    assert_int_equal(room.reopened_ms, room.output_lost_ms);
}

static void test_substitute_is_left_for_news_only(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    opened(&room, true, true, true);
    pass(&room, 100000);
    assert_int_equal(room.reopened, 0);
    room.look.devices_changed = true;
    pass(&room, 1000);
    assert_true(room.reopened >= 1);
}

static void test_news_without_need(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    pass(&room, 3000);
    room.look.devices_changed = true;
    pass(&room, 3000);
    assert_int_equal(room.reopened, 0);
}

static void test_another_default_is_gone_over_to(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    pass(&room, 3000);
    room.look.sentence = 7;
    room.look.default_changed = true;
    pass(&room, 3000);
    assert_int_equal(room.reopened, 0);
    room.look.sentence = 8;
    pass(&room, 100);
    assert_true(room.reopened >= 1);
    opened(&room, true, true, false);
    room.reopened = 0;
    pass(&room, 60000);
    assert_int_equal(room.reopened, 0);
}

/* Stopped for an hour, or asleep with a clock that went on: the first look is no look at devices.
 */
static void test_own_standstill_is_no_loss(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    pass(&room, 7000);
    room.look.now_ms += 3600000;
    pass(&room, 20000);
    assert_int_equal(room.output_lost_ms, -1);
    assert_int_equal(room.input_lost_ms, -1);
    assert_int_equal(room.reopened, 0);
    /* But a device that did not wake up with us is lost. */
    room.look.now_ms += 3600001;
    room.output_stops_ms = room.look.now_ms;
    pass(&room, 2000);
    assert_true(room.output_lost_ms > 0);
    assert_int_equal(room.input_lost_ms, -1);
}

static void test_underruns_ask_for_time(void **state)
{
    (void)state;
    struct room room;
    init_room(&room, true, true);
    pass(&room, 3000);
    room.look.underruns = 3;
    pass(&room, 30000);
    room.look.underruns = 5; /* spread over a long time */
    pass(&room, 3000);
    assert_int_equal(room.reopened, 0);
    bool slower = false;
    room.look.underruns = 12;
    for (int i = 0; i < 2000; i++) {
        tick(&room);
        slower |= room.advice.slower;
    }
    assert_true(slower);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lost_within_a_second),
        cmocka_unit_test(test_slow_start_is_no_loss),
        cmocka_unit_test(test_stall_is_no_loss),
        cmocka_unit_test(test_idle_costs_little),
        cmocka_unit_test(test_slow_start),
        cmocka_unit_test(test_waits_for_the_sentence),
        cmocka_unit_test(test_waits_for_the_learner),
        cmocka_unit_test(test_told_once_and_back),
        cmocka_unit_test(test_gone_together),
        cmocka_unit_test(test_retries),
        cmocka_unit_test(test_lost_again_soon),
        cmocka_unit_test(test_substitute_is_left_for_news_only),
        cmocka_unit_test(test_news_without_need),
        cmocka_unit_test(test_another_default_is_gone_over_to),
        cmocka_unit_test(test_own_standstill_is_no_loss),
        cmocka_unit_test(test_underruns_ask_for_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
