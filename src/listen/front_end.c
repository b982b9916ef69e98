/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/front_end.h"

#include "base/mem.h"
#include "dsp/echo.h"
#include "dsp/resample.h"

#include <stdlib.h>
#include <string.h>

/* The room; with no delay measured, the delay of the devices too. */
#define ECHO_TAIL_MS 250

/* An echo that comes before it is expected cannot be taken out: rather early than late. */
#define DELAY_MARGIN_MS 30

/* What is held beyond the longest utterance, ms: pre-roll, hangover, and some more. */
#define HISTORY_MORE_MS 2000

/* Commands are shorter than this, seconds. */
#define COMMAND_MAX_S 3.0
/* Until it is known that it was longer: its pauses, seconds. */
#define GIVE_UP_MORE 0.5

/* What sounds so soon after the assistant spoke may still be its own voice, samples: 1 s. */
#define OWN_SOUND LISTENING_RATE

struct front_end {
    struct front_end_config config;
    struct endpoint *endpoint;
    struct echo *echo;         /* NULL until LISTENER_ECHO is asked for */
    struct resample *resample; /* to LISTENING_RATE */
    struct samples captured;   /* at that rate, not used yet */
    int16_t *history;          /* a ring by sample number */
    size_t history_size;
    int16_t *utterance; /* as long as the history */
    uint64_t position;  /* samples given to the endpoint so far */
    uint64_t spoken;    /* the assistant spoke until here; 0 for never */
    bool during_speech; /* what is being said now began while the assistant spoke */
    bool over_others;   /* the same, while somebody else's sound was played */
    int delay_ms, tail_ms;
    bool going_on;  /* between FRONT_END_ONSET and what follows it */
    uint64_t began; /* the first sample of it */
};

struct front_end *front_end_new(const struct front_end_config *config)
{
    struct front_end *front_end = xcalloc(1, sizeof *front_end);
    front_end->config = *config;
    front_end->resample =
        resample_new(config->input_rate > 0 ? config->input_rate : LISTENING_RATE, LISTENING_RATE);
    front_end->endpoint = endpoint_new(&config->endpoint);
    front_end->history_size =
        (size_t)(config->endpoint.maximum_ms + HISTORY_MORE_MS) * (LISTENING_RATE / 1000);
    front_end->history = xcalloc(front_end->history_size, sizeof *front_end->history);
    front_end->utterance = xcalloc(front_end->history_size, sizeof *front_end->utterance);
    front_end->tail_ms = FRONT_END_TAIL_MS;
    front_end_set_mode(front_end, config->mode);
    return front_end;
}

void front_end_free(struct front_end *front_end)
{
    if (!front_end)
        return;
    endpoint_free(front_end->endpoint);
    echo_free(front_end->echo);
    resample_free(front_end->resample);
    samples_free(&front_end->captured);
    free(front_end->history);
    free(front_end->utterance);
    free(front_end);
}

void front_end_set_mode(struct front_end *front_end, enum listener_mode mode)
{
    front_end->config.mode = mode;
    if (mode != LISTENER_ECHO) {
        /* What is played meanwhile is not followed. */
        echo_free(front_end->echo);
        front_end->echo = NULL;
    } else if (!front_end->echo && front_end->config.output_rate > 0) {
        const struct echo_config config = {.played_rate = front_end->config.output_rate,
                                           .tail_ms = ECHO_TAIL_MS,
                                           .delay_ms = front_end->delay_ms};
        front_end->echo = echo_new(&config);
    }
}

void front_end_set_hangover(struct front_end *front_end, int ms)
{
    endpoint_set_hangover(front_end->endpoint, ms);
}

void front_end_set_room(struct front_end *front_end, int delay_ms, int tail_ms)
{
    const int delay = delay_ms > DELAY_MARGIN_MS ? delay_ms - DELAY_MARGIN_MS : 0;
    if (delay != front_end->delay_ms && front_end->echo)
        echo_set_delay(front_end->echo, delay);
    front_end->delay_ms = delay;
    front_end->tail_ms = tail_ms;
}

void front_end_set_output_rate(struct front_end *front_end, int rate)
{
    front_end->config.output_rate = rate;
    echo_free(front_end->echo);
    front_end->echo = NULL;
    front_end_set_mode(front_end, front_end->config.mode);
}

void front_end_played(struct front_end *front_end, const int16_t *samples, size_t count)
{
    if (front_end->echo)
        echo_played(front_end->echo, samples, count);
}

void front_end_align(struct front_end *front_end, uint64_t newer)
{
    if (front_end->echo)
        echo_align(front_end->echo, newer);
}

/* Samples of the history, oldest first. */
static size_t copy_history(struct front_end *front_end, uint64_t from, uint64_t to)
{
    const size_t size = front_end->history_size;
    if (to - from > size)
        from = to - size;
    const size_t start = (size_t)(from % size), count = (size_t)(to - from);
    const size_t first = count < size - start ? count : size - start;
    memcpy(front_end->utterance, front_end->history + start, first * sizeof *front_end->history);
    memcpy(front_end->utterance + first, front_end->history,
           (count - first) * sizeof *front_end->history);
    return count;
}

static bool is_constant(const int16_t *frame)
{
    for (size_t i = 1; i < LISTENING_FRAME; i++)
        if (abs(frame[i] - frame[0]) > 1)
            return false;
    return true;
}

/* Digital silence around an utterance, where a recording was padded or the gate was shut, is no
 * room: it would spoil the mean that the recogniser takes over the utterance. */
static void trim(struct front_end_event *event)
{
    while (event->count >= LISTENING_FRAME && is_constant(event->samples)) {
        event->samples += LISTENING_FRAME;
        event->count -= LISTENING_FRAME;
    }
    while (event->count >= LISTENING_FRAME &&
           is_constant(event->samples + event->count - LISTENING_FRAME))
        event->count -= LISTENING_FRAME;
}

static double seconds(uint64_t samples)
{
    return (double)samples / LISTENING_RATE;
}

/* What the beginning of speech tells of the situation. */
static void begin(struct front_end *front_end, uint64_t first)
{
    front_end->during_speech = front_end->spoken > 0 && first <= front_end->spoken;
    front_end->over_others = (!front_end->spoken || first > front_end->spoken + OWN_SOUND) &&
                             front_end->echo && echo_is_sounding(front_end->echo);
    /* Whoever wants the voice to stop is not to be kept waiting. */
    endpoint_set_early(front_end->endpoint, front_end->during_speech);
}

static void tell(struct front_end *front_end, enum endpoint_event what)
{
    struct front_end_event event = {.kind = FRONT_END_ONSET};
    uint64_t first, last, from, to;
    if (what == ENDPOINT_NOTHING)
        return;
    if (what == ENDPOINT_CANCEL)
        event.kind = FRONT_END_NOTHING;
    endpoint_speech(front_end->endpoint, &first, &last);
    if (what == ENDPOINT_BEGIN)
        begin(front_end, first);
    if (what == ENDPOINT_PAUSE && seconds(last - first) > COMMAND_MAX_S)
        return;
    if (what == ENDPOINT_END || what == ENDPOINT_PAUSE) {
        endpoint_span(front_end->endpoint, &from, &to);
        event.kind = what == ENDPOINT_END ? FRONT_END_UTTERANCE : FRONT_END_PAUSE;
        event.count = copy_history(front_end, from, to);
        event.samples = front_end->utterance;
        trim(&event);
        event.lag_s = seconds(front_end->position - last);
    }
    event.start_s = seconds(first);
    event.end_s = seconds(last);
    event.during_speech = front_end->during_speech;
    event.over_others = front_end->over_others;
    front_end->going_on = what == ENDPOINT_BEGIN || what == ENDPOINT_PAUSE;
    front_end->began = first;
    front_end->config.sink(front_end->config.context, &event);
}

/* Somebody talks on: nobody is giving a command. What it was is still told at its end. */
static void give_up_if_long(struct front_end *front_end)
{
    const double length = seconds(front_end->position - front_end->began);
    if (!front_end->going_on || length <= COMMAND_MAX_S + GIVE_UP_MORE)
        return;
    const struct front_end_event event = {
        .kind = FRONT_END_NOTHING,
        .start_s = seconds(front_end->began),
        .end_s = seconds(front_end->position),
        .during_speech = front_end->during_speech,
    };
    front_end->going_on = false;
    front_end->config.sink(front_end->config.context, &event);
}

static bool is_shut(const struct front_end *front_end)
{
    const uint64_t tail = (uint64_t)front_end->tail_ms * (LISTENING_RATE / 1000);
    if (front_end->config.mode == LISTENER_OFF)
        return true;
    return front_end->config.mode == LISTENER_HALF && front_end->spoken > 0 &&
           front_end->position < front_end->spoken + tail;
}

static void keep(struct front_end *front_end, const int16_t *frame)
{
    for (size_t i = 0; i < LISTENING_FRAME; i++)
        front_end->history[(front_end->position + i) % front_end->history_size] = frame[i];
    front_end->position += LISTENING_FRAME;
}

/* Where nobody is heard but the echo the endpoint is given digital silence: it teaches it nothing
 * about the room. */
static void hear_frame(struct front_end *front_end, int16_t *frame, bool speaking)
{
    int16_t judged[LISTENING_FRAME] = {0};
    bool somebody = true;
    if (speaking)
        front_end->spoken = front_end->position + LISTENING_FRAME;
    if (is_shut(front_end))
        memset(frame, 0, LISTENING_FRAME * sizeof *frame);
    else if (front_end->echo)
        somebody = echo_process(front_end->echo, frame, frame);
    if (somebody)
        memcpy(judged, frame, sizeof judged);
    keep(front_end, frame);
    tell(front_end, endpoint_feed(front_end->endpoint, judged));
    give_up_if_long(front_end);
}

static void hear_frames(struct front_end *front_end, bool speaking)
{
    struct samples *samples = &front_end->captured;
    size_t used = 0;
    for (; used + LISTENING_FRAME <= samples->count; used += LISTENING_FRAME)
        hear_frame(front_end, samples->items + used, speaking);
    samples_drop(samples, used);
}

void front_end_feed(struct front_end *front_end, const int16_t *samples, size_t count,
                    bool speaking)
{
    resample_add(front_end->resample, samples, count, &front_end->captured);
    hear_frames(front_end, speaking);
}

void front_end_finish(struct front_end *front_end)
{
    struct samples *samples = &front_end->captured;
    resample_end(front_end->resample, samples);
    /* The rest of the last frame is silence. */
    if (samples->count % LISTENING_FRAME)
        samples_add_silence(samples, LISTENING_FRAME - samples->count % LISTENING_FRAME);
    hear_frames(front_end, false);
    tell(front_end, endpoint_finish(front_end->endpoint));
}
