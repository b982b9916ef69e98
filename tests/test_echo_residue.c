/* SPDX-License-Identifier: GPL-3.0-or-later */
/* echo_residue: what a canceller leaves of an echo is no voice, and a voice over it is. */
#include "dsp/echo_residue.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static double noise(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1u << 23) - 1.0;
}

/* An echo in syllables, of which `share` dB are left, by 4 dB more or less; `near` dB of somebody
 * in the frames 40..70 of each four seconds, -1: of nobody. How many frames stand out there, and
 * elsewhere, after ten seconds. */
static void listen(double share, double near, unsigned *ret_there, unsigned *ret_elsewhere)
{
    struct echo_residue residue;
    uint32_t seed = 9;
    echo_residue_init(&residue);
    *ret_there = *ret_elsewhere = 0;
    for (unsigned i = 0; i < 6000; i++) {
        const bool spoken = i % 400 >= 40 && i % 400 < 70;
        const double echo = 60 + 15 * sin(i / 4.0);
        const double rest = echo + share + 4 * noise(&seed);
        const bool out = echo_residue_stands_out(&residue, echo, spoken ? fmax(rest, near) : rest);
        if (i > 1000 && out)
            (*(spoken ? ret_there : ret_elsewhere))++;
    }
}

static void the_rest_of_an_echo_is_nobody(void **state)
{
    (void)state;
    unsigned there, elsewhere;
    listen(-20, -1, &there, &elsewhere);
    assert_int_equal(there + elsewhere, 0);
    listen(3, -1, &there, &elsewhere);
    assert_int_equal(there + elsewhere, 0);
}

static void a_voice_over_it_is_somebody(void **state)
{
    (void)state;
    unsigned there, elsewhere;
    listen(-20, 75, &there, &elsewhere);
    assert_true(there > 300); /* of 375 */
    assert_int_equal(elsewhere, 0);
}

static void where_nothing_is_played_everybody_is_heard(void **state)
{
    (void)state;
    struct echo_residue residue;
    echo_residue_init(&residue);
    for (unsigned i = 0; i < 300; i++)
        assert_true(echo_residue_stands_out(&residue, 0, i % 50));
}

static void the_first_echo_is_not_taken_for_somebody(void **state)
{
    (void)state;
    struct echo_residue residue;
    echo_residue_init(&residue);
    for (unsigned i = 0; i < 300; i++)
        assert_false(echo_residue_stands_out(&residue, 70, 60));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rest_of_an_echo_is_nobody),
        cmocka_unit_test(a_voice_over_it_is_somebody),
        cmocka_unit_test(where_nothing_is_played_everybody_is_heard),
        cmocka_unit_test(the_first_echo_is_not_taken_for_somebody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
