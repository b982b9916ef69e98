/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/audio_double.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MAX (48000 * AUDIO_DOUBLE_MS / 1000)

struct audio {
    struct audio_callbacks callbacks;
    bool output, input, started;
    int rate;
    size_t block;
    uint64_t output_beats, input_beats;
    uint64_t heard; /* samples */
};

struct audio_double audio_double;

void audio_double_reset(void)
{
    audio_double = (struct audio_double){
        .output_there = true, .input_there = true, .rate = AUDIO_DOUBLE_RATE, .now_ms = 1};
}

int64_t audio_double_now_ms(void)
{
    return audio_double.now_ms;
}

static int double_open(const struct audio_config *config, const struct audio_callbacks *callbacks,
                       struct audio **ret_audio, struct audio_format *ret_format, char **ret_error)
{
    bool output = config->want_output && audio_double.output_there;
    bool input = config->want_input && audio_double.input_there;
    audio_double.opened++;
    audio_double.latency_ms = config->latency_ms;
    audio_double.opened_device = audio_double.default_device;
    if (audio_double.busy || (!output && !input)) {
        *ret_error = xstrdup("double: no device");
        return -1;
    }
    struct audio *audio = xcalloc(1, sizeof *audio);
    audio->callbacks = *callbacks;
    audio->rate = audio_double.rate;
    audio->block = (size_t)audio->rate * AUDIO_DOUBLE_MS / 1000;
    audio->output = output;
    audio->input = input;
    audio_double.output_stands = audio_double.input_stands = false;
    audio_double.underruns = 0;
    *ret_audio = audio;
    *ret_format = (struct audio_format){
        .output_rate = output ? audio->rate : 0,
        .input_rate = input ? audio->rate : 0,
        .block = audio->block,
    };
    return 0;
}

static int double_start(struct audio *audio, char **ret_error)
{
    if (audio_double.start_fails) {
        *ret_error = xstrdup("double: does not start");
        return -1;
    }
    audio->started = true;
    return 0;
}

static void double_stop(struct audio *audio)
{
    audio->started = false;
}

static void double_close(struct audio *audio)
{
    audio_double.closed += audio != NULL;
    free(audio);
}

/* A voice, or a room that is never quite silent. */
static void make_input(struct audio *audio, int16_t *samples)
{
    static unsigned seed = 1;
    for (size_t i = 0; i < audio->block; i++) {
        double t = (double)audio->heard++ / audio->rate, value;
        seed = seed * 1664525u + 1013904223u;
        value = (double)(seed >> 24) / 16.0 - 8.0;
        for (int harmonic = 2; audio_double.loud && harmonic < 12; harmonic++)
            value += 500 * sin(6.2831853 * 130 * harmonic * t + harmonic);
        samples[i] = (int16_t)value;
    }
}

static int double_step(struct audio *audio)
{
    int16_t samples[BLOCK_MAX];
    audio_double.now_ms += AUDIO_DOUBLE_MS;
    if (audio->started && audio->output && audio_double.output_there &&
        !audio_double.output_stands) {
        audio->callbacks.render(audio->callbacks.context, samples, audio->block);
        audio->output_beats++;
        for (size_t i = 0; i < audio->block; i++)
            audio_double.rendered += samples[i] != 0;
    }
    if (audio->started && audio->input && audio_double.input_there && !audio_double.input_stands) {
        make_input(audio, samples);
        audio->callbacks.capture(audio->callbacks.context, samples, audio->block);
        audio->input_beats++;
    }
    return AUDIO_DOUBLE_MS;
}

static void double_health(const struct audio *audio, struct audio_health *ret_health)
{
    *ret_health = (struct audio_health){
        .output_beats = audio->output_beats,
        .input_beats = audio->input_beats,
        .underruns = audio_double.underruns,
    };
}

const struct audio_driver audio_double_driver = {
    .name = "double",
    .open = double_open,
    .start = double_start,
    .stop = double_stop,
    .close = double_close,
    .step = double_step,
    .health = double_health,
};
