/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/microphone.h"

#include "base/mem.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Steps of 1 dB, from 0 dB down. */
#define BINS 91

#define FRAMES_PER_SECOND 100
#define FRAME_MAX         4096 /* samples: more than any device's */

/* A dithered nothing still moves by a step or two; the endpointer takes it for silence too. */
#define FLAT_STEPS 2

#define FULL_SCALE 32767
/* Not every converter reaches the last step. */
#define CLIPPED 32700

/* The room: the level that a fifth of the frames stay under, as in dsp/endpoint.c. */
#define FLOOR_FRACTION 0.2
/* A voice: so many frames are as loud. One alone may be a click. */
#define VOICE_FRAMES 5

struct counts {
    unsigned frames, flat, clipped;
    unsigned at[BINS];
};

struct microphone {
    /* Of the callback: the frame that is being filled. */
    size_t filled;
    int low, high;
    double sum, squares;
    unsigned frame_clipped;

    atomic_uint frames, flat, clipped, at[BINS];
    struct counts begin; /* of the main thread */
};

struct microphone *microphone_new(void)
{
    return xcalloc(1, sizeof(struct microphone));
}

void microphone_free(struct microphone *microphone)
{
    free(microphone);
}

/* --- counting: the audio callback ------------------------------------------------------------- */

static void count(atomic_uint *counter, unsigned more)
{
    atomic_fetch_add_explicit(counter, more, memory_order_relaxed);
}

static void end_frame(struct microphone *microphone)
{
    double n = (double)microphone->filled, mean = microphone->sum / n;
    double power = fmax(microphone->squares / n - mean * mean, 0);
    double db = 10.0 * log10(power / ((double)FULL_SCALE * FULL_SCALE) + 1e-9);
    int bin = (int)fmin(fmax(-db, 0), BINS - 1);
    count(&microphone->at[bin], 1);
    count(&microphone->flat, microphone->high - microphone->low <= FLAT_STEPS);
    count(&microphone->clipped, microphone->frame_clipped);
    count(&microphone->frames, 1);
    microphone->filled = 0;
}

static void add_sample(struct microphone *microphone, int sample)
{
    if (!microphone->filled) {
        microphone->low = microphone->high = sample;
        microphone->sum = microphone->squares = 0;
        microphone->frame_clipped = 0;
    }
    microphone->low = sample < microphone->low ? sample : microphone->low;
    microphone->high = sample > microphone->high ? sample : microphone->high;
    microphone->sum += sample;
    microphone->squares += (double)sample * sample;
    microphone->frame_clipped += abs(sample) >= CLIPPED;
    microphone->filled++;
}

void microphone_feed(struct microphone *microphone, const int16_t *samples, size_t count, int rate)
{
    size_t frame = rate > 0 ? (size_t)rate / FRAMES_PER_SECOND : 0;
    frame = frame < 1 ? 1 : frame > FRAME_MAX ? FRAME_MAX : frame;
    for (size_t i = 0; i < count; i++) {
        add_sample(microphone, samples[i]);
        if (microphone->filled >= frame)
            end_frame(microphone);
    }
}

/* --- measuring: the main thread --------------------------------------------------------------- */

static struct counts read_counts(const struct microphone *microphone)
{
    struct counts counts = {
        .frames = atomic_load_explicit(&microphone->frames, memory_order_relaxed),
        .flat = atomic_load_explicit(&microphone->flat, memory_order_relaxed),
        .clipped = atomic_load_explicit(&microphone->clipped, memory_order_relaxed),
    };
    for (int i = 0; i < BINS; i++)
        counts.at[i] = atomic_load_explicit(&microphone->at[i], memory_order_relaxed);
    return counts;
}

void microphone_begin(struct microphone *microphone)
{
    microphone->begin = read_counts(microphone);
}

/* The level that `wanted` frames stay under, from the quietest up. */
static double level_over(const unsigned at[BINS], double wanted)
{
    int bin = BINS - 1;
    for (double under = at[bin]; bin > 0 && under < wanted;)
        under += at[--bin];
    return -bin;
}

/* The level that so many frames reach, from the loudest down. */
static double level_of_loudest(const unsigned at[BINS], unsigned wanted)
{
    int bin = 0;
    for (unsigned over = at[0]; bin < BINS - 1 && over < wanted;)
        over += at[++bin];
    return -bin;
}

void microphone_measure(const struct microphone *microphone, struct microphone_measure *ret)
{
    struct counts now = read_counts(microphone);
    const struct counts *begin = &microphone->begin;
    unsigned frames = 0;
    for (int i = 0; i < BINS; i++) {
        now.at[i] -= begin->at[i];
        frames += now.at[i];
    }
    *ret = (struct microphone_measure){
        .frames = (int)frames,
        .flat = frames && now.flat - begin->flat >= frames,
        .floor_db = level_over(now.at, FLOOR_FRACTION * frames),
        .voice_db = level_of_loudest(now.at, VOICE_FRAMES),
        .clipped = (int)(now.clipped - begin->clipped),
    };
}

bool microphone_is_dead(const struct microphone_measure *measure)
{
    return !measure->frames || measure->flat;
}
