/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/sentence_maker.h"

#include "base/mem.h"
#include "dsp/earcon.h"
#include "dsp/playout.h"
#include "dsp/resample.h"
#include "reading/reading.h"
#include "speech/word_marks.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Sentences in a row that the engine may fail at before it counts as broken. */
#define FAILURES_MAX 3

/* Samples of a sentence that are made but not yet in the playout. */
struct pending {
    size_t gap; /* samples of silence for a turn, before the others */
    struct samples samples;
    size_t start;
    uint64_t sentence; /* 0: none */
    uint32_t generation;
    bool complete; /* the engine has made all of it */
};

struct sentence_maker {
    const struct synth_driver *driver;
    struct synth_config config;
    const struct reading_rules *reading;
    struct playout *playout;
    struct word_marks *marks;
    atomic_bool broken;
    struct synth *synth;
    bool opened;
    int failures;
    bool gap_owed; /* before the next sentence */
    struct resample *resample;
    int resample_from;
    int resample_to;
    struct pending pending;
};

/* A sentence that is being made. */
struct making {
    struct sentence_maker *maker;
    uint32_t generation;
    uint64_t sentence;
    size_t before; /* samples of silence before its first word */
};

struct sentence_maker *sentence_maker_new(const struct sentence_maker_config *config)
{
    struct sentence_maker *maker = xcalloc(1, sizeof *maker);
    maker->driver = config->driver;
    maker->config = *config->synth;
    maker->reading = config->reading;
    maker->playout = config->playout;
    maker->marks = config->marks;
    atomic_init(&maker->broken, false);
    return maker;
}

void sentence_maker_free(struct sentence_maker *maker)
{
    if (!maker)
        return;
    if (maker->synth)
        maker->driver->close(maker->synth);
    samples_free(&maker->pending.samples);
    resample_free(maker->resample);
    free(maker);
}

void sentence_maker_open(struct sentence_maker *maker)
{
    if (maker->opened)
        return;
    maker->opened = true;
    if (maker->driver->open(&maker->config, &maker->synth))
        atomic_store(&maker->broken, true);
}

bool sentence_maker_works(const struct sentence_maker *maker)
{
    return !atomic_load(&maker->broken);
}

void sentence_maker_rest(struct sentence_maker *maker)
{
    maker->gap_owed = false;
}

/* --- into the playout ------------------------------------------------------------------------- */

/* True when nothing of it is left. */
static bool flush_pending(struct sentence_maker *maker)
{
    struct pending *pending = &maker->pending;
    pending->gap -=
        playout_write_gap(maker->playout, pending->generation, pending->sentence, pending->gap);
    if (pending->gap > 0)
        return false;
    size_t left = pending->samples.count - pending->start;
    size_t taken = playout_write(maker->playout, pending->generation, pending->sentence,
                                 pending->samples.items + pending->start, left);
    pending->start += taken;
    if (taken < left)
        return false;
    pending->samples.count = 0;
    pending->start = 0;
    if (!pending->complete)
        return true;
    if (!playout_end(maker->playout, pending->generation, pending->sentence))
        return false;
    pending->sentence = 0;
    return true;
}

static void drop_pending(struct pending *pending)
{
    pending->gap = 0;
    pending->samples.count = 0;
    pending->start = 0;
    pending->sentence = 0;
}

bool sentence_maker_flush(struct sentence_maker *maker, uint32_t generation)
{
    struct pending *pending = &maker->pending;
    if (pending->sentence && pending->generation != generation) {
        drop_pending(pending);
        maker->gap_owed = false;
    }
    return !pending->sentence || flush_pending(maker);
}

/* --- making ----------------------------------------------------------------------------------- */

/* The engine's sink. It never waits: what the playout has no room for stays pending. */
static bool take_samples(void *context, const int16_t *samples, size_t count)
{
    const struct making *making = context;
    struct sentence_maker *maker = making->maker;
    if (playout_generation(maker->playout) != making->generation)
        return false;
    if (count)
        resample_add(maker->resample, samples, count, &maker->pending.samples);
    flush_pending(maker);
    return true;
}

static void take_word(void *context, size_t character, int ms)
{
    const struct making *making = context;
    const struct sentence_maker *maker = making->maker;
    word_marks_add(maker->marks, making->sentence, character,
                   making->before + (size_t)ms * (size_t)maker->resample_to / 1000);
}

static void prepare_resample(struct sentence_maker *maker, int from, int to)
{
    if (maker->resample && maker->resample_from == from && maker->resample_to == to) {
        resample_reset(maker->resample);
        return;
    }
    resample_free(maker->resample);
    maker->resample = resample_new(from, to);
    maker->resample_from = from;
    maker->resample_to = to;
}

/* Returns its samples. */
static size_t add_gap(struct pending *pending, const struct sentence_job *job)
{
    int rate = job->params.rate > 0 ? job->params.rate : SENTENCE_MAKER_RATE;
    long ms = (long)job->gap_ms * SENTENCE_MAKER_RATE / rate, most = 2L * job->gap_ms;
    ms = ms < most ? ms : most;
    const long all = ms > job->turn_ms ? ms : job->turn_ms;
    const size_t count = (size_t)all * (size_t)job->output_rate / 1000;
    if (job->turn_ms)
        pending->gap = count;
    else
        samples_add_silence(&pending->samples, count);
    return count;
}

static void speak(struct sentence_maker *maker, const struct sentence_job *job)
{
    struct making making = {maker, job->generation, job->number, 0};
    prepare_resample(maker, maker->driver->rate(maker->synth), job->output_rate);
    if (maker->gap_owed)
        making.before = add_gap(&maker->pending, job);
    word_marks_begin(maker->marks, job->number);
    char *text = reading_pronounce(maker->reading, job->text);
    int result =
        maker->driver->say(maker->synth, text, &job->params, take_samples, take_word, &making);
    free(text);
    maker->failures = result ? maker->failures + 1 : 0;
    if (maker->failures >= FAILURES_MAX)
        atomic_store(&maker->broken, true);
    resample_end(maker->resample, &maker->pending.samples);
    maker->gap_owed = true;
}

static void sound(struct sentence_maker *maker, const struct sentence_job *job)
{
    int16_t *samples = NULL;
    size_t count = earcon_make(job->text, job->output_rate, job->params.volume, &samples);
    samples_add(&maker->pending.samples, samples, count);
    free(samples);
    maker->gap_owed = false;
}

void sentence_maker_make(struct sentence_maker *maker, const struct sentence_job *job)
{
    struct pending *pending = &maker->pending;
    drop_pending(pending);
    pending->sentence = job->number;
    pending->generation = job->generation;
    pending->complete = false;
    if (job->kind == UTTERANCE_EARCON)
        sound(maker, job);
    else
        speak(maker, job);
    pending->complete = true;
    flush_pending(maker);
}
