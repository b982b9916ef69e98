/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audio/audio_paced.h"

#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BLOCKS_PER_SECOND (1000 / AUDIO_PACED_MS)

struct audio_paced {
    struct audio_callbacks callbacks;
    struct audio_paced_hooks hooks;
    int output_rate;
    int input_rate;
    size_t block;
    int16_t *samples; /* of the thread that steps */
    uint64_t steps;
    bool running;
    pthread_t thread;
    atomic_bool stop;
    atomic_ullong beats;
};

static size_t longest_block(int rate)
{
    return ((size_t)rate + BLOCKS_PER_SECOND - 1) / BLOCKS_PER_SECOND;
}

struct audio_paced *audio_paced_new(const struct audio_callbacks *callbacks,
                                    const struct audio_paced_hooks *hooks, int output_rate,
                                    int input_rate)
{
    struct audio_paced *paced = xcalloc(1, sizeof *paced);
    paced->callbacks = *callbacks;
    paced->hooks = *hooks;
    paced->output_rate = output_rate;
    paced->input_rate = input_rate;
    paced->block = longest_block(output_rate > input_rate ? output_rate : input_rate);
    paced->samples = xcalloc(paced->block, sizeof *paced->samples);
    atomic_init(&paced->stop, false);
    atomic_init(&paced->beats, 0);
    return paced;
}

void audio_paced_free(struct audio_paced *paced)
{
    if (!paced)
        return;
    audio_paced_stop(paced);
    free(paced->samples);
    free(paced);
}

size_t audio_paced_block(const struct audio_paced *paced)
{
    return paced->block;
}

/* Samples of the block that follows `steps` blocks: what is due by its end less what was given. */
static size_t block_length(int rate, uint64_t steps)
{
    uint64_t end = (steps + 1) * (uint64_t)rate / BLOCKS_PER_SECOND;
    return (size_t)(end - steps * (uint64_t)rate / BLOCKS_PER_SECOND);
}

static void play(struct audio_paced *paced)
{
    size_t count = block_length(paced->output_rate, paced->steps);
    if (!count || !paced->callbacks.render)
        return;
    paced->callbacks.render(paced->callbacks.context, paced->samples, count);
    if (paced->hooks.write)
        paced->hooks.write(paced->hooks.context, paced->samples, count);
}

static void record(struct audio_paced *paced)
{
    size_t count = block_length(paced->input_rate, paced->steps);
    if (!count || !paced->callbacks.capture)
        return;
    if (paced->hooks.read)
        paced->hooks.read(paced->hooks.context, paced->samples, count);
    else
        memset(paced->samples, 0, count * sizeof *paced->samples);
    paced->callbacks.capture(paced->callbacks.context, paced->samples, count);
}

int audio_paced_step(struct audio_paced *paced)
{
    play(paced);
    record(paced);
    paced->steps++;
    atomic_fetch_add(&paced->beats, 1);
    return AUDIO_PACED_MS;
}

static void *run(void *context)
{
    struct audio_paced *paced = context;
    struct timespec due;
    clock_gettime(CLOCK_MONOTONIC, &due);
    while (!atomic_load(&paced->stop)) {
        audio_paced_step(paced);
        due.tv_nsec += AUDIO_PACED_MS * 1000000L;
        if (due.tv_nsec >= 1000000000L) {
            due.tv_nsec -= 1000000000L;
            due.tv_sec++;
        }
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR)
            ;
    }
    return NULL;
}

int audio_paced_start(struct audio_paced *paced)
{
    if (paced->running)
        return 0;
    atomic_store(&paced->stop, false);
    int error = pthread_create(&paced->thread, NULL, run, paced);
    if (error) {
        errno = error;
        return -1;
    }
    paced->running = true;
    return 0;
}

void audio_paced_stop(struct audio_paced *paced)
{
    if (!paced->running)
        return;
    atomic_store(&paced->stop, true);
    pthread_join(paced->thread, NULL);
    paced->running = false;
}

void audio_paced_health(const struct audio_paced *paced, struct audio_health *ret_health)
{
    uint64_t beats = atomic_load(&paced->beats);
    *ret_health = (struct audio_health){
        .output_beats = paced->output_rate ? beats : 0,
        .input_beats = paced->input_rate ? beats : 0,
    };
}
