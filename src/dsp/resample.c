/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/resample.h"

#include "base/mem.h"

#include <speex/speex_resampler.h>
#include <stdlib.h>
#include <string.h>

/* speexdsp's 0..10: 5 keeps speech clean for about a thousandth of a core. */
#define QUALITY 5

/* Samples taken at a time. */
#define STRIDE 1024

struct resample {
    SpeexResamplerState *state; /* NULL: equal rates */
    int from;
    int to;
};

void samples_add(struct samples *samples, const int16_t *items, size_t count)
{
    if (!count)
        return;
    samples->items = mem_grow(samples->items, &samples->capacity, samples->count + count,
                              sizeof *samples->items);
    memcpy(samples->items + samples->count, items, count * sizeof *items);
    samples->count += count;
}

void samples_add_silence(struct samples *samples, size_t count)
{
    if (!count)
        return;
    samples->items = mem_grow(samples->items, &samples->capacity, samples->count + count,
                              sizeof *samples->items);
    memset(samples->items + samples->count, 0, count * sizeof *samples->items);
    samples->count += count;
}

void samples_drop(struct samples *samples, size_t count)
{
    count = count < samples->count ? count : samples->count;
    samples->count -= count;
    if (samples->count > 0)
        memmove(samples->items, samples->items + count, samples->count * sizeof *samples->items);
}

void samples_free(struct samples *samples)
{
    free(samples->items);
    *samples = (struct samples){0};
}

struct resample *resample_new(int from, int to)
{
    struct resample *resample = xcalloc(1, sizeof *resample);
    resample->from = from;
    resample->to = to;
    if (from != to) {
        resample->state =
            speex_resampler_init(1, (spx_uint32_t)from, (spx_uint32_t)to, QUALITY, NULL);
        if (!resample->state)
            mem_is_out(); /* or for a rate that is none */
        speex_resampler_skip_zeros(resample->state);
    }
    return resample;
}

void resample_free(struct resample *resample)
{
    if (!resample)
        return;
    if (resample->state)
        speex_resampler_destroy(resample->state);
    free(resample);
}

void resample_reset(struct resample *resample)
{
    if (!resample->state)
        return;
    speex_resampler_reset_mem(resample->state);
    speex_resampler_skip_zeros(resample->state);
}

void resample_add(struct resample *resample, const int16_t *items, size_t count,
                  struct samples *out)
{
    if (!resample->state) {
        samples_add(out, items, count);
        return;
    }
    while (count) {
        spx_uint32_t taken = (spx_uint32_t)(count < STRIDE ? count : STRIDE);
        size_t room = (size_t)taken * (size_t)resample->to / (size_t)resample->from + 16;
        spx_uint32_t made = (spx_uint32_t)room;
        out->items = mem_grow(out->items, &out->capacity, out->count + room, sizeof *out->items);
        speex_resampler_process_int(resample->state, 0, items, &taken, out->items + out->count,
                                    &made);
        out->count += made;
        items += taken;
        count -= taken;
    }
}

void resample_end(struct resample *resample, struct samples *out)
{
    static const int16_t silence[STRIDE];
    if (!resample->state)
        return;
    size_t late = (size_t)speex_resampler_get_input_latency(resample->state);
    for (size_t run; late; late -= run) {
        run = late < STRIDE ? late : STRIDE;
        resample_add(resample, silence, run, out);
    }
    resample_reset(resample);
}
