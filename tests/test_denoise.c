/* SPDX-License-Identifier: GPL-3.0-or-later */
/* denoise: what it takes away, what it leaves, and that nothing carries over. */
#include "dsp/denoise.h"

#include "base/mem.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE   16000
#define COUNT  (RATE * 3 / 2)
#define FROM   (RATE / 2) /* a tone stands here, up to TO */
#define TO     RATE
#define PI     3.14159265358979323846
#define AMOUNT 400.0 /* of the noise */

/* White noise that is the same everywhere, and half a second of a low voice's harmonics. */
static void make(int16_t *samples, double tone)
{
    uint32_t state = 1;
    for (size_t i = 0; i < COUNT; i++) {
        state = state * 1664525u + 1013904223u;
        double value = AMOUNT * ((double)(state >> 8) / (1 << 23) - 1.0);
        for (int k = 1; k <= 8 && i >= FROM && i < TO; k++)
            value += tone / k * sin(2 * PI * 130.0 * k * (double)i / RATE);
        samples[i] = (int16_t)lrint(value);
    }
}

static double level_db(const int16_t *samples, size_t from, size_t to)
{
    double sum = 1;
    for (size_t i = from; i < to; i++)
        sum += (double)samples[i] * samples[i];
    return 10 * log10(sum / (double)(to - from));
}

static void test_takes_noise_and_leaves_voice(void **state)
{
    (void)state;
    int16_t *before = xmalloc(COUNT * sizeof *before);
    int16_t *after = xmalloc(COUNT * sizeof *after);
    make(before, 1500);
    memcpy(after, before, COUNT * sizeof *after);
    denoise_utterance(after, COUNT);
    /* From the first tenth of a second on, before any voice. */
    assert_true(level_db(after, 1600, FROM) < level_db(before, 1600, FROM) - 8);
    assert_true(level_db(after, 0, 1600) < level_db(before, 0, 1600) - 6);
    assert_true(fabs(level_db(after, FROM, TO) - level_db(before, FROM, TO)) < 2);
    free(before);
    free(after);
}

/* Quiet rooms have nothing to gain. */
static void test_leaves_clear_sound(void **state)
{
    (void)state;
    int16_t *before = xmalloc(COUNT * sizeof *before);
    int16_t *after = xmalloc(COUNT * sizeof *after);
    make(before, 9000);
    for (size_t i = 0; i < COUNT; i++)
        if (i < FROM || i >= TO)
            before[i] = (int16_t)(before[i] / 8);
    memcpy(after, before, COUNT * sizeof *after);
    denoise_utterance(after, COUNT);
    assert_memory_equal(before, after, COUNT * sizeof *after);
    free(before);
    free(after);
}

static void test_keeps_nothing(void **state)
{
    (void)state;
    int16_t *first = xmalloc(COUNT * sizeof *first);
    int16_t *other = xmalloc(COUNT * sizeof *other);
    int16_t *again = xmalloc(COUNT * sizeof *again);
    make(first, 1500);
    make(other, 900);
    make(again, 1500);
    denoise_utterance(first, COUNT);
    denoise_utterance(other, COUNT);
    denoise_utterance(again, COUNT);
    assert_memory_equal(first, again, COUNT * sizeof *first);
    free(first);
    free(other);
    free(again);
}

static void test_any_length(void **state)
{
    (void)state;
    int16_t *samples = xcalloc(COUNT, sizeof *samples);
    for (size_t count = 0; count <= 1800; count += 60) {
        make(samples, 4000);
        int16_t beyond = samples[count];
        denoise_utterance(samples, count);
        assert_int_equal(samples[count], beyond);
    }
    /* Too short to know the room. */
    int16_t kept[1599];
    make(samples, 4000);
    memcpy(kept, samples, sizeof kept);
    denoise_utterance(samples, 1599);
    assert_memory_equal(samples, kept, sizeof kept);
    /* Nothing but zeros, and the loudest there is. */
    memset(samples, 0, COUNT * sizeof *samples);
    denoise_utterance(samples, COUNT);
    assert_true(level_db(samples, 0, COUNT) < 1);
    for (size_t i = 0; i < COUNT; i++)
        samples[i] = i % 80 < 40 ? INT16_MAX : INT16_MIN;
    denoise_utterance(samples, COUNT);
    free(samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_takes_noise_and_leaves_voice),
        cmocka_unit_test(test_leaves_clear_sound),
        cmocka_unit_test(test_keeps_nothing),
        cmocka_unit_test(test_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
