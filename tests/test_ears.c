/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ears: how somebody is listened to, by their settings, the devices and what is going on. */
#include "app/ears.h"
#include "listen/front_end.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The device names of no sound at all. */
static char none[] = "";

static void who_taps_or_types_is_not_listened_to(void **state)
{
    (void)state;
    struct settings settings = {.listen = LISTEN_TAP};
    const struct ears ears = {.settings = &settings, .echo = true};
    assert_int_equal(ears_mode(&ears), LISTENER_OFF);
    settings.listen = LISTEN_NONE;
    assert_int_equal(ears_mode(&ears), LISTENER_OFF);
}

static void without_an_echo_turns_are_taken_only_if_asked_for(void **state)
{
    (void)state;
    const struct settings settings = {.listen = LISTEN_FREE, .duplex = DUPLEX_HALF};
    struct ears ears = {.settings = &settings};
    assert_int_equal(ears_mode(&ears), LISTENER_FULL);
    ears.half = true;
    assert_int_equal(ears_mode(&ears), LISTENER_HALF);
}

static void what_was_chosen_goes_before_what_was_measured(void **state)
{
    (void)state;
    struct settings_pair pair = {none, none, DUPLEX_HEADPHONES, 0, 0};
    struct settings settings = {.listen = LISTEN_FREE, .pairs = &pair, .pair_count = 1};
    const struct ears ears = {.settings = &settings, .echo = true};
    assert_int_equal(ears_mode(&ears), LISTENER_FULL);
    pair.duplex = DUPLEX_HALF;
    assert_int_equal(ears_mode(&ears), LISTENER_HALF);
    settings.duplex = DUPLEX_ECHO;
    assert_int_equal(ears_mode(&ears), LISTENER_ECHO);
    settings.duplex = DUPLEX_AUTO;
    settings.pair_count = 0;
    assert_int_equal(ears_mode(&ears), LISTENER_ECHO);
}

/* A saying is compared with others: nothing of our own voice may be in it. */
static void sayings_are_heard_in_silence(void **state)
{
    (void)state;
    struct settings settings = {.listen = LISTEN_FREE};
    struct ears ears = {.settings = &settings, .echo = true, .teaching = true};
    assert_int_equal(ears_mode(&ears), LISTENER_HALF);
    settings.duplex = DUPLEX_HEADPHONES;
    assert_int_equal(ears_mode(&ears), LISTENER_FULL);
}

static void only_our_own_voice_is_taken_for_ourselves(void **state)
{
    (void)state;
    struct settings settings = {.listen = LISTEN_FREE};
    const struct ears ears = {.settings = &settings, .echo = true};
    struct heard heard = {.kind = HEARD_PHRASE};
    assert_false(ears_may_hear_themselves(&ears, &heard));
    heard.situation.during_speech = true;
    assert_true(ears_may_hear_themselves(&ears, &heard));
    settings.duplex = DUPLEX_HEADPHONES;
    assert_false(ears_may_hear_themselves(&ears, &heard));
}

/* Without a listener nothing happens, whatever is asked. */
static void without_a_microphone_nobody_is_heard(void **state)
{
    (void)state;
    const struct settings settings = {.listen = LISTEN_FREE, .duplex = DUPLEX_HALF};
    struct ears ears = {.settings = &settings, .echo = true};
    struct microphone_report report;
    ears_open(&ears, NULL, true);
    assert_false(ears.hears);
    assert_false(ears_tap(&ears, true));
    ears_set_teaching(&ears, true);
    ears_change_listening(&ears);
    assert_int_equal(ears_turn_ms(&ears, true), 0);
    assert_false(ears_measure(&ears, &report));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_taps_or_types_is_not_listened_to),
        cmocka_unit_test(without_an_echo_turns_are_taken_only_if_asked_for),
        cmocka_unit_test(what_was_chosen_goes_before_what_was_measured),
        cmocka_unit_test(sayings_are_heard_in_silence),
        cmocka_unit_test(only_our_own_voice_is_taken_for_ourselves),
        cmocka_unit_test(without_a_microphone_nobody_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
