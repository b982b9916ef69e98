/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe_tape: the signal is played once the microphone gives something, or after a while; what is
 * heard is kept from its first sample on, and no more of it than the signal is long. */
#include "base/mem.h"
#include "dsp/probe_tape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE   1000 /* Hz; it is waited for three seconds */
#define LENGTH 250
#define BLOCK  100

static struct probe_tape *open_tape(int input_rate)
{
    int16_t *signal = xmalloc(LENGTH * sizeof *signal);
    for (int i = 0; i < LENGTH; i++)
        signal[i] = (int16_t)(i + 1);
    return probe_tape_new(signal, LENGTH, RATE, input_rate);
}

static void render(struct probe_tape *tape, int16_t ret_block[BLOCK])
{
    memset(ret_block, 0x55, BLOCK * sizeof *ret_block);
    probe_tape_render(tape, ret_block, BLOCK);
}

static void capture(struct probe_tape *tape, int16_t sample, size_t count)
{
    int16_t block[BLOCK];
    assert_true(count <= BLOCK);
    for (size_t i = 0; i < count; i++)
        block[i] = sample;
    probe_tape_capture(tape, block, count);
}

static void assert_silent(const int16_t *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(samples[i], 0);
}

static void the_signal_waits_for_the_microphone(void **state)
{
    (void)state;
    int16_t block[BLOCK];
    struct probe_tape *tape = open_tape(RATE);
    for (int i = 0; i < 3; i++) {
        render(tape, block);
        assert_silent(block, BLOCK);
    }
    capture(tape, 7, 10); /* not kept: nothing is played yet */
    for (int from = 0; from < LENGTH; from += BLOCK) {
        render(tape, block);
        for (int i = 0; i < BLOCK; i++)
            assert_int_equal(block[i], from + i < LENGTH ? from + i + 1 : 0);
    }
    render(tape, block);
    assert_silent(block, BLOCK);
    assert_false(probe_tape_is_done(tape));
    probe_tape_free(tape);
}

static void what_is_heard_is_kept(void **state)
{
    (void)state;
    int16_t block[BLOCK], heard[2 * LENGTH];
    struct probe_tape *tape = open_tape(RATE);
    capture(tape, 1, BLOCK);
    render(tape, block);
    capture(tape, 2, BLOCK);
    capture(tape, 3, BLOCK);
    assert_false(probe_tape_is_done(tape));
    capture(tape, 4, BLOCK);
    assert_true(probe_tape_is_done(tape));
    capture(tape, 5, BLOCK);
    assert_int_equal(probe_tape_take(tape, heard, COUNT_OF(heard)), LENGTH);
    assert_int_equal(heard[0], 2);
    assert_int_equal(heard[LENGTH - 1], 4);
    assert_int_equal(probe_tape_take(tape, heard, COUNT_OF(heard)), 0);
    probe_tape_free(tape);
}

/* Twice as many samples come in as are played. */
static void the_rates_may_differ(void **state)
{
    (void)state;
    int16_t block[BLOCK], heard[4 * LENGTH];
    struct probe_tape *tape = open_tape(2 * RATE);
    capture(tape, 1, 1);
    render(tape, block);
    for (int i = 0; i < 5; i++) {
        assert_false(probe_tape_is_done(tape));
        capture(tape, 2, BLOCK);
    }
    assert_true(probe_tape_is_done(tape));
    assert_int_equal(probe_tape_take(tape, heard, COUNT_OF(heard)), 2 * LENGTH);
    probe_tape_free(tape);
}

/* Three seconds before the signal, and three after it. */
static void a_microphone_that_gives_nothing_is_given_up(void **state)
{
    (void)state;
    int16_t block[BLOCK];
    struct probe_tape *tape = open_tape(RATE);
    int blocks = 0;
    do {
        render(tape, block);
        blocks++;
    } while (!block[0] && blocks < 1000);
    assert_int_equal(blocks, 3 * RATE / BLOCK + 1);
    for (blocks = 1; !probe_tape_is_done(tape) && blocks < 1000; blocks++)
        render(tape, block);
    assert_int_equal(blocks, (LENGTH + 3 * RATE) / BLOCK + 1);
    probe_tape_free(tape);
    probe_tape_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_signal_waits_for_the_microphone),
        cmocka_unit_test(what_is_heard_is_kept),
        cmocka_unit_test(the_rates_may_differ),
        cmocka_unit_test(a_microphone_that_gives_nothing_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
