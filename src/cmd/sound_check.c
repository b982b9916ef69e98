/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pasapas sound-check: how to listen with these devices: measured, told, and kept. */
#include "app/cli.h"
#include "app/duplex_choice.h"
#include "app/loading.h"
#include "app/pack_voice.h"
#include "app/sound.h"
#include "base/diag.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "cmd/audio_choices.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/pack.h"
#include "model/pack_choice.h"
#include "model/settings.h"
#include "store/learner_store.h"
#include "store/learners.h"
#include "store/settings_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOK_MS 50
/* Longer than the signal and all waiting for a microphone. */
#define STEPS_MAX 3000

struct job {
    const struct cli *cli;
    const char *audio, *input_device, *output_device;
    const char *learner;
    struct settings settings;
    struct pack *pack;              /* NULL: what was found is written only */
    char *input_file, *output_file; /* see audio_files() */
    const struct audio_backend *backend;
};

/* 0, or -1 if it is no sound we know. */
static int choose_backend(struct job *job)
{
    job->backend = audio_find(job->audio);
    if (!job->backend || !(job->backend->flags & AUDIO_FILES))
        return job->backend ? 0 : -1;
    audio_files(job->audio, &job->input_file, &job->output_file);
    return job->input_file && job->output_file ? 0 : -1;
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    return a ? a : b ? b : c;
}

static struct sound *open_sound(const struct job *job)
{
    struct sound *sound = NULL;
    char *error = NULL;
    const struct synth_config synth =
        job->pack ? pack_voice(job->pack) : (struct synth_config){.voice = NULL};
    const struct sound_config config = {
        .driver = job->backend->driver,
        .input = first_of(job->input_file, job->input_device, job->settings.input_device),
        .output = first_of(job->output_file, job->output_device, job->settings.output_device),
        .speak = job->pack != NULL,
        .listen = true,
        .measured = true,
        .pack = job->pack,
        .synth = synth_choose(&synth),
        .simulated = !(job->backend->flags & AUDIO_LIVE),
        .messages = job->cli->messages,
    };
    if (sound_open(&config, &sound, &error))
        fprintf(stderr, "%s\n", error);
    free(error);
    return sound;
}

/* Where another voice reads what is written, ours is silent. */
static void load_voice(struct job *job)
{
    char *folder = job->settings.speech == SPEECH_ESPEAK ? pack_choice(NULL) : NULL;
    if (folder)
        (void)loading_read_pack(job->cli->messages, folder, &job->pack);
    free(folder);
}

/* Lets time pass. */
static void step(const struct job *job, struct sound *sound)
{
    if (job->backend->flags & AUDIO_LIVE)
        usleep(LOOK_MS * 1000);
    else
        sound_step(sound);
}

/* As the session would say it, to its end. */
static void say(const struct job *job, struct sound *sound, char *sentence)
{
    struct speaker *speaker = sound_speaker(sound);
    const struct settings *settings = &job->settings;
    const struct utterance utterance = {.text = sentence, .rule = UTTERANCE_QUEUE};
    if (!speaker)
        return;
    const struct synth_params params = {
        .rate = settings->rate ? settings->rate : job->pack->rate,
        .pitch = settings->pitch,
        .volume = settings->volume,
    };
    speaker_set_params(speaker, &params);
    speaker_say(speaker, &utterance);
    for (int steps = 0; steps < STEPS_MAX && speaker_is_busy(speaker); steps++)
        step(job, sound);
    sound_stop(sound);
}

/* 0, or -1 if the signal could not be played to its end. */
static int measure(const struct job *job, struct sound *sound, struct echo_probe_result *ret_result)
{
    if (sound_check_start(sound)) {
        cli_error(job->cli, *sound_output_name(sound) ? MSG_NO_INPUT : MSG_NO_OUTPUT);
        return -1;
    }
    for (int steps = 0; steps < STEPS_MAX; steps++) {
        if (sound_check_result(sound, ret_result))
            return 0;
        step(job, sound);
    }
    cli_error(job->cli, MSG_SOUND_CHECK_STUCK);
    return -1;
}

static void print_figures(const struct job *job, const struct echo_probe_result *result)
{
    char delay[16], echo[16], noise[16];
    snprintf(delay, sizeof delay, "%d", result->delay_ms);
    snprintf(echo, sizeof echo, "%ld", lround(result->echo_db));
    snprintf(noise, sizeof noise, "%ld", lround(result->floor_db));
    if (result->heard)
        cli_print(job->cli, MSG_SOUND_CHECK_ECHO, "delay", delay, "echo", echo, "noise", noise);
    else
        cli_print(job->cli, MSG_SOUND_CHECK_NOISE_LEVEL, "noise", noise);
}

/* A device that was named is the one to be used from now on. */
static void set_device(char **device, const char *name)
{
    if (!name)
        return;
    free(*device);
    *device = xstrdup(name);
}

static int save(struct job *job, const char *path)
{
    char *aside;
    if (settings_save(path, &job->settings, job->cli->messages, &aside)) {
        cli_error(job->cli, MSG_FILE_UNWRITABLE, "file", path, "reason",
                  errno_words(job->cli->messages, errno));
        return CLI_FAILED;
    }
    if (aside)
        cli_print(job->cli, MSG_SETTINGS_ASIDE, "file", aside);
    free(aside);
    return CLI_OK;
}

static int keep(struct job *job, const struct sound *sound, const char *path,
                const struct echo_probe_result *result)
{
    char *output = xstrdup(sound_output_name(sound)), *input = xstrdup(sound_input_name(sound));
    const enum settings_duplex duplex = duplex_choice(result->finding);
    const struct settings_pair pair = {output, input, duplex, result->delay_ms, result->tail_ms};
    int code = CLI_OK;
    if (duplex != DUPLEX_AUTO) {
        set_device(&job->settings.input_device, job->input_device);
        set_device(&job->settings.output_device, job->output_device);
        settings_set_pair(&job->settings, &pair);
        code = save(job, path);
    }
    free(output);
    free(input);
    return code;
}

static int check(struct job *job)
{
    char *path = settings_path(job->learner);
    struct diags diags;
    struct echo_probe_result result;
    int code = CLI_FAILED;
    settings_init(&job->settings);
    diags_init(&diags, job->cli->messages);
    if (settings_load(path, &diags, &job->settings))
        diags_print(&diags, stderr);
    diags_free(&diags);
    load_voice(job);
    struct sound *sound = open_sound(job);
    if (sound && !measure(job, sound, &result)) {
        char *sentence = duplex_choice_sentence(job->cli->messages, &result);
        puts(sentence);
        print_figures(job, &result);
        (void)fflush(stdout); /* before it is heard */
        say(job, sound, sentence);
        free(sentence);
        code = keep(job, sound, path, &result);
        const int finished = cli_finish(job->cli);
        code = code ? code : finished;
    }
    sound_close(sound);
    pack_free(job->pack);
    settings_free(&job->settings);
    free(path);
    return code;
}

static const struct option_row rows[] = {
    OPTION_TEXT("input-device", struct job, input_device, MSG_VALUE_NAME,
                MSG_OPTION_INPUT_DEVICE_KEPT),
    OPTION_TEXT("output-device", struct job, output_device, MSG_VALUE_NAME,
                MSG_OPTION_OUTPUT_DEVICE_KEPT),
    OPTION_NAME("learner", struct job, learner, MSG_VALUE_NAME, MSG_OPTION_LEARNER),
    OPTION_CHECKED("audio", struct job, audio, audio_choices, audio_choices_accept,
                   MSG_OPTION_AUDIO),
    OPTION_END,
};

const struct option_table cmd_sound_check_options = {.help = MSG_HELP_SOUND_CHECK, .rows = rows};

int cmd_sound_check(const struct cli *cli, int argc, char **argv)
{
    struct job job = {.cli = cli, .learner = LEARNER_STORE_DEFAULT};
    int code = options_parse(cli, &cmd_sound_check_options, argc, argv, &job, NULL);
    if (code == OPTIONS_GO_ON && choose_backend(&job))
        code = cli_bad_value(cli, "--audio", job.audio);
    char *learner = learners_called(job.learner);
    job.learner = learner;
    if (code == OPTIONS_GO_ON)
        code = check(&job);
    free(learner);
    free(job.input_file);
    free(job.output_file);
    return code;
}
