/* pasapas sound-check: how to listen with these devices: measured, told, and kept. */
#include "app/cli.h"
#include "app/sound.h"
#include "base/diag.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/paths.h"
#include "dsp/echo_probe.h"
#include "model/pack.h"
#include "model/settings.h"
#include "store/learner_store.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOK_MS     50
#define USUAL_VOICE "fr"
/* Longer than the signal and all waiting for a microphone. */
#define STEPS_MAX 3000

enum { OPT_AUDIO = 256, OPT_INPUT_DEVICE, OPT_OUTPUT_DEVICE, OPT_LEARNER };

static const struct option long_options[] = {
    {"audio", required_argument, NULL, OPT_AUDIO},
    {"input-device", required_argument, NULL, OPT_INPUT_DEVICE},
    {"output-device", required_argument, NULL, OPT_OUTPUT_DEVICE},
    {"learner", required_argument, NULL, OPT_LEARNER},
    {"help", no_argument, NULL, 'h'},
    {0},
};

struct job {
    const struct cli *cli;
    const char *audio, *input_device, *output_device;
    const char *learner;
    struct settings settings;
    struct pack *pack;              /* NULL: what was found is written only */
    char *input_file, *output_file; /* of "wav:IN,OUT" */
    const struct audio_driver *driver;
};

/* 0, or -1 if it is no sound we know. */
static int choose_driver(struct job *job)
{
    job->driver = &audio_portaudio;
    if (!strcmp(job->audio, "portaudio"))
        return 0;
    job->driver = &audio_null;
    if (!strcmp(job->audio, "null"))
        return 0;
    job->driver = &audio_wav;
    const char *files = job->audio + strlen("wav:");
    const char *comma = !strncmp(job->audio, "wav:", strlen("wav:")) ? strrchr(files, ',') : NULL;
    if (!comma || comma == files || !comma[1])
        return -1;
    job->input_file = xstrndup(files, (size_t)(comma - files));
    job->output_file = xstrdup(comma + 1);
    return 0;
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    return a ? a : b ? b : c;
}

static struct sound *open_sound(const struct job *job)
{
    struct sound *sound = NULL;
    char *error = NULL;
    const bool device = job->driver == &audio_portaudio;
    const struct sound_config config = {
        .driver = job->driver,
        .input = first_of(job->input_file, job->input_device, job->settings.input_device),
        .output = first_of(job->output_file, job->output_device, job->settings.output_device),
        .speak = job->pack != NULL,
        .listen = true,
        .measured = true,
        .pack = job->pack,
        .synth = &synth_espeak,
        .simulated = !device,
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
    char *folder = job->settings.speech == SPEECH_ESPEAK ? paths_pack(USUAL_VOICE) : NULL;
    struct diags diags;
    diags_init(&diags, job->cli->messages);
    if (folder && pack_load(folder, &diags, &job->pack))
        diags_print(&diags, stderr);
    diags_free(&diags);
    free(folder);
}

/* Lets time pass. */
static void step(const struct job *job, struct sound *sound)
{
    if (job->driver == &audio_portaudio)
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
    snprintf(echo, sizeof echo, "%.0f", result->echo_db);
    snprintf(noise, sizeof noise, "%.0f", result->floor_db);
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

static int keep(struct job *job, const struct sound *sound, const char *path,
                const struct echo_probe_result *result)
{
    char *output = xstrdup(sound_output_name(sound)), *input = xstrdup(sound_input_name(sound));
    const struct settings_pair pair = {output, input, result->duplex, result->delay_ms,
                                       result->tail_ms};
    int code = CLI_OK;
    if (result->duplex != DUPLEX_AUTO) {
        set_device(&job->settings.input_device, job->input_device);
        set_device(&job->settings.output_device, job->output_device);
        settings_set_pair(&job->settings, &pair);
        if (settings_save(path, &job->settings)) {
            cli_error(job->cli, MSG_FILE_UNWRITABLE, "file", path, "reason",
                      errno_words(job->cli->messages, errno));
            code = CLI_FAILED;
        }
    }
    free(output);
    free(input);
    return code;
}

static int check(struct job *job)
{
    char *path = settings_path(job->learner ? job->learner : LEARNER_STORE_DEFAULT);
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
        char *sentence = echo_probe_sentence(job->cli->messages, &result);
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

static int take_options(struct job *job, int argc, char **argv)
{
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        switch (option) {
        case OPT_AUDIO:
            job->audio = optarg;
            break;
        case OPT_INPUT_DEVICE:
            job->input_device = optarg;
            break;
        case OPT_OUTPUT_DEVICE:
            job->output_device = optarg;
            break;
        case OPT_LEARNER:
            job->learner = optarg;
            break;
        case 'h':
            cli_print(job->cli, MSG_HELP_SOUND_CHECK);
            return cli_finish(job->cli);
        default:
            return cli_bad_option(job->cli, argv);
        }
    }
    if (optind < argc)
        return cli_superfluous(job->cli, argv[optind]);
    return choose_driver(job) ? cli_bad_value(job->cli, "--audio", job->audio) : -1;
}

int cmd_sound_check(const struct cli *cli, int argc, char **argv)
{
    struct job job = {.cli = cli, .audio = "portaudio"};
    int code = take_options(&job, argc, argv);
    if (code < 0)
        code = check(&job);
    free(job.input_file);
    free(job.output_file);
    return code;
}
