/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/intake.h"

#include "base/mem.h"
#include "dsp/listening_rate.h"
#include "dsp/ring.h"
#include "listen/front_end.h"

#include <stdatomic.h>
#include <stdlib.h>

/* The recogniser loads or decodes while the microphone goes on: this much is kept for it. */
#define RING_SECONDS 8
#define MARKS        1024
/* A mark at least this often, per second. */
#define MARKS_PER_SECOND 5

/* Samples handed on at once, per second of audio: 50 ms. */
#define CHUNKS_PER_SECOND 20

/* A reference of the echo: what was played, by us or by all in the room. */
struct reference {
    struct ring *ring;   /* int16_t */
    atomic_ullong count; /* samples put into it */
    uint64_t read;       /* of the taking thread: samples taken from it */
};
enum { OWN, MONITOR, REFERENCES };

/* From this sample on the assistant speaks, or no longer does; so much was played until then. */
struct mark {
    uint64_t position;
    uint64_t played;
    int reference;
    bool speaking;
};

struct intake {
    int output_rate;
    struct ring *captured; /* int16_t, from the callback */
    struct reference references[REFERENCES];
    struct ring *marks; /* struct mark, from the callback */

    /* Of the callback: */
    uint64_t written;   /* samples put into the ring */
    bool marked;        /* the last mark's state */
    uint64_t next_mark; /* when another one is due */

    atomic_int reference_now; /* OWN or MONITOR */
    atomic_bool playing;      /* what is being played now is speech */
    atomic_bool following;

    /* Of the taking thread: */
    uint64_t read; /* samples taken from the ring */
    bool speaking;
    int reference; /* what the echo is taken out with */
    int16_t *chunk;
    size_t chunk_size;
};

/* The rings and the chunk, for as much time as they are made for. */
static void make_rings(struct intake *intake, int input_rate)
{
    const int most = input_rate > intake->output_rate ? input_rate : intake->output_rate;
    const size_t rate = most > 0 ? (size_t)most : LISTENING_RATE;
    intake->captured = ring_new(sizeof(int16_t), rate * RING_SECONDS);
    for (int i = 0; i < REFERENCES; i++)
        intake->references[i].ring =
            ring_new(sizeof(int16_t), (i == MONITOR ? LISTENING_RATE : rate) * RING_SECONDS);
    intake->marks = ring_new(sizeof(struct mark), MARKS);
    intake->chunk_size = rate / CHUNKS_PER_SECOND;
    intake->chunk = xcalloc(intake->chunk_size, sizeof *intake->chunk);
}

static void free_rings(struct intake *intake)
{
    ring_free(intake->captured);
    for (int i = 0; i < REFERENCES; i++)
        ring_free(intake->references[i].ring);
    ring_free(intake->marks);
    free(intake->chunk);
}

struct intake *intake_new(int input_rate, int output_rate)
{
    struct intake *intake = xcalloc(1, sizeof *intake);
    intake->output_rate = output_rate;
    make_rings(intake, input_rate);
    return intake;
}

void intake_free(struct intake *intake)
{
    if (!intake)
        return;
    free_rings(intake);
    free(intake);
}

void intake_restart(struct intake *intake, int input_rate, int output_rate)
{
    free_rings(intake);
    intake->output_rate = output_rate;
    make_rings(intake, input_rate);
    intake->read = intake->written = 0;
    intake->speaking = intake->marked = false;
    intake->next_mark = 0;
    intake->reference = OWN;
    atomic_store(&intake->reference_now, OWN);
    for (int i = 0; i < REFERENCES; i++) {
        intake->references[i].read = 0;
        atomic_store(&intake->references[i].count, 0);
    }
    atomic_store(&intake->playing, false);
}

void intake_set_following(struct intake *intake, bool following)
{
    atomic_store(&intake->following, following);
}

bool intake_is_playing(const struct intake *intake)
{
    return atomic_load(&intake->playing);
}

/* --- the thread that takes -------------------------------------------------------------------- */

/* How many samples may be taken before the next mark; what it says is done when it is due. */
static size_t until_mark(struct intake *intake, struct front_end *front_end)
{
    const struct mark *mark;
    while ((mark = ring_peek(intake->marks)) && mark->position <= intake->read) {
        const uint64_t given = intake->references[intake->reference].read;
        intake->speaking = mark->speaking;
        if (mark->reference == intake->reference)
            front_end_align(front_end, given > mark->played ? given - mark->played : 0);
        ring_skip(intake->marks, 1);
    }
    return mark && mark->position - intake->read < intake->chunk_size
               ? (size_t)(mark->position - intake->read)
               : intake->chunk_size;
}

static size_t read_reference(struct intake *intake, int which)
{
    struct reference *reference = &intake->references[which];
    const size_t count = ring_read(reference->ring, intake->chunk, intake->chunk_size);
    reference->read += count;
    return count;
}

static void take_reference(struct intake *intake, struct front_end *front_end)
{
    const int now = atomic_load(&intake->reference_now);
    if (now == intake->reference)
        return;
    intake->reference = now;
    for (int i = 0; i < REFERENCES; i++)
        while (read_reference(intake, i) > 0)
            continue;
    front_end_set_output_rate(front_end, now == MONITOR ? LISTENING_RATE : intake->output_rate);
}

static void take_played(struct intake *intake, struct front_end *front_end)
{
    size_t count;
    take_reference(intake, front_end);
    while ((count = read_reference(intake, intake->reference)) > 0)
        front_end_played(front_end, intake->chunk, count);
}

bool intake_take(struct intake *intake, struct front_end *front_end)
{
    take_played(intake, front_end);
    const size_t count = ring_read(intake->captured, intake->chunk, until_mark(intake, front_end));
    intake->read += count;
    if (count > 0)
        front_end_feed(front_end, intake->chunk, count, intake->speaking);
    return count > 0;
}

/* --- the audio callback ----------------------------------------------------------------------- */

static void mark(struct intake *intake, bool playing)
{
    const int reference = atomic_load_explicit(&intake->reference_now, memory_order_relaxed);
    const struct mark mark = {
        .position = intake->written,
        .played = atomic_load_explicit(&intake->references[reference].count, memory_order_relaxed),
        .reference = reference,
        .speaking = playing,
    };
    if (!ring_write(intake->marks, &mark, 1))
        return;
    intake->marked = playing;
    intake->next_mark = intake->written + intake->chunk_size * CHUNKS_PER_SECOND / MARKS_PER_SECOND;
}

void intake_capture(struct intake *intake, const int16_t *samples, size_t count)
{
    const bool playing = atomic_load_explicit(&intake->playing, memory_order_relaxed);
    if (playing != intake->marked || intake->written >= intake->next_mark)
        mark(intake, playing);
    intake->written += ring_write(intake->captured, samples, count);
}

static void write_reference(struct intake *intake, int which, const int16_t *samples, size_t count)
{
    struct reference *reference = &intake->references[which];
    if (!atomic_load_explicit(&intake->following, memory_order_relaxed) ||
        atomic_load_explicit(&intake->reference_now, memory_order_relaxed) != which)
        return;
    atomic_fetch_add_explicit(&reference->count, ring_write(reference->ring, samples, count),
                              memory_order_relaxed);
}

void intake_played(struct intake *intake, const int16_t *samples, size_t count, bool speaking)
{
    atomic_store_explicit(&intake->playing, speaking, memory_order_relaxed);
    write_reference(intake, OWN, samples, count);
}

void intake_monitored(struct intake *intake, const int16_t *samples, size_t count)
{
    atomic_store_explicit(&intake->reference_now, samples ? MONITOR : OWN, memory_order_relaxed);
    if (samples)
        write_reference(intake, MONITOR, samples, count);
}
