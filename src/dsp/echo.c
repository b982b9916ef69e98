/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/echo.h"

#include "base/mem.h"
#include "base/number.h"
#include "dsp/echo_alignment.h"
#include "dsp/echo_residue.h"
#include "dsp/resample.h"
#include "dsp/stretch.h"

#include <math.h>
#include <speex/speex_echo.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES_PER_MS (LISTENING_RATE / 1000)

/* Callbacks come in blocks, and a sound server's unevenly: 60 ms. The filter would have to learn
 * anew after each correction. */
#define ALIGN_SLACK (60 * SAMPLES_PER_MS)

/* An echo that comes so early or so late in the filter is brought to this place, and the filter
 * begins anew: before a peak there may be some more, after it the room rings. */
#define LEAD     (20 * SAMPLES_PER_MS)
#define LEAD_MIN (5 * SAMPLES_PER_MS)
#define LEAD_MAX (60 * SAMPLES_PER_MS)
/* The same delay twice, within this, is one. */
#define SAME_DELAY SAMPLES_PER_MS

/* The filter rests when nothing was played for so long beyond its length: nothing comes back. */
#define REST_MORE (LISTENING_RATE / 2)

/* A microphone's constant offset is taken out first, so that it makes no step where the filter
 * rests: a high-pass of the first order at 13 Hz (1 - 2 pi 13 / 16000). */
#define OFFSET_POLE 0.995

/* Less drift than this the filter follows by itself, millionths: a sample in two minutes. */
#define DRIFT_MIN 0.5
/* Of what is left of the drift this much is corrected, after the first time. */
#define DRIFT_STEP 0.5

struct echo {
    SpeexEchoState *filter;
    struct echo_alignment *alignment;
    struct echo_residue residue;
    struct resample *resample;
    struct stretch *stretch;
    struct samples played;  /* at LISTENING_RATE of the loudspeaker's clock, on their way */
    struct samples waiting; /* played, at LISTENING_RATE, not used yet */
    int played_rate;
    double drift; /* compensated, millionths */
    bool has_drift;
    double last_delay;            /* measured with the block before, samples; negative: none */
    double offset_in, offset_out; /* of the last sample, before and after the high-pass */
    size_t tail, silent;          /* samples: of the filter, and how long nothing was played */
    bool located;                 /* `delay` fits what was measured */
    long delay;                   /* samples for which what was played is held back */
    /* The last samples played, as a ring: `newest` is where the next one goes. */
    int16_t *line;
    size_t line_size;
    size_t newest;
    int16_t now[LISTENING_FRAME];  /* the frame played */
    int16_t late[LISTENING_FRAME]; /* the frame played `delay` ago */
};

struct echo *echo_new(const struct echo_config *config)
{
    if (config->played_rate < 1)
        return NULL;
    struct echo *echo = xcalloc(1, sizeof *echo);
    int rate = LISTENING_RATE;
    int tail = number_clamp(config->tail_ms, 32, 500) * SAMPLES_PER_MS;
    echo->played_rate = config->played_rate;
    echo->tail = (size_t)tail;
    echo->filter = speex_echo_state_init(LISTENING_FRAME, tail);
    speex_echo_ctl(echo->filter, SPEEX_ECHO_SET_SAMPLING_RATE, &rate);
    echo->alignment = echo_alignment_new();
    echo->resample = resample_new(config->played_rate, LISTENING_RATE);
    echo->stretch = stretch_new();
    echo_residue_init(&echo->residue);
    echo->line_size = ECHO_DELAY_MAX_MS * SAMPLES_PER_MS + LISTENING_FRAME;
    echo->line = xcalloc(echo->line_size, sizeof *echo->line);
    echo->last_delay = -1;
    echo_set_delay(echo, config->delay_ms);
    return echo;
}

void echo_free(struct echo *echo)
{
    if (!echo)
        return;
    speex_echo_state_destroy(echo->filter);
    echo_alignment_free(echo->alignment);
    resample_free(echo->resample);
    stretch_free(echo->stretch);
    samples_free(&echo->played);
    samples_free(&echo->waiting);
    free(echo->line);
    free(echo);
}

/* --- what was played, on the microphone's clock ----------------------------------------------- */

void echo_played(struct echo *echo, const int16_t *samples, size_t count)
{
    resample_add(echo->resample, samples, count, &echo->played);
    stretch_add(echo->stretch, echo->played.items, echo->played.count, &echo->waiting);
    echo->played.count = 0;
}

static void hold_back(struct echo *echo, long samples)
{
    const long most = ECHO_DELAY_MAX_MS * SAMPLES_PER_MS;
    echo->delay = samples < 0 ? 0 : samples > most ? most : samples;
}

/* What is given so much sooner is held back for as much longer: the filter sees no change. */
static void give_sooner(struct echo *echo, long samples)
{
    if (echo->located)
        hold_back(echo, echo->delay + samples);
    echo->last_delay = -1;
    echo_alignment_reset(echo->alignment);
}

void echo_align(struct echo *echo, uint64_t newer)
{
    const double there = (double)newer * LISTENING_RATE / echo->played_rate;
    if ((double)echo->waiting.count <= there + ALIGN_SLACK)
        return;
    const size_t drop = echo->waiting.count - (size_t)there;
    samples_drop(&echo->waiting, drop);
    give_sooner(echo, (long)drop);
}

/* The next frame of what was played. Never half a frame: what waits is then a reserve, as the next
 * block may be late again. */
static void take_played(struct echo *echo)
{
    memset(echo->now, 0, sizeof echo->now);
    if (echo->waiting.count >= LISTENING_FRAME) {
        memcpy(echo->now, echo->waiting.items, LISTENING_FRAME * sizeof *echo->now);
        samples_drop(&echo->waiting, LISTENING_FRAME);
    } else if (echo->waiting.count > 0) {
        give_sooner(echo, -LISTENING_FRAME);
    }
}

/* Takes the frame into the line and leaves the one of `delay` ago in `late`. */
static void delay_played(struct echo *echo)
{
    const size_t frame = LISTENING_FRAME, size = echo->line_size;
    const size_t from = (echo->newest + size - (size_t)echo->delay) % size;
    for (size_t i = 0; i < frame; i++)
        echo->line[(echo->newest + i) % size] = echo->now[i];
    for (size_t i = 0; i < frame; i++)
        echo->late[i] = echo->line[(from + i) % size];
    echo->newest = (echo->newest + frame) % size;
}

/* --- what was measured ------------------------------------------------------------------------ */

static void follow_delay(struct echo *echo)
{
    double delay;
    if (!echo_alignment_delay(echo->alignment, &delay))
        return;
    const bool sure = echo->last_delay >= 0 && fabs(delay - echo->last_delay) < SAME_DELAY;
    echo->last_delay = delay;
    if (!sure)
        return;
    const long lead = lrint(delay) - echo->delay;
    echo->located = true;
    if ((lead >= LEAD_MIN || echo->delay == 0) && lead <= LEAD_MAX)
        return;
    hold_back(echo, echo->delay + lead - LEAD);
    speex_echo_state_reset(echo->filter);
}

static void follow_drift(struct echo *echo)
{
    double left;
    if (!echo_alignment_drift(echo->alignment, &left) || fabs(left) < DRIFT_MIN)
        return;
    echo->drift += echo->has_drift ? DRIFT_STEP * left : left;
    echo->drift = fmax(-ECHO_ALIGNMENT_DRIFT_MAX, fmin(ECHO_ALIGNMENT_DRIFT_MAX, echo->drift));
    echo->has_drift = true;
    stretch_set(echo->stretch, echo->drift);
    echo_alignment_interrupt(echo->alignment);
}

/* dB over one unit of amplitude. */
static double level_db(const int16_t *samples, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)samples[i] * samples[i];
    return 10 * log10(sum / (double)count + 1);
}

static void take_offset_out(struct echo *echo, const int16_t *microphone, int16_t *ret_level)
{
    for (size_t i = 0; i < LISTENING_FRAME; i++) {
        const double in = microphone[i];
        echo->offset_out = in - echo->offset_in + OFFSET_POLE * echo->offset_out;
        echo->offset_in = in;
        ret_level[i] = (int16_t)lrint(fmax(INT16_MIN, fmin(INT16_MAX, echo->offset_out)));
    }
}

static bool is_resting(struct echo *echo)
{
    bool silent = true;
    for (size_t i = 0; silent && i < LISTENING_FRAME; i++)
        silent = !echo->late[i];
    echo->silent = silent ? echo->silent + LISTENING_FRAME : 0;
    return echo->silent > echo->tail + REST_MORE;
}

bool echo_process(struct echo *echo, const int16_t *microphone, int16_t *ret_clean)
{
    int16_t level[LISTENING_FRAME];
    take_played(echo);
    delay_played(echo);
    take_offset_out(echo, microphone, level);
    if (is_resting(echo)) {
        echo_alignment_interrupt(echo->alignment);
        memcpy(ret_clean, level, LISTENING_FRAME * sizeof *ret_clean);
        return true;
    }
    if (echo_alignment_feed(echo->alignment, echo->now, level, LISTENING_FRAME)) {
        follow_delay(echo);
        follow_drift(echo);
    }
    speex_echo_cancellation(echo->filter, level, echo->late, ret_clean);
    return echo_residue_stands_out(&echo->residue, level_db(echo->late, LISTENING_FRAME),
                                   level_db(ret_clean, LISTENING_FRAME));
}

void echo_set_delay(struct echo *echo, int delay_ms)
{
    echo->located = false;
    hold_back(echo, (long)number_clamp(delay_ms, 0, ECHO_DELAY_MAX_MS) * SAMPLES_PER_MS);
}

bool echo_is_sounding(const struct echo *echo)
{
    return echo->silent <= echo->tail;
}

double echo_drift(const struct echo *echo)
{
    return echo->drift;
}
