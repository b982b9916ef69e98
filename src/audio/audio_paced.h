/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audio_paced: the drivers without a device: blocks of AUDIO_PACED_MS, from a thread that keeps
 * time by the monotonic clock, or step by step.
 *
 * Blocks are due at fixed times from the start, so that nothing drifts; when the machine was late
 * they follow each other until it has caught up. A rate that gives no whole number of samples in a
 * block gets blocks that differ by one, and exactly its rate over a second.
 *
 * Thread: main, but for the hooks, which are called wherever the callbacks are.
 */
#ifndef PASAPAS_AUDIO_AUDIO_PACED_H
#define PASAPAS_AUDIO_AUDIO_PACED_H

#include "audio/audio.h"

#define AUDIO_PACED_MS 10

struct audio_paced;

/* Where the blocks come from and go to; either function may be NULL: silence, and dropped. */
struct audio_paced_hooks {
    void *context;
    void (*read)(void *context, int16_t *samples, size_t count);
    void (*write)(void *context, const int16_t *samples, size_t count);
};

/* Rates of 0 leave that side out. Both structs are copied. */
struct audio_paced *audio_paced_new(const struct audio_callbacks *callbacks,
                                    const struct audio_paced_hooks *hooks, int output_rate,
                                    int input_rate);
void audio_paced_free(struct audio_paced *paced); /* stops; accepts NULL */

/* Samples in the longest block of either side. */
size_t audio_paced_block(const struct audio_paced *paced);

/* 0, or -1 with errno if there is no thread to be had. */
int audio_paced_start(struct audio_paced *paced);
void audio_paced_stop(struct audio_paced *paced);

/* One block in and out, now. Not between start and stop. Returns AUDIO_PACED_MS. */
int audio_paced_step(struct audio_paced *paced);

void audio_paced_health(const struct audio_paced *paced, struct audio_health *ret_health);

#endif
