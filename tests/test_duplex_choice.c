/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duplex_choice: each finding of the sound check has its setting and its sentence. */
#include "app/duplex_choice.h"
#include "base/messages.h"
#include "base/messages_load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_finding_is_a_setting(void **state)
{
    (void)state;
    assert_int_equal(duplex_choice(ECHO_PROBE_MUTED), DUPLEX_AUTO);
    assert_int_equal(duplex_choice(ECHO_PROBE_NO_ECHO), DUPLEX_HEADPHONES);
    assert_int_equal(duplex_choice(ECHO_PROBE_WEAK_ECHO), DUPLEX_ECHO);
    assert_int_equal(duplex_choice(ECHO_PROBE_LOUD_ECHO), DUPLEX_HALF);
    assert_int_equal(duplex_choice(ECHO_PROBE_LATE_ECHO), DUPLEX_HALF);
}

static void what_is_wrong_with_the_microphone_comes_first(void **state)
{
    (void)state;
    struct messages *messages = messages_load_builtin();
    const struct microphone_measure fine = {.frames = 500, .floor_db = -60, .voice_db = -20};
    const struct microphone_measure faults[] = {
        {.frames = 500, .floor_db = -30, .voice_db = -20},
        {.frames = 500, .floor_db = -60, .voice_db = -3, .clipped = 400},
    };
    struct echo_probe_result result = {.finding = ECHO_PROBE_WEAK_ECHO, .measure = fine};
    char *alone = duplex_choice_sentence(messages, &result);
    assert_true(*alone);
    char *last = NULL;
    for (size_t i = 0; i < 2; i++) {
        result.measure = faults[i];
        char *both = duplex_choice_sentence(messages, &result);
        const size_t before = strlen(both) - strlen(alone);
        assert_true(strlen(both) > strlen(alone) + 1);
        assert_string_equal(both + before, alone);
        if (last)
            assert_string_not_equal(last, both);
        free(last);
        last = both;
    }
    free(last);
    free(alone);
    messages_free(messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_is_a_setting),
        cmocka_unit_test(what_is_wrong_with_the_microphone_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
