/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ring: order, limits, wrapping, and two threads that use it at once. */
#include "base/mem.h"
#include "dsp/ring.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct block {
    uint64_t number;
    int16_t samples[5];
    uint8_t last;
};

static void it_gives_back_what_went_in_in_order(void **state)
{
    (void)state;
    struct ring *ring = ring_new(sizeof(int16_t), 8);
    const int16_t in[] = {1, -2, 3, -4, 5};
    int16_t out[8] = {0};
    assert_int_equal(ring_count(ring), 0);
    assert_int_equal(ring_write(ring, in, 5), 5);
    assert_int_equal(ring_count(ring), 5);
    assert_int_equal(ring_read(ring, out, 2), 2);
    assert_memory_equal(out, in, 2 * sizeof *in);
    assert_int_equal(ring_read(ring, out, 8), 3);
    assert_memory_equal(out, in + 2, 3 * sizeof *in);
    assert_int_equal(ring_read(ring, out, 8), 0);
    ring_free(ring);
}

static void it_takes_no_more_than_it_holds(void **state)
{
    (void)state;
    struct ring *ring = ring_new(sizeof(int16_t), 5);
    assert_int_equal(ring_capacity(ring), 8);
    const int16_t in[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    int16_t out[10] = {0};
    assert_int_equal(ring_write(ring, in, 10), 8);
    assert_int_equal(ring_write(ring, in, 1), 0);
    assert_int_equal(ring_read(ring, out, 10), 8);
    assert_memory_equal(out, in, 8 * sizeof *in);
    ring_free(ring);
}

static void it_wraps_around_at_every_offset(void **state)
{
    (void)state;
    struct ring *ring = ring_new(sizeof(int16_t), 8);
    int16_t next = 0;
    int16_t expected = 0;
    for (int turn = 0; turn < 1000; turn++) {
        int16_t items[8];
        size_t count = (size_t)turn % 8;
        for (size_t i = 0; i < count; i++)
            items[i] = next++;
        assert_int_equal(ring_write(ring, items, count), count);
        assert_int_equal(ring_read(ring, items, 8), count);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(items[i], expected++);
    }
    ring_free(ring);
}

static void a_block_is_seen_in_its_place_and_skipped(void **state)
{
    (void)state;
    struct ring *ring = ring_new(sizeof(struct block), 4);
    assert_null(ring_peek(ring));
    assert_int_equal(ring_skip(ring, 1), 0);
    for (uint64_t i = 1; i <= 3; i++) {
        struct block block = {.number = i, .last = i == 3};
        assert_int_equal(ring_write(ring, &block, 1), 1);
    }
    const struct block *oldest = ring_peek(ring);
    assert_int_equal(oldest->number, 1);
    assert_int_equal(ring_skip(ring, 2), 2);
    oldest = ring_peek(ring);
    assert_int_equal(oldest->number, 3);
    assert_true(oldest->last);
    assert_int_equal(ring_skip(ring, 9), 1);
    assert_null(ring_peek(ring));
    ring_free(ring);
}

#define TRANSFERS 200000

static void *produce(void *context)
{
    struct ring *ring = context;
    uint64_t number = 0;
    while (number < TRANSFERS) {
        struct block block = {.number = number, .last = (uint8_t)(number & 0xff)};
        for (size_t i = 0; i < COUNT_OF(block.samples); i++)
            block.samples[i] = (int16_t)(number + i);
        if (ring_write(ring, &block, 1))
            number++;
        else
            sched_yield();
    }
    return NULL;
}

static void two_threads_lose_and_tear_nothing(void **state)
{
    (void)state;
    struct ring *ring = ring_new(sizeof(struct block), 16);
    pthread_t producer;
    assert_int_equal(pthread_create(&producer, NULL, produce, ring), 0);
    size_t wrong = 0;
    for (uint64_t expected = 0; expected < TRANSFERS;) {
        struct block blocks[3];
        size_t got = ring_read(ring, blocks, 1 + expected % 3);
        if (!got)
            sched_yield();
        for (size_t n = 0; n < got; n++, expected++) {
            wrong += blocks[n].number != expected || blocks[n].last != (uint8_t)(expected & 0xff);
            for (size_t i = 0; i < COUNT_OF(blocks[n].samples); i++)
                wrong += blocks[n].samples[i] != (int16_t)(expected + i);
        }
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(pthread_join(producer, NULL), 0);
    assert_int_equal(ring_count(ring), 0);
    ring_free(ring);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_gives_back_what_went_in_in_order),
        cmocka_unit_test(it_takes_no_more_than_it_holds),
        cmocka_unit_test(it_wraps_around_at_every_offset),
        cmocka_unit_test(a_block_is_seen_in_its_place_and_skipped),
        cmocka_unit_test(two_threads_lose_and_tear_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
