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
#define COMMAND_MOST 3.0
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
    struct front_end *hearing = xcalloc(1, sizeof *hearing);
    hearing->config = *config;
    hearing->resample =
        resample_new(config->input_rate > 0 ? config->input_rate : LISTENING_RATE, LISTENING_RATE);
    hearing->endpoint = endpoint_new(&config->endpoint);
    hearing->history_size =
        (size_t)(config->endpoint.maximum_ms + HISTORY_MORE_MS) * (LISTENING_RATE / 1000);
    hearing->history = xcalloc(hearing->history_size, sizeof *hearing->history);
    hearing->utterance = xcalloc(hearing->history_size, sizeof *hearing->utterance);
    hearing->tail_ms = FRONT_END_TAIL_MS;
    front_end_set_mode(hearing, config->mode);
    return hearing;
}

void front_end_free(struct front_end *hearing)
{
    if (!hearing)
        return;
    endpoint_free(hearing->endpoint);
    echo_free(hearing->echo);
    resample_free(hearing->resample);
    samples_free(&hearing->captured);
    free(hearing->history);
    free(hearing->utterance);
    free(hearing);
}

void front_end_set_mode(struct front_end *hearing, enum listener_mode mode)
{
    hearing->config.mode = mode;
    if (mode != LISTENER_ECHO) {
        /* What is played meanwhile is not followed. */
        echo_free(hearing->echo);
        hearing->echo = NULL;
    } else if (!hearing->echo && hearing->config.output_rate > 0) {
        const struct echo_config config = {.played_rate = hearing->config.output_rate,
                                           .tail_ms = ECHO_TAIL_MS,
                                           .delay_ms = hearing->delay_ms};
        hearing->echo = echo_new(&config);
    }
}

void front_end_set_hangover(struct front_end *hearing, int ms)
{
    endpoint_set_hangover(hearing->endpoint, ms);
}

void front_end_set_room(struct front_end *hearing, int delay_ms, int tail_ms)
{
    const int delay = delay_ms > DELAY_MARGIN_MS ? delay_ms - DELAY_MARGIN_MS : 0;
    if (delay != hearing->delay_ms && hearing->echo)
        echo_set_delay(hearing->echo, delay);
    hearing->delay_ms = delay;
    hearing->tail_ms = tail_ms;
}

void front_end_set_output_rate(struct front_end *hearing, int rate)
{
    hearing->config.output_rate = rate;
    echo_free(hearing->echo);
    hearing->echo = NULL;
    front_end_set_mode(hearing, hearing->config.mode);
}

void front_end_played(struct front_end *hearing, const int16_t *samples, size_t count)
{
    if (hearing->echo)
        echo_played(hearing->echo, samples, count);
}

void front_end_align(struct front_end *hearing, uint64_t newer)
{
    if (hearing->echo)
        echo_align(hearing->echo, newer);
}

/* Samples of the history, oldest first. */
static size_t copy_history(struct front_end *hearing, uint64_t from, uint64_t to)
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

static void tell(struct front_end *hearing, enum endpoint_event what)
{
    struct front_end_event event = {.kind = FRONT_END_ONSET};
    uint64_t first, last, from, to;
    if (what == ENDPOINT_NOTHING)
        return;
    if (what == ENDPOINT_CANCEL)
        event.kind = FRONT_END_NOTHING;
    endpoint_speech(hearing->endpoint, &first, &last);
    if (what == ENDPOINT_BEGIN) {
        hearing->during_speech = hearing->spoken > 0 && first <= hearing->spoken;
        hearing->over_others = (!hearing->spoken || first > hearing->spoken + OWN_SOUND) &&
                               hearing->echo && echo_is_sounding(hearing->echo);
    }
    /* Whoever wants the voice to stop is not to be kept waiting. */
    if (what == ENDPOINT_BEGIN)
        endpoint_set_early(hearing->endpoint, hearing->during_speech);
    if (what == ENDPOINT_PAUSE && seconds(last - first) > COMMAND_MOST)
        return;
    if (what == ENDPOINT_END || what == ENDPOINT_PAUSE) {
        endpoint_span(hearing->endpoint, &from, &to);
        event.kind = what == ENDPOINT_END ? FRONT_END_UTTERANCE : FRONT_END_PAUSE;
        event.count = copy_history(hearing, from, to);
        event.samples = hearing->utterance;
        trim(&event);
        event.lag_s = seconds(hearing->position - last);
    }
    event.start_s = seconds(first);
    event.end_s = seconds(last);
    event.during_speech = hearing->during_speech;
    event.over_others = hearing->over_others;
    hearing->going_on = what == ENDPOINT_BEGIN || what == ENDPOINT_PAUSE;
    hearing->began = first;
    hearing->config.sink(hearing->config.context, &event);
}

/* Somebody talks on: nobody is giving a command. What it was is still told at its end. */
static void give_up_if_long(struct front_end *hearing)
{
    const double length = seconds(hearing->position - hearing->began);
    if (!hearing->going_on || length <= COMMAND_MOST + GIVE_UP_MORE)
        return;
    const struct front_end_event event = {
        .kind = FRONT_END_NOTHING,
        .start_s = seconds(hearing->began),
        .end_s = seconds(hearing->position),
        .during_speech = hearing->during_speech,
    };
    hearing->going_on = false;
    hearing->config.sink(hearing->config.context, &event);
}

static bool is_shut(const struct front_end *hearing)
{
    const uint64_t tail = (uint64_t)hearing->tail_ms * (LISTENING_RATE / 1000);
    if (hearing->config.mode == LISTENER_OFF)
        return true;
    return hearing->config.mode == LISTENER_HALF && hearing->spoken > 0 &&
           hearing->position < hearing->spoken + tail;
}

static void keep(struct front_end *hearing, const int16_t *frame)
{
    for (size_t i = 0; i < LISTENING_FRAME; i++)
        hearing->history[(hearing->position + i) % hearing->history_size] = frame[i];
    hearing->position += LISTENING_FRAME;
}

/* Where nobody is heard but the echo the endpoint is given digital silence: it teaches it nothing
 * about the room. */
static void hear_frame(struct front_end *hearing, int16_t *frame, bool speaking)
{
    int16_t judged[LISTENING_FRAME] = {0};
    bool somebody = true;
    if (speaking)
        hearing->spoken = hearing->position + LISTENING_FRAME;
    if (is_shut(hearing))
        memset(frame, 0, LISTENING_FRAME * sizeof *frame);
    else if (hearing->echo)
        somebody = echo_process(hearing->echo, frame, frame);
    if (somebody)
        memcpy(judged, frame, sizeof judged);
    keep(hearing, frame);
    tell(hearing, endpoint_feed(hearing->endpoint, judged));
    give_up_if_long(hearing);
}

static void hear_frames(struct front_end *hearing, bool speaking)
{
    struct samples *samples = &hearing->captured;
    size_t used = 0;
    for (; used + LISTENING_FRAME <= samples->count; used += LISTENING_FRAME)
        hear_frame(hearing, samples->items + used, speaking);
    samples_drop(samples, used);
}

void front_end_feed(struct front_end *hearing, const int16_t *samples, size_t count, bool speaking)
{
    resample_add(hearing->resample, samples, count, &hearing->captured);
    hear_frames(hearing, speaking);
}

void front_end_finish(struct front_end *hearing)
{
    struct samples *samples = &hearing->captured;
    resample_end(hearing->resample, samples);
    /* The rest of the last frame is silence. */
    if (samples->count % LISTENING_FRAME)
        samples_add_silence(samples, LISTENING_FRAME - samples->count % LISTENING_FRAME);
    hear_frames(hearing, false);
    tell(hearing, endpoint_finish(hearing->endpoint));
}
