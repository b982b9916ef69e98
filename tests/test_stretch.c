/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stretch: a tone becomes longer or shorter by what was asked, without a jump where that changes.
 */
#include "base/mem.h"
#include "dsp/stretch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define RATE   16000
#define TONE   1000.0 /* Hz */
#define LEVEL  10000.0
#define SECOND 100 /* blocks of 10 ms */

static void feed(struct stretch *stretch, size_t *position, size_t blocks, struct samples *out)
{
    for (size_t b = 0; b < blocks; b++) {
        int16_t block[RATE / SECOND];
        for (size_t i = 0; i < COUNT_OF(block); i++)
            block[i] = (int16_t)lrint(LEVEL * sin(2 * M_PI * TONE * (double)(*position)++ / RATE));
        stretch_add(stretch, block, COUNT_OF(block), out);
    }
}

/* The largest second difference: a jump has a larger one than the tone. */
static double roughness(const struct samples *samples)
{
    double most = 0;
    for (size_t i = 1000; i + 1 < samples->count; i++)
        most = fmax(most, fabs((double)samples->items[i - 1] - 2.0 * samples->items[i] +
                               samples->items[i + 1]));
    return most;
}

static void so_many_more_samples_come_out(void **state)
{
    (void)state;
    static const double millionths[] = {0, 100, -100, 300};
    for (size_t i = 0; i < COUNT_OF(millionths); i++) {
        struct stretch *stretch = stretch_new();
        struct samples before = {0}, after = {0};
        size_t position = 0;
        stretch_set(stretch, millionths[i]);
        feed(stretch, &position, 2 * SECOND, &before);
        feed(stretch, &position, 60 * SECOND, &after);
        const double more = (double)after.count - 60.0 * RATE;
        assert_true(fabs(more - millionths[i] * 1e-6 * 60 * RATE) < 3);
        samples_free(&before);
        samples_free(&after);
        stretch_free(stretch);
    }
    stretch_free(NULL);
}

static void a_change_makes_no_jump(void **state)
{
    (void)state;
    struct stretch *stretch = stretch_new();
    struct samples out = {0};
    size_t position = 0;
    static const double millionths[] = {0, 50, 49.7, -120, 0.3, 0};
    for (size_t i = 0; i < COUNT_OF(millionths); i++) {
        stretch_set(stretch, millionths[i]);
        feed(stretch, &position, SECOND, &out);
    }
    const double turn = 2 * M_PI * TONE / RATE;
    assert_true(roughness(&out) < 1.02 * LEVEL * turn * turn);
    samples_free(&out);
    stretch_free(stretch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_many_more_samples_come_out),
        cmocka_unit_test(a_change_makes_no_jump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
