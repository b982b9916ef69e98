/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/playout.h"

#include "base/mem.h"
#include "dsp/ring.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Of one generation: 1.5 s at 22050 Hz and 0.7 s at 48000 Hz, longer than any nap of the producer.
 * The ring is twice as long, so that what is said after a cut need not wait until the callback has
 * dropped what was cut. */
#define BLOCKS_AHEAD  64
#define BLOCKS        (2 * BLOCKS_AHEAD)
#define BLOCK_SAMPLES 512

/* The ramp after the sound was cut, in samples: 3 ms at 22050 Hz. */
#define RAMP 64

/* The level is changed by one step a sample: from full to a quarter in 35 ms at 22050 Hz. */
#define GAIN_FULL 1024

struct block {
    uint64_t sentence;
    uint32_t generation;
    uint16_t count;
    bool last; /* the sentence ends after it */
    bool gap;  /* silence in which others may speak */
    int16_t samples[BLOCK_SAMPLES];
};

struct playout {
    struct ring *ring;
    atomic_uint generation;
    atomic_int level;      /* percent, to be reached */
    atomic_ullong reached; /* twice the sentence being played, plus one when it has ended */
    atomic_ullong played;  /* of that sentence: its low 32 bits, and 32 bits of samples */
    /* Producer: */
    struct block fresh;
    uint32_t writing;    /* the generation of what is written */
    size_t fresh_blocks; /* written in it */
    size_t fresh_samples;
    /* Audio callback: */
    uint32_t heard;   /* the generation at the last call */
    size_t offset;    /* samples already played of the oldest block */
    uint64_t counted; /* the sentence whose samples are counted */
    uint32_t count;   /* of its samples */
    bool hold;
    int ramp_from;
    int ramp_left;
    int gain;       /* now, 0..GAIN_FULL */
    int16_t newest; /* the last sample played */
};

struct playout *playout_new(void)
{
    struct playout *playout = xcalloc(1, sizeof *playout);
    playout->ring = ring_new(sizeof(struct block), BLOCKS);
    atomic_init(&playout->generation, 1);
    atomic_init(&playout->reached, 0);
    atomic_init(&playout->played, 0);
    atomic_init(&playout->level, 100);
    playout->gain = GAIN_FULL;
    return playout;
}

void playout_free(struct playout *playout)
{
    if (!playout)
        return;
    ring_free(playout->ring);
    free(playout);
}

uint32_t playout_cut(struct playout *playout)
{
    playout_set_level(playout, 100);
    return atomic_fetch_add(&playout->generation, 1) + 1;
}

uint64_t playout_place(const struct playout *playout)
{
    return atomic_load(&playout->reached);
}

void playout_set_level(struct playout *playout, int percent)
{
    atomic_store(&playout->level, percent < 0 ? 0 : percent > 100 ? 100 : percent);
}

uint32_t playout_generation(const struct playout *playout)
{
    return atomic_load(&playout->generation);
}

static void set_block(struct block *block, uint32_t generation, uint64_t sentence, size_t count,
                      bool last)
{
    block->generation = generation;
    block->sentence = sentence;
    block->count = (uint16_t)count;
    block->last = last;
    block->gap = false;
}

/* Blocks of the newest generation that may still be in the ring. */
static size_t blocks_ahead(const struct playout *playout)
{
    size_t all = ring_count(playout->ring);
    return all < playout->fresh_blocks ? all : playout->fresh_blocks;
}

static bool write_block(struct playout *playout)
{
    if (playout->fresh.generation != playout->writing) {
        playout->writing = playout->fresh.generation;
        playout->fresh_blocks = 0;
        playout->fresh_samples = 0;
    }
    if (blocks_ahead(playout) >= BLOCKS_AHEAD || !ring_write(playout->ring, &playout->fresh, 1))
        return false;
    playout->fresh_blocks++;
    playout->fresh_samples += playout->fresh.count;
    return true;
}

size_t playout_write(struct playout *playout, uint32_t generation, uint64_t sentence,
                     const int16_t *samples, size_t count)
{
    size_t taken = 0;
    while (taken < count) {
        size_t run = count - taken < BLOCK_SAMPLES ? count - taken : BLOCK_SAMPLES;
        set_block(&playout->fresh, generation, sentence, run, false);
        memcpy(playout->fresh.samples, samples + taken, run * sizeof *samples);
        if (!write_block(playout))
            break;
        taken += run;
    }
    return taken;
}

size_t playout_write_gap(struct playout *playout, uint32_t generation, uint64_t sentence,
                         size_t count)
{
    size_t taken = 0;
    while (taken < count) {
        size_t run = count - taken < BLOCK_SAMPLES ? count - taken : BLOCK_SAMPLES;
        set_block(&playout->fresh, generation, sentence, run, false);
        playout->fresh.gap = true;
        memset(playout->fresh.samples, 0, run * sizeof *playout->fresh.samples);
        if (!write_block(playout))
            break;
        taken += run;
    }
    return taken;
}

bool playout_end(struct playout *playout, uint32_t generation, uint64_t sentence)
{
    set_block(&playout->fresh, generation, sentence, 0, true);
    return write_block(playout);
}

size_t playout_waiting(const struct playout *playout)
{
    size_t blocks = playout->fresh_blocks ? playout->fresh_blocks : 1;
    return blocks_ahead(playout) * playout->fresh_samples / blocks;
}

bool playout_played(const struct playout *playout, uint64_t sentence, size_t *ret_samples)
{
    const unsigned long long played = atomic_load(&playout->played);
    if (played >> 32 != (sentence & UINT32_MAX))
        return false;
    *ret_samples = (size_t)(played & UINT32_MAX);
    return true;
}

bool playout_has_ended(const struct playout *playout, uint64_t sentence)
{
    return atomic_load(&playout->reached) >= 2 * sentence + 1;
}

static void drop_oldest(struct playout *playout)
{
    ring_skip(playout->ring, 1);
    playout->offset = 0;
}

/* The oldest block that is of this generation and has samples left, or NULL. */
static const struct block *next_block(struct playout *playout, uint32_t generation)
{
    const struct block *block;
    while ((block = ring_peek(playout->ring))) {
        if (block->generation == generation) {
            unsigned long long reached = 2 * block->sentence + (block->last ? 1 : 0);
            atomic_store(&playout->reached, reached);
            if (playout->offset < block->count)
                return block;
        }
        drop_oldest(playout);
    }
    return NULL;
}

/* From now on the last sample played fades, under whatever is played. */
static void start_ramp(struct playout *playout)
{
    playout->ramp_from = playout->newest;
    playout->ramp_left = RAMP;
}

static int16_t under_ramp(struct playout *playout, int16_t sample)
{
    if (!playout->ramp_left)
        return sample;
    playout->ramp_left--;
    int value = sample + playout->ramp_from * playout->ramp_left / RAMP;
    return (int16_t)(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
}

static int16_t at_level(struct playout *playout, int target, int16_t sample)
{
    if (playout->gain != target)
        playout->gain += playout->gain < target ? 1 : -1;
    return (int16_t)(sample * playout->gain / GAIN_FULL);
}

static void fall_silent(struct playout *playout, int16_t *samples, size_t count)
{
    if (playout->newest && !playout->ramp_left)
        start_ramp(playout);
    for (size_t i = 0; i < count; i++)
        samples[i] = under_ramp(playout, 0);
    playout->newest = samples[count - 1];
}

/* One more run of samples of a sentence. */
static void count_played(struct playout *playout, uint64_t sentence, size_t run)
{
    if (playout->counted != sentence)
        playout->count = 0;
    playout->counted = sentence;
    playout->count += (uint32_t)run;
    atomic_store(&playout->played, (sentence & UINT32_MAX) << 32 | playout->count);
}

static size_t play(struct playout *playout, const struct block *block, int16_t *samples,
                   size_t count)
{
    size_t left = block->count - playout->offset;
    size_t run = left < count ? left : count;
    const int16_t *from = block->samples + playout->offset;
    const int target =
        atomic_load_explicit(&playout->level, memory_order_relaxed) * GAIN_FULL / 100;
    for (size_t i = 0; i < run; i++)
        samples[i] = under_ramp(playout, at_level(playout, target, from[i]));
    playout->offset += run;
    playout->newest = samples[run - 1];
    count_played(playout, block->sentence, run);
    return run;
}

void playout_hold(struct playout *playout, bool hold)
{
    playout->hold = hold;
}

bool playout_render(struct playout *playout, int16_t *samples, size_t count)
{
    uint32_t generation = atomic_load(&playout->generation);
    bool any = false;
    if (generation != playout->heard) {
        playout->heard = generation;
        playout->counted = 0;      /* a sentence that was cut begins again */
        playout->gain = GAIN_FULL; /* what is new begins at its level */
        start_ramp(playout);
    }
    for (size_t done = 0; done < count;) {
        const struct block *block = next_block(playout, generation);
        if (block && !(block->gap && playout->hold)) {
            any |= !block->gap;
            done += play(playout, block, samples + done, count - done);
        } else {
            fall_silent(playout, samples + done, count - done);
            done = count;
        }
    }
    return any;
}
