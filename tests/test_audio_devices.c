/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audio_devices: which device is tried first. */
#include "audio/audio_devices.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct audio_device laptop[] = {
    {.name = "HDA Intel PCH: ALC293 Analog (hw:0,0)", .outputs = 2, .inputs = 2},
    {.name = "HDA Intel PCH: HDMI 0 (hw:0,3)", .outputs = 8, .default_output = true},
    {.name = "Micro-casque Été: USB Audio (hw:1,0)", .outputs = 2, .inputs = 1},
    {.name = "sysdefault", .outputs = 128},
    {.name = "pulse", .outputs = 32, .inputs = 32},
    {.name = "default", .outputs = 32, .inputs = 32},
    {.name = "JACK input", .inputs = 2, .default_input = true},
};

static void assert_order(enum audio_direction direction, const char *wanted, const char *expected,
                         size_t expected_matching)
{
    const struct audio_devices devices = {laptop, COUNT_OF(laptop), COUNT_OF(laptop)};
    size_t order[COUNT_OF(laptop)];
    size_t count = 0;
    char numbers[COUNT_OF(laptop) + 1] = "";
    size_t matching = audio_devices_order(&devices, direction, wanted, order, &count);
    for (size_t i = 0; i < count; i++)
        numbers[i] = (char)('0' + order[i]);
    assert_string_equal(numbers, expected);
    assert_int_equal(matching, expected_matching);
}

static void the_users_default_comes_first_bare_hardware_last(void **state)
{
    (void)state;
    assert_order(AUDIO_OUTPUT, NULL, "541302", 0);
    assert_order(AUDIO_INPUT, "", "54602", 0);
}

static void a_part_of_the_name_is_enough(void **state)
{
    (void)state;
    assert_order(AUDIO_OUTPUT, "usb audio", "254130", 1);
    assert_order(AUDIO_OUTPUT, "ETE", "254130", 1);
    assert_order(AUDIO_OUTPUT, "hda intel", "015432", 2);
    /* The very name goes before a name that holds it. */
    assert_order(AUDIO_OUTPUT, "Default", "534102", 2);
}

static void a_device_that_is_not_there_leaves_the_usual_order(void **state)
{
    (void)state;
    assert_order(AUDIO_OUTPUT, "no such thing", "541302", 0);
    /* HDMI is there, but hears nothing. */
    assert_order(AUDIO_INPUT, "hdmi", "54602", 0);
}

static void without_devices_there_is_nothing_to_try(void **state)
{
    (void)state;
    struct audio_devices none = {0};
    size_t count = 7;
    assert_int_equal(audio_devices_order(&none, AUDIO_OUTPUT, "x", NULL, &count), 0);
    assert_int_equal(count, 0);
    audio_devices_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_users_default_comes_first_bare_hardware_last),
        cmocka_unit_test(a_part_of_the_name_is_enough),
        cmocka_unit_test(a_device_that_is_not_there_leaves_the_usual_order),
        cmocka_unit_test(without_devices_there_is_nothing_to_try),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
