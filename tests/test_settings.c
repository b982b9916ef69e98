/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings: copies are whole, and the newest pairs of devices are the ones that are known. */
#include "base/mem.h"
#include "model/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void add_pair(struct settings *settings, const char *output, enum settings_duplex duplex,
                     int delay)
{
    char *name = xstrdup(output), input[] = "Micro: USB";
    const struct settings_pair pair = {name, input, duplex, delay, 300};
    settings_set_pair(settings, &pair);
    free(name);
}

static void a_copy_holds_everything_and_shares_nothing(void **state)
{
    (void)state;
    struct settings original, copy;
    settings_init(&original);
    original.rate = 120;
    original.voice_variant = xstrdup("f3");
    original.input_device = xstrdup("micro");
    original.output_device = xstrdup("casque");
    original.keys = xcalloc(1, sizeof *original.keys);
    original.keys->of[COMMAND_NEXT] = xstrdup("n");
    add_pair(&original, "casque", DUPLEX_ECHO, 40);
    settings_copy(&copy, &original);
    settings_free(&original);
    assert_int_equal(copy.rate, 120);
    assert_string_equal(copy.voice_variant, "f3");
    assert_string_equal(copy.input_device, "micro");
    assert_string_equal(copy.output_device, "casque");
    assert_string_equal(copy.keys->of[COMMAND_NEXT], "n");
    assert_null(copy.keys->of[COMMAND_QUIT]);
    assert_int_equal(settings_find_pair(&copy, "casque", "Micro: USB")->delay, 40);
    settings_free(&copy);
}

static void what_was_found_last_is_known(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    for (int i = 0; i < SETTINGS_PAIRS + 2; i++) {
        char *output = xasprintf("Casque %d", i);
        add_pair(&settings, output, DUPLEX_ECHO, 10 * i);
        free(output);
    }
    add_pair(&settings, "Casque 5", DUPLEX_HALF, 7);
    assert_int_equal(settings.pair_count, SETTINGS_PAIRS);
    assert_null(settings_find_pair(&settings, "Casque 1", "Micro: USB")); /* made way */
    assert_null(settings_find_pair(&settings, "Casque 5", "Autre"));
    const struct settings_pair *found = settings_find_pair(&settings, "Casque 5", "Micro: USB");
    assert_non_null(found);
    assert_int_equal(found->duplex, DUPLEX_HALF);
    assert_int_equal(found->delay, 7);
    assert_int_equal(settings_find_pair(&settings, "Casque 9", "Micro: USB")->delay, 90);
    settings_free(&settings);
}

static void freeing_twice_or_nothing_is_no_harm(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    settings.voice_variant = xstrdup("f3");
    add_pair(&settings, "casque", DUPLEX_ECHO, 40);
    settings_free(&settings);
    settings_free(&settings);
    settings_free(NULL);
    assert_null(settings.voice_variant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_holds_everything_and_shares_nothing),
        cmocka_unit_test(what_was_found_last_is_known),
        cmocka_unit_test(freeing_twice_or_nothing_is_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
