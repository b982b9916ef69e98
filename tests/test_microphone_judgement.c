/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * microphone_judgement: what is judged wrong with a microphone: nothing, a room, a voice, too much
 * of it, noise.
 */
#include "app/microphone_judgement.h"
#include "dsp/microphone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* So much of a room and of a voice, in dB. */
static struct microphone_report judge(double room, double voice)
{
    const struct microphone_measure measure = {.frames = 200, .floor_db = room, .voice_db = voice};
    return microphone_judgement(&measure);
}

static void a_room_is_quiet_or_not(void **state)
{
    (void)state;
    assert_int_equal(judge(-60, -58).quiet, MICROPHONE_FINE);
    assert_int_equal(judge(-60, -58).voice, MICROPHONE_SILENT);
    assert_int_equal(judge(-30, -28).quiet, MICROPHONE_NOISE);
    assert_int_equal(judge(-30, -28).voice, MICROPHONE_NOISE);
}

static void a_voice_is_judged_by_its_level_and_the_room(void **state)
{
    (void)state;
    assert_int_equal(judge(-60, -20).voice, MICROPHONE_FINE);
    assert_int_equal(judge(-65, -50).voice, MICROPHONE_TOO_LOW);
    assert_int_equal(judge(-30, -20).voice, MICROPHONE_NOISE);
    const struct microphone_measure loud = {
        .frames = 200, .floor_db = -60, .voice_db = -3, .clipped = 400};
    assert_int_equal(microphone_judgement(&loud).voice, MICROPHONE_TOO_LOUD);
}

static void a_dead_microphone_is_muted(void **state)
{
    (void)state;
    const struct microphone_measure nothing = {0}, flat = {.frames = 200, .flat = true};
    assert_int_equal(microphone_judgement(&nothing).quiet, MICROPHONE_MUTED);
    assert_int_equal(microphone_judgement(&nothing).voice, MICROPHONE_MUTED);
    assert_int_equal(microphone_judgement(&flat).quiet, MICROPHONE_MUTED);
    assert_int_equal(microphone_judgement(&flat).voice, MICROPHONE_MUTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_room_is_quiet_or_not),
        cmocka_unit_test(a_voice_is_judged_by_its_level_and_the_room),
        cmocka_unit_test(a_dead_microphone_is_muted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
