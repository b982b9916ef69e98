#include "hearing.h"

#include "echo.h"
#include "mem.h"
#include "resample.h"

#include <stdlib.h>
#include <string.h>

/* The room; with no delay measured, the delay of the devices too. */
#define ECHO_TAIL_MS 250

/* An echo that comes before it is expected cannot be taken out: rather early than late. */
#define DELAY_MARGIN_MS 30

/* Callbacks come in blocks, and a sound server's unevenly: samples at ENDPOINT_RATE, 60 ms. The
 * canceller would have to learn anew after each correction. */
#define ALIGN_SLACK 960

/* What is held beyond the longest utterance, ms: pre-roll, hangover, and some more. */
#define HISTORY_MORE_MS 2000

/* Samples on their way to ENDPOINT_RATE, and those that are there but not yet used. */
struct stream {
    struct resample *resample;
    struct samples samples;
};

/* Commands are shorter than this, seconds. */
#define COMMAND_MOST 3.0
/* Until it is known that it was longer: its pauses, seconds. */
#define GIVE_UP_MORE 0.5

struct hearing {
    struct hearing_config config;
    struct endpoint *endpoint;
    struct echo *echo; /* NULL until LISTENER_ECHO is asked for */
    struct stream captured, played;
    uint64_t played_count; /* samples given to hearing_played() */
    int16_t *history;      /* a ring by sample number */
    size_t history_size;
    int16_t *utterance; /* as long as the history */
    uint64_t position;  /* samples given to the endpoint so far */
    uint64_t spoken;    /* the assistant spoke until here; 0 for never */
    bool during_speech; /* what is being said now began while the assistant spoke */
    int delay_ms, tail_ms;
    bool going_on;  /* between HEARING_ONSET and what follows it */
    uint64_t began; /* the first sample of it */
};

static void stream_open(struct stream *stream, int rate)
{
    stream->resample = resample_new(rate > 0 ? rate : ENDPOINT_RATE, ENDPOINT_RATE);
}

static void stream_close(struct stream *stream)
{
    resample_free(stream->resample);
    samples_free(&stream->samples);
}

static void stream_drop(struct stream *stream, size_t count)
{
    struct samples *samples = &stream->samples;
    count = count < samples->count ? count : samples->count;
    samples->count -= count;
    memmove(samples->items, samples->items + count, samples->count * sizeof *samples->items);
}

struct hearing *hearing_new(const struct hearing_config *config)
{
    struct hearing *hearing = xcalloc(1, sizeof *hearing);
    hearing->config = *config;
    stream_open(&hearing->captured, config->input_rate);
    stream_open(&hearing->played, config->output_rate);
    hearing->endpoint = endpoint_new(&config->endpoint);
    hearing->history_size =
        (size_t)(config->endpoint.maximum_ms + HISTORY_MORE_MS) * (ENDPOINT_RATE / 1000);
    hearing->history = xcalloc(hearing->history_size, sizeof *hearing->history);
    hearing->utterance = xcalloc(hearing->history_size, sizeof *hearing->utterance);
    hearing->tail_ms = HEARING_TAIL_MS;
    hearing_set_mode(hearing, config->mode);
    return hearing;
}

void hearing_free(struct hearing *hearing)
{
    if (!hearing)
        return;
    endpoint_free(hearing->endpoint);
    echo_free(hearing->echo);
    stream_close(&hearing->captured);
    stream_close(&hearing->played);
    free(hearing->history);
    free(hearing->utterance);
    free(hearing);
}

void hearing_set_mode(struct hearing *hearing, enum listener_mode mode)
{
    hearing->config.mode = mode;
    if (mode != LISTENER_ECHO)
        hearing->played.samples.count = 0;
    if (mode == LISTENER_ECHO && !hearing->echo) {
        const struct echo_config config = {.frame = ENDPOINT_FRAME,
                                           .tail_ms = ECHO_TAIL_MS,
                                           .delay_ms = hearing->delay_ms,
                                           .suppress = true};
        hearing->echo = echo_new(&config);
    }
}

void hearing_set_hangover(struct hearing *hearing, int ms)
{
    endpoint_set_hangover(hearing->endpoint, ms);
}

void hearing_set_room(struct hearing *hearing, int delay_ms, int tail_ms)
{
    const int delay = delay_ms > DELAY_MARGIN_MS ? delay_ms - DELAY_MARGIN_MS : 0;
    if (delay != hearing->delay_ms && hearing->echo)
        echo_set_delay(hearing->echo, delay);
    hearing->delay_ms = delay;
    hearing->tail_ms = tail_ms;
}

void hearing_played(struct hearing *hearing, const int16_t *samples, size_t count)
{
    hearing->played_count += count;
    if (hearing->config.mode == LISTENER_ECHO)
        resample_add(hearing->played.resample, samples, count, &hearing->played.samples);
}

void hearing_align(struct hearing *hearing, uint64_t played)
{
    const size_t waiting = hearing->played.samples.count;
    if (hearing->config.mode != LISTENER_ECHO || hearing->config.output_rate <= 0)
        return;
    /* Of the samples that wait, these were played since. */
    const uint64_t since = hearing->played_count > played ? hearing->played_count - played : 0;
    const double newer = (double)since * ENDPOINT_RATE / hearing->config.output_rate;
    /* An echo can be taken out only if what caused it is not given too late. */
    if ((double)waiting > newer + ALIGN_SLACK)
        stream_drop(&hearing->played, waiting - (size_t)newer);
}

/* Samples of the history, oldest first. */
static size_t copy_history(struct hearing *hearing, uint64_t from, uint64_t to)
{
    const size_t size = hearing->history_size;
    if (to - from > size)
        from = to - size;
    const size_t start = (size_t)(from % size), count = (size_t)(to - from);
    const size_t first = count < size - start ? count : size - start;
    memcpy(hearing->utterance, hearing->history + start, first * sizeof *hearing->history);
    memcpy(hearing->utterance + first, hearing->history,
           (count - first) * sizeof *hearing->history);
    return count;
}

static bool is_constant(const int16_t *frame)
{
    for (size_t i = 1; i < ENDPOINT_FRAME; i++)
        if (abs(frame[i] - frame[0]) > 1)
            return false;
    return true;
}

/* Digital silence around an utterance, where a recording was padded or the gate was shut, is no
 * room: it would spoil the mean that the recogniser takes over the utterance. */
static void trim(struct hearing_event *event)
{
    while (event->count >= ENDPOINT_FRAME && is_constant(event->samples)) {
        event->samples += ENDPOINT_FRAME;
        event->count -= ENDPOINT_FRAME;
    }
    while (event->count >= ENDPOINT_FRAME &&
           is_constant(event->samples + event->count - ENDPOINT_FRAME))
        event->count -= ENDPOINT_FRAME;
}

static double seconds(uint64_t samples)
{
    return (double)samples / ENDPOINT_RATE;
}

static void tell(struct hearing *hearing, enum endpoint_event what)
{
    struct hearing_event event = {.kind = HEARING_ONSET};
    uint64_t first, last, from, to;
    if (what == ENDPOINT_NOTHING)
        return;
    if (what == ENDPOINT_CANCEL)
        event.kind = HEARING_NOTHING;
    endpoint_speech(hearing->endpoint, &first, &last);
    if (what == ENDPOINT_BEGIN)
        hearing->during_speech = hearing->spoken > 0 && first <= hearing->spoken;
    if (what == ENDPOINT_PAUSE && seconds(last - first) > COMMAND_MOST)
        return;
    if (what == ENDPOINT_END || what == ENDPOINT_PAUSE) {
        endpoint_span(hearing->endpoint, &from, &to);
        event.kind = what == ENDPOINT_END ? HEARING_UTTERANCE : HEARING_PAUSE;
        event.count = copy_history(hearing, from, to);
        event.samples = hearing->utterance;
        trim(&event);
        event.lag_s = seconds(hearing->position - last);
    }
    event.start_s = seconds(first);
    event.end_s = seconds(last);
    event.during_speech = hearing->during_speech;
    hearing->going_on = what == ENDPOINT_BEGIN || what == ENDPOINT_PAUSE;
    hearing->began = first;
    hearing->config.sink(hearing->config.context, &event);
}

/* Somebody talks on: nobody is giving a command. What it was is still told at its end. */
static void give_up_if_long(struct hearing *hearing)
{
    const double length = seconds(hearing->position - hearing->began);
    if (!hearing->going_on || length <= COMMAND_MOST + GIVE_UP_MORE)
        return;
    const struct hearing_event event = {
        .kind = HEARING_NOTHING,
        .start_s = seconds(hearing->began),
        .end_s = seconds(hearing->position),
        .during_speech = hearing->during_speech,
    };
    hearing->going_on = false;
    hearing->config.sink(hearing->config.context, &event);
}

static bool is_shut(const struct hearing *hearing)
{
    const uint64_t tail = (uint64_t)hearing->tail_ms * (ENDPOINT_RATE / 1000);
    if (hearing->config.mode == LISTENER_OFF)
        return true;
    return hearing->config.mode == LISTENER_HALF && hearing->spoken > 0 &&
           hearing->position < hearing->spoken + tail;
}

static void cancel_echo(struct hearing *hearing, int16_t *frame)
{
    int16_t played[ENDPOINT_FRAME] = {0};
    const struct samples *samples = &hearing->played.samples;
    const size_t there = samples->count < ENDPOINT_FRAME ? samples->count : ENDPOINT_FRAME;
    if (there > 0)
        memcpy(played, samples->items, there * sizeof *played);
    stream_drop(&hearing->played, there);
    if (hearing->echo)
        echo_process(hearing->echo, frame, played, frame);
}

static void hear_frame(struct hearing *hearing, int16_t *frame, bool speaking)
{
    if (speaking)
        hearing->spoken = hearing->position + ENDPOINT_FRAME;
    if (hearing->config.mode == LISTENER_ECHO)
        cancel_echo(hearing, frame);
    /* Digital silence teaches the endpoint nothing about the room. */
    if (is_shut(hearing))
        memset(frame, 0, ENDPOINT_FRAME * sizeof *frame);
    for (size_t i = 0; i < ENDPOINT_FRAME; i++)
        hearing->history[(hearing->position + i) % hearing->history_size] = frame[i];
    hearing->position += ENDPOINT_FRAME;
    tell(hearing, endpoint_feed(hearing->endpoint, frame));
    give_up_if_long(hearing);
}

static void hear_frames(struct hearing *hearing, bool speaking)
{
    struct samples *samples = &hearing->captured.samples;
    size_t used = 0;
    for (; used + ENDPOINT_FRAME <= samples->count; used += ENDPOINT_FRAME)
        hear_frame(hearing, samples->items + used, speaking);
    stream_drop(&hearing->captured, used);
}

void hearing_feed(struct hearing *hearing, const int16_t *samples, size_t count, bool speaking)
{
    resample_add(hearing->captured.resample, samples, count, &hearing->captured.samples);
    hear_frames(hearing, speaking);
}

void hearing_finish(struct hearing *hearing)
{
    struct samples *samples = &hearing->captured.samples;
    resample_end(hearing->captured.resample, samples);
    /* The rest of the last frame is silence. */
    if (samples->count % ENDPOINT_FRAME)
        samples_add_silence(samples, ENDPOINT_FRAME - samples->count % ENDPOINT_FRAME);
    hear_frames(hearing, false);
    tell(hearing, endpoint_finish(hearing->endpoint));
}
