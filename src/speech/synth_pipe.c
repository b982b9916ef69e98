/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * synth_pipe: speech by a program that the pack names: it is given a sentence on its standard input
 * and writes samples (16 bits, one channel) to its standard output until it ends. No shell is
 * asked.
 *
 * A sentence is a process, and the next one is started beforehand, so that a program which loads a
 * large voice has done so when it is wanted. Who interrupts is not kept waiting: the process is
 * killed. A program that fails, hangs, or floods loses its sentence to espeak-ng, so that something
 * is heard in any case.
 */
#include "base/mem.h"
#include "base/number.h"
#include "base/strbuf.h"
#include "base/timer.h"
#include "dsp/resample.h"
#include "speech/child.h"
#include "speech/synth.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How often it is looked whether the sentence is still wanted. */
#define LOOK_MS 20
/* Nothing comes for so long: it hangs. Loading a large voice takes some seconds. */
#define PATIENCE_MS 10000
/* No sentence is longer, however slowly it is said. */
#define SECONDS_MAX 180

/* So often in a row it may give nothing; then espeak-ng speaks at once, for nobody can wait
 * PATIENCE_MS before each sentence. */
#define FAILURES_MAX 2

#define PIECE 2048 /* samples */

struct synth {
    char **command; /* with names in braces, ended by NULL */
    size_t count;
    int rate;
    struct synth *espeak; /* in its place */
    struct child ready;   /* waits for a sentence, or none */
    char **ready_command; /* what it was started as */
    int failures;         /* in a row */
};

/* --- the command ------------------------------------------------------------------------------ */

struct value {
    const char *name;
    char text[24];
};

/* "{rate}" in a word of the command. */
static char *fill_in(const char *word, const struct value *values, size_t count)
{
    struct strbuf text = {0};
    while (*word) {
        size_t i = 0, length = 0;
        for (; i < count; i++) {
            length = strlen(values[i].name);
            if (!strncmp(word, values[i].name, length))
                break;
        }
        if (i < count) {
            strbuf_add(&text, values[i].text);
            word += length;
        } else {
            strbuf_add_char(&text, *word++);
        }
    }
    return strbuf_take(&text);
}

/* The arguments of a process that speaks like this; ended by NULL. */
static char **arguments_for(const struct synth *synth, const struct synth_params *params)
{
    struct value values[] = {{"{rate}", ""}, {"{length}", ""}, {"{pitch}", ""}};
    const int rate = number_clamp(params->rate, VOICE_RATE_MIN, VOICE_RATE_MAX);
    const int length = SYNTH_NORMAL_RATE * 100 / rate;
    snprintf(values[0].text, sizeof values[0].text, "%d", rate);
    snprintf(values[1].text, sizeof values[1].text, "%d.%02d", length / 100, length % 100);
    snprintf(values[2].text, sizeof values[2].text, "%d",
             number_clamp(params->pitch, VOICE_PITCH_MIN, VOICE_PITCH_MAX));
    char **arguments = xcalloc(synth->count + 1, sizeof *arguments);
    for (size_t i = 0; i < synth->count; i++)
        arguments[i] = fill_in(synth->command[i], values, COUNT_OF(values));
    return arguments;
}

static bool is_same(char **a, char **b, size_t count)
{
    for (size_t i = 0; a && b && i < count; i++)
        if (strcmp(a[i], b[i]))
            return false;
    return a && b;
}

/* --- processes -------------------------------------------------------------------------------- */

static void drop_ready(struct synth *synth)
{
    child_kill(&synth->ready);
    mem_free_texts(synth->ready_command, synth->ready_command ? synth->count : 0);
    synth->ready_command = NULL;
}

/* One that speaks like this: the one that waits, or a new one. Takes the arguments over. */
static int take_ready(struct synth *synth, char **arguments, struct child *ret_child)
{
    if (!child_is_there(&synth->ready) || !is_same(arguments, synth->ready_command, synth->count)) {
        drop_ready(synth);
        synth->ready_command = arguments;
        if (child_start(arguments, &synth->ready))
            return -1;
    } else {
        mem_free_texts(arguments, synth->count);
    }
    *ret_child = synth->ready;
    synth->ready = CHILD_NONE;
    return 0;
}

/* --- a sentence ------------------------------------------------------------------------------- */

struct saying {
    synth_sink sink;
    void *context;
    int volume;
    size_t samples, most;
    unsigned char half; /* of a sample that came in two pieces */
    bool has_half;
};

static bool hand_over(struct saying *saying, const unsigned char *bytes, size_t count)
{
    int16_t samples[PIECE + 1];
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        if (!saying->has_half) {
            saying->half = bytes[i];
            saying->has_half = true;
            continue;
        }
        const int value = (int16_t)(uint16_t)(saying->half | bytes[i] << 8);
        samples[made++] = (int16_t)number_clamp(value * saying->volume / 100, INT16_MIN, INT16_MAX);
        saying->has_half = false;
    }
    saying->samples += made;
    return saying->sink(saying->context, samples, made);
}

enum outcome { MADE, UNWANTED, FAILED };

/* Reads until the program is silent for good. */
static enum outcome read_samples(const struct child *child, struct saying *saying)
{
    unsigned char bytes[2 * PIECE];
    for (int64_t last = timer_now(); timer_now() - last < PATIENCE_MS;) {
        struct pollfd poller = {.fd = child->output, .events = POLLIN};
        if (poll(&poller, 1, LOOK_MS) <= 0) {
            if (!saying->sink(saying->context, NULL, 0))
                return UNWANTED;
            continue;
        }
        const ssize_t got = read(child->output, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got ? FAILED : MADE;
        if (!hand_over(saying, bytes, (size_t)got))
            return UNWANTED;
        if (saying->samples > saying->most)
            return FAILED;
        last = timer_now();
    }
    return FAILED;
}

/* Everything that it has to say stands in one line. */
static int write_sentence(struct child *child, const char *sentence)
{
    char *line = xasprintf("%s\n", sentence);
    for (char *c = line; c[0] && c[1]; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    const int result = child_write(child, line, strlen(line));
    free(line);
    return result;
}

static enum outcome say_by(struct child *child, const char *sentence, struct saying *saying)
{
    if (write_sentence(child, sentence)) {
        child_kill(child);
        return FAILED;
    }
    const enum outcome outcome = read_samples(child, saying);
    if (outcome != MADE) {
        child_kill(child);
        return outcome;
    }
    return child_end(child) || !saying->samples ? FAILED : MADE;
}

/* --- instead of it ---------------------------------------------------------------------------- */

struct instead {
    struct resample *resample;
    struct samples made;
    synth_sink sink;
    void *context;
};

static bool hand_on(struct instead *instead)
{
    const bool wanted = instead->sink(instead->context, instead->made.items, instead->made.count);
    instead->made.count = 0;
    return wanted;
}

static bool take_espeak(void *context, const int16_t *samples, size_t count)
{
    struct instead *instead = context;
    resample_add(instead->resample, samples, count, &instead->made);
    return hand_on(instead);
}

static int say_instead(struct synth *synth, const char *sentence, const struct synth_params *params,
                       synth_sink sink, void *context)
{
    if (!synth->espeak)
        return -1;
    struct synth_params plain = *params;
    struct instead instead = {.sink = sink, .context = context};
    *plain.variant = '\0';
    instead.resample = resample_new(synth_espeak.rate(synth->espeak), synth->rate);
    const int result =
        synth_espeak.say(synth->espeak, sentence, &plain, take_espeak, NULL, &instead);
    resample_end(instead.resample, &instead.made);
    (void)hand_on(&instead);
    resample_free(instead.resample);
    samples_free(&instead.made);
    return result;
}

/* --- the driver ------------------------------------------------------------------------------- */

static int pipe_say(struct synth *synth, const char *sentence, const struct synth_params *params,
                    synth_sink sink, synth_word word, void *context)
{
    struct child child = CHILD_NONE;
    struct saying saying = {
        .sink = sink,
        .context = context,
        .volume = number_clamp(params->volume, VOICE_VOLUME_MIN, VOICE_VOLUME_MAX),
        .most = (size_t)synth->rate * SECONDS_MAX,
    };
    (void)word;
    if (synth->espeak && synth->failures >= FAILURES_MAX)
        return say_instead(synth, sentence, params, sink, context);
    const enum outcome outcome = take_ready(synth, arguments_for(synth, params), &child)
                                     ? FAILED
                                     : say_by(&child, sentence, &saying);
    synth->failures = outcome == FAILED ? synth->failures + 1 : 0;
    /* What was begun is not said twice. */
    if (outcome == FAILED && !saying.samples)
        return say_instead(synth, sentence, params, sink, context);
    if (outcome != FAILED)
        (void)child_start(synth->ready_command, &synth->ready);
    return 0;
}

static void pipe_close(struct synth *synth)
{
    if (!synth)
        return;
    drop_ready(synth);
    synth_espeak.close(synth->espeak);
    free(synth);
}

static int pipe_open(const struct synth_config *config, struct synth **ret_synth)
{
    struct synth *synth = xcalloc(1, sizeof *synth);
    *synth = (struct synth){.command = config->command,
                            .count = config->command_count,
                            .rate = config->command_rate,
                            .ready = CHILD_NONE};
    if (synth_espeak.open(config, &synth->espeak))
        synth->espeak = NULL;
    *ret_synth = synth;
    return 0;
}

static int pipe_rate(const struct synth *synth)
{
    return synth->rate;
}

static bool pipe_is_for(const struct synth_config *config)
{
    return config->command_count;
}

const struct synth_driver synth_pipe = {
    .name = "pipe",
    .is_for = pipe_is_for,
    .open = pipe_open,
    .rate = pipe_rate,
    .say = pipe_say,
    .close = pipe_close,
};
