/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/ring.h"

#include "base/mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Keeps the two counters off each other's cache line. */
#define CACHE_LINE 64

/*
 * `written` and `read` count all items ever and wrap around with size_t; their difference is what
 * the ring holds. Each is stored by one thread only: with release, after the items were copied, so
 * that the other, loading with acquire, sees whole items or their free room.
 */
struct ring {
    char *items;
    size_t item_size;
    size_t capacity; /* a power of two */
    _Alignas(CACHE_LINE) atomic_size_t written;
    _Alignas(CACHE_LINE) atomic_size_t read;
};

struct ring *ring_new(size_t item_size, size_t capacity)
{
    size_t rounded = 1;
    while (rounded < capacity)
        rounded *= 2;
    size_t size = (sizeof(struct ring) + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    char *items = xcalloc(rounded, item_size);
    struct ring *ring = aligned_alloc(CACHE_LINE, size);
    if (!ring)
        mem_is_out();
    ring->items = items;
    ring->item_size = item_size;
    ring->capacity = rounded;
    atomic_init(&ring->written, 0);
    atomic_init(&ring->read, 0);
    return ring;
}

void ring_free(struct ring *ring)
{
    if (!ring)
        return;
    free(ring->items);
    free(ring);
}

size_t ring_capacity(const struct ring *ring)
{
    return ring->capacity;
}

size_t ring_count(const struct ring *ring)
{
    /* `read` first: it never overtakes the `written` loaded after it. */
    size_t read = atomic_load_explicit(&ring->read, memory_order_acquire);
    size_t written = atomic_load_explicit(&ring->written, memory_order_acquire);
    size_t count = written - read;
    return count < ring->capacity ? count : ring->capacity;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Where item `number` lies, and how many follow it before the array's end. */
static char *place(const struct ring *ring, size_t number, size_t *ret_run)
{
    size_t index = number & (ring->capacity - 1);
    *ret_run = ring->capacity - index;
    return ring->items + index * ring->item_size;
}

size_t ring_write(struct ring *ring, const void *items, size_t count)
{
    size_t written = atomic_load_explicit(&ring->written, memory_order_relaxed);
    size_t read = atomic_load_explicit(&ring->read, memory_order_acquire);
    size_t run = 0;
    count = smaller(count, ring->capacity - (written - read));
    char *to = place(ring, written, &run);
    size_t first = smaller(count, run) * ring->item_size;
    memcpy(to, items, first);
    memcpy(ring->items, (const char *)items + first, count * ring->item_size - first);
    atomic_store_explicit(&ring->written, written + count, memory_order_release);
    return count;
}

size_t ring_read(struct ring *ring, void *ret_items, size_t count)
{
    size_t read = atomic_load_explicit(&ring->read, memory_order_relaxed);
    size_t written = atomic_load_explicit(&ring->written, memory_order_acquire);
    size_t run = 0;
    count = smaller(count, written - read);
    const char *from = place(ring, read, &run);
    size_t first = smaller(count, run) * ring->item_size;
    memcpy(ret_items, from, first);
    memcpy((char *)ret_items + first, ring->items, count * ring->item_size - first);
    atomic_store_explicit(&ring->read, read + count, memory_order_release);
    return count;
}

const void *ring_peek(const struct ring *ring)
{
    size_t read = atomic_load_explicit(&ring->read, memory_order_relaxed);
    size_t written = atomic_load_explicit(&ring->written, memory_order_acquire);
    size_t run = 0;
    return written == read ? NULL : place(ring, read, &run);
}

size_t ring_skip(struct ring *ring, size_t count)
{
    size_t read = atomic_load_explicit(&ring->read, memory_order_relaxed);
    size_t written = atomic_load_explicit(&ring->written, memory_order_acquire);
    count = smaller(count, written - read);
    atomic_store_explicit(&ring->read, read + count, memory_order_release);
    return count;
}
