/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ring: items of one size from one thread to one other, without a lock.
 *
 * One thread (the producer) writes, one (the consumer) reads; neither ever waits, and no call
 * allocates but ring_new(), so that either side may be the audio callback. Samples go through as
 * items of sizeof(int16_t), the speaker's blocks as items of their struct.
 */
#ifndef PASAPAS_DSP_RING_H
#define PASAPAS_DSP_RING_H

#include <stddef.h>

struct ring;

/* Room for at least `capacity` items (1 and up) of `item_size` bytes; more is a power of two. */
struct ring *ring_new(size_t item_size, size_t capacity);
void ring_free(struct ring *ring); /* accepts NULL; when both threads are done with it */

/* Items it can hold at most. Any thread. */
size_t ring_capacity(const struct ring *ring);

/* Items in it. To the producer it may be fewer by the time it returns, to the consumer more. */
size_t ring_count(const struct ring *ring);

/* Producer: copies up to `count` items in; returns how many there was room for. */
size_t ring_write(struct ring *ring, const void *items, size_t count);

/* Consumer: moves up to `count` items out; returns how many there were. */
size_t ring_read(struct ring *ring, void *ret_items, size_t count);

/* Consumer: the oldest item, in its place until ring_skip() or ring_read(); NULL if empty. */
const void *ring_peek(const struct ring *ring);

/* Consumer: drops up to `count` of the oldest items; returns how many there were. */
size_t ring_skip(struct ring *ring, size_t count);

#endif
