/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/probe_tape.h"

#include "base/mem.h"
#include "dsp/ring.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* How long the microphone is waited for, before and after the signal. */
#define PATIENCE_S 3

struct probe_tape {
    int16_t *signal;
    size_t length;
    size_t patience;       /* samples played */
    size_t wanted;         /* samples recorded */
    atomic_bool capturing; /* the microphone gives something */
    atomic_bool begun;     /* the signal is being played */
    atomic_size_t recorded_count;
    struct ring *recorded;
    /* Of probe_tape_render(): */
    size_t waited, played;
    atomic_bool given_up; /* the signal ended long ago */
};

struct probe_tape *probe_tape_new(int16_t *signal, size_t length, int output_rate, int input_rate)
{
    struct probe_tape *tape = xcalloc(1, sizeof *tape);
    tape->signal = signal;
    tape->length = length;
    tape->patience = (size_t)output_rate * PATIENCE_S;
    tape->wanted = (size_t)((double)length * input_rate / output_rate);
    tape->recorded = ring_new(sizeof(int16_t), tape->wanted + 1);
    return tape;
}

void probe_tape_free(struct probe_tape *tape)
{
    if (!tape)
        return;
    ring_free(tape->recorded);
    free(tape->signal);
    free(tape);
}

void probe_tape_render(struct probe_tape *tape, int16_t *samples, size_t count)
{
    memset(samples, 0, count * sizeof *samples);
    if (!atomic_load(&tape->capturing) && tape->waited < tape->patience) {
        tape->waited += count;
        return;
    }
    atomic_store(&tape->begun, true);
    const size_t left = tape->played < tape->length ? tape->length - tape->played : 0;
    if (left > 0)
        memcpy(samples, tape->signal + tape->played,
               (left < count ? left : count) * sizeof *samples);
    tape->played += count;
    if (tape->played > tape->length + tape->patience)
        atomic_store(&tape->given_up, true);
}

void probe_tape_capture(struct probe_tape *tape, const int16_t *samples, size_t count)
{
    atomic_store(&tape->capturing, true);
    if (!atomic_load(&tape->begun))
        return;
    const size_t there = atomic_load(&tape->recorded_count);
    const size_t room = there < tape->wanted ? tape->wanted - there : 0;
    atomic_fetch_add(&tape->recorded_count,
                     ring_write(tape->recorded, samples, count < room ? count : room));
}

bool probe_tape_is_done(const struct probe_tape *tape)
{
    return atomic_load(&tape->given_up) || atomic_load(&tape->recorded_count) >= tape->wanted;
}

size_t probe_tape_take(struct probe_tape *tape, int16_t *ret_samples, size_t room)
{
    return ring_read(tape->recorded, ret_samples, room);
}
