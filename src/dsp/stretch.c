/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/stretch.h"

#include "base/mem.h"

#include <samplerate.h>
#include <stdlib.h>

/* Samples taken at a time, and the room for what is made of them. */
#define STRIDE 1024
#define ROOM   (STRIDE + 64)

struct stretch {
    SRC_STATE *state;
    double ratio;
    float in[STRIDE], out[ROOM];
    int16_t made[ROOM];
};

struct stretch *stretch_new(void)
{
    struct stretch *stretch = xcalloc(1, sizeof *stretch);
    int error;
    stretch->ratio = 1;
    stretch->state = src_new(SRC_SINC_FASTEST, 1, &error);
    if (!stretch->state)
        mem_is_out();
    return stretch;
}

void stretch_free(struct stretch *stretch)
{
    if (!stretch)
        return;
    src_delete(stretch->state);
    free(stretch);
}

void stretch_set(struct stretch *stretch, double millionths)
{
    stretch->ratio = 1 + millionths * 1e-6;
    /* At once: else it would come to it slowly, in steps that depend on how the samples come. */
    src_set_ratio(stretch->state, stretch->ratio);
}

void stretch_add(struct stretch *stretch, const int16_t *items, size_t count, struct samples *out)
{
    while (count > 0) {
        const size_t some = count < STRIDE ? count : STRIDE;
        SRC_DATA data = {
            .data_in = stretch->in,
            .data_out = stretch->out,
            .input_frames = (long)some,
            .output_frames = ROOM,
            .src_ratio = stretch->ratio,
        };
        src_short_to_float_array(items, stretch->in, (int)some);
        if (src_process(stretch->state, &data))
            abort(); /* it only fails for a ratio or buffers that are none */
        src_float_to_short_array(stretch->out, stretch->made, (int)data.output_frames_gen);
        samples_add(out, stretch->made, (size_t)data.output_frames_gen);
        items += data.input_frames_used;
        count -= (size_t)data.input_frames_used;
    }
}
