/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/assistant.h"
#include "app/assistant_parts.h"

#include "app/loading.h"
#include "app/pack_voice.h"
#include "audio/audio.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/timer.h"
#include "model/guide.h"
#include "model/pack.h"
#include "model/settings.h"
#include "store/calibration_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* How often the end of a recording is looked for; nothing else needs a tick. */
#define RECORDING_TICK_MS 100

/* --- sound ------------------------------------------------------------------------------------ */

/* One line for what is missing. */
static void tell_missing(const struct assistant *assistant, bool output, bool input)
{
    if (output && input)
        cli_error(assistant->cli, MSG_NO_SOUND);
    else if (output)
        cli_error(assistant->cli, MSG_NO_OUTPUT);
    else if (input)
        cli_error(assistant->cli, MSG_NO_INPUT);
}

static const char *device(const char *asked, const char *kept)
{
    return asked ? asked : kept;
}

static int open_sound(struct assistant *assistant)
{
    const struct assistant_options *options = assistant->options;
    const struct settings *settings = &assistant->preferences.now;
    const struct audio_backend *backend = audio_find(options->audio);
    const struct synth_config synth = pack_voice(assistant->pack);
    char *input = NULL, *output = NULL, *error = NULL;
    struct sound_config config = {
        .driver = backend->driver,
        .input = device(options->input_device, settings->input_device),
        .output = device(options->output_device, settings->output_device),
        .speak = settings->speech == SPEECH_ESPEAK,
        .listen = settings->listen != LISTEN_NONE,
        .simulated = options->fast,
        .pack = assistant->pack,
        .synth = synth_choose(&synth),
        .recog = &recog_sphinx,
        .watched = backend->flags & AUDIO_HOTPLUG,
        .messages = assistant->pack->messages,
    };
    if (backend->flags & AUDIO_FILES) {
        audio_files(options->audio, &input, &output);
        config.input = input;
        config.output = output;
        config.listen = config.listen && input;
    }
    assistant->recording =
        backend->flags & AUDIO_ENDS && (input || !(backend->flags & AUDIO_FILES));
    assistant->ears.settings = settings;
    assistant->ears.echo = backend->flags & AUDIO_ECHO;
    assistant->ears.half = options->duplex == DUPLEX_HALF;
    config.mode = ears_mode(&assistant->ears);
    int code = CLI_OK;
    const bool wanted = config.speak || config.listen || assistant->recording;
    if (wanted && sound_open(&config, &assistant->sound, &error)) {
        fprintf(stderr, "%s\n", error);
        code = CLI_FAILED;
    }
    ears_open(&assistant->ears, assistant->sound, backend->flags & AUDIO_VOICE);
    if (wanted && config.watched)
        tell_missing(assistant, config.speak && !sound_has_output(assistant->sound),
                     config.listen && !sound_has_input(assistant->sound));
    free(error);
    free(input);
    free(output);
    return code;
}

static void open_voice(struct assistant *assistant)
{
    struct voice_out *voice = &assistant->voice;
    voice->pack = assistant->pack;
    voice->loop = assistant->loop;
    voice->sound = assistant->sound;
    voice->simulated = assistant->options->fast;
    voice->changed = assistant_on_speech;
    voice->is_hearing = assistant_is_hearing;
    voice->context = assistant;
    const enum speech_opening opening = voice_out_open(voice, assistant->preferences.now.speech);
    if (opening == SPEECH_NO_SERVER)
        cli_error(assistant->cli, MSG_NO_SPEECH_DISPATCHER);
    else if (opening == SPEECH_NOT_BUILT)
        cli_error(assistant->cli, MSG_SPEECH_DISPATCHER_NOT_BUILT);
    voice_out_set_params(voice, &assistant->preferences.now);
}

/* --- what is waited for ----------------------------------------------------------------------- */

/* Words typed into nothing: with /dev/null nobody is there to end a session by voice either. */
static bool is_dev_null(int fd)
{
    struct stat info;
    return !fstat(fd, &info) && S_ISCHR(info.st_mode) && info.st_rdev == makedev(1, 3);
}

/* Before the sound, which takes a while: what is typed meanwhile is not left to the terminal. */
static void open_keyboard(struct assistant *assistant)
{
    assistant->keyboard = keyboard_open(STDIN_FILENO, assistant->preferences.now.single_keys);
    assistant->screen_is_terminal = isatty(STDOUT_FILENO);
    assistant->journal.transcript.before = assistant_before_writing;
    assistant->journal.transcript.context = assistant;
}

static void watch_keyboard(struct assistant *assistant)
{
    event_loop_watch(assistant->loop, keyboard_fd(assistant->keyboard), assistant_on_keyboard,
                     assistant);
    event_loop_watch(assistant->loop, keyboard_timer_fd(assistant->keyboard), assistant_on_keyboard,
                     assistant);
}

static int open_timers(struct assistant *assistant)
{
    assistant->pause.timer = timer_open();
    if (assistant->recording)
        assistant->recording_timer = timer_open();
    if (assistant->pause.timer < 0 || (assistant->recording && assistant->recording_timer < 0))
        return cli_cannot_start(assistant->cli, errno);
    event_loop_watch(assistant->loop, assistant->pause.timer, assistant_on_pause, assistant);
    event_loop_watch(assistant->loop, assistant->recording_timer, assistant_on_recording_timer,
                     assistant);
    timer_repeat(assistant->recording_timer, RECORDING_TICK_MS);
    return CLI_OK;
}

static int watch(struct assistant *assistant)
{
    const int devices = sound_watch_fd(assistant->sound);
    assistant->echo_check.loop = assistant->loop;
    assistant->echo_check.sound = assistant->sound;
    assistant->echo_check.done = assistant_on_echo_checked;
    assistant->echo_check.context = assistant;
    if (assistant->options->fast) {
        event_loop_set_step(assistant->loop, assistant_step, assistant);
        return CLI_OK;
    }
    if (assistant->ears.listener)
        event_loop_watch(assistant->loop, listener_fd(assistant->ears.listener), assistant_on_heard,
                         assistant);
    event_loop_watch(assistant->loop, devices, assistant_on_devices, assistant);
    return open_timers(assistant);
}

static void open_remote(struct assistant *assistant)
{
    if (!remote_commands_open(&assistant->remote))
        event_loop_watch(assistant->loop, remote_commands_fd(assistant->remote),
                         assistant_on_remote, assistant);
}

/* --- from start to end ------------------------------------------------------------------------ */

static int open_journal(struct assistant *assistant)
{
    const char *path = assistant->options->transcript;
    if (!journal_open(&assistant->journal, &assistant->clock, stdout, path))
        return CLI_OK;
    cli_error(assistant->cli, MSG_FILE_UNWRITABLE, "file", path, "reason",
              errno_words(assistant->cli->messages, errno));
    return CLI_FAILED;
}

/* What both programs have: loudspeaker, microphone, keyboard. */
static int open_channels(struct assistant *assistant)
{
    open_keyboard(assistant);
    const int code = open_sound(assistant);
    if (code)
        return code;
    open_voice(assistant);
    watch_keyboard(assistant);
    return watch(assistant);
}

/* What was spoken into a file must be there in full. */
static int close_recording(struct assistant *assistant)
{
    if (!assistant->sound)
        return CLI_OK;
    sound_stop(assistant->sound);
    char *error = sound_take_error(assistant->sound);
    if (!error)
        return CLI_OK;
    fprintf(stderr, "%s\n", error);
    free(error);
    return CLI_FAILED;
}

static int close_journal(struct assistant *assistant)
{
    const int error = journal_close(&assistant->journal);
    /* Nobody reads it, or it was waited for until the program had to end. */
    if (!error || error == EPIPE || error == EINTR)
        return CLI_OK;
    cli_error(assistant->cli, MSG_CLI_OUTPUT_FAILED, "reason",
              errno_words(assistant->cli->messages, error));
    return CLI_FAILED;
}

/* Talks until it is over. */
static int run(struct assistant *assistant)
{
    event_loop_run(assistant->loop);
    const int code = close_recording(assistant);
    return assistant->failed ? CLI_FAILED : code;
}

static int init(struct assistant *assistant, const struct cli *cli,
                const struct assistant_options *options)
{
    *assistant = (struct assistant){
        .cli = cli,
        .options = options,
        .recording_timer = -1,
        .echo_check.timer = -1,
        .pause.timer = -1,
        .voice.turn_timer = -1,
        .view_timer = -1,
    };
    preferences_init(&assistant->preferences, options);
    /* Before any thread: they inherit that signals are for the loop. */
    assistant->loop = event_loop_new(assistant_on_signal, assistant);
    if (!assistant->loop)
        return cli_cannot_start(cli, errno);
    assistant->companion = page_companion_open(assistant->loop, assistant_on_page, assistant);
    clock_init(&assistant->clock);
    if (options->fast)
        clock_init_simulated(&assistant->clock, clock_seconds(&assistant->clock));
    if (options->today.year)
        clock_fix_today(&assistant->clock, options->today);
    return CLI_OK;
}

/* The code, or what closing comes to if that was fine. */
static int close_all(struct assistant *assistant, int code)
{
    /* The terminal first: whatever fails later, it is as it was. */
    keyboard_rest(assistant->keyboard);
    assistant_close_onlookers(assistant);
    ears_close(&assistant->ears);
    assistant_close_learner(assistant);
    const int closed = close_journal(assistant);
    event_loop_set_exit_code(assistant->loop, code ? code : closed);
    voice_out_close(&assistant->voice);
    echo_check_close(&assistant->echo_check);
    sound_close(assistant->sound);
    remote_commands_close(assistant->remote);
    page_companion_close(assistant->companion);
    timer_close(assistant->recording_timer);
    timer_close(assistant->pause.timer);
    event_loop_free(assistant->loop);
    /* Last, so that nothing that was typed meanwhile is left. */
    keyboard_close(assistant->keyboard);
    calibration_free(&assistant->taught);
    preferences_free(&assistant->preferences);
    live_state_free(&assistant->live);
    mem_free_texts(assistant->learners, assistant->learner_count);
    free(assistant->wish.name);
    free(assistant->other_guide);
    guide_list_free(&assistant->guides);
    pack_free(assistant->pack);
    return code ? code : closed;
}

/* --- a session -------------------------------------------------------------------------------- */

static int run_session(struct assistant *assistant, const struct learner_store_report *report)
{
    const struct learner_account *account = &assistant->account;
    preferences_load(&assistant->preferences, account->learner, account->guest,
                     assistant->pack->messages);
    const int code = open_channels(assistant);
    if (code)
        return code;
    open_remote(assistant);
    assistant_open_onlookers(assistant);
    char *path = account->guest ? NULL : calibration_path(account->learner);
    assistant_load_voice(assistant, path);
    free(path);
    if (is_dev_null(STDIN_FILENO) && !assistant->recording)
        assistant->ears.hears = false;
    assistant_begin_session(assistant, report);
    return run(assistant);
}

static int load_guides(struct assistant *assistant)
{
    const struct messages *messages = assistant->pack->messages;
    const char *asked = assistant->options->guide;
    int code = CLI_OK;
    if (asked)
        code = guide_list_add(&assistant->guides, assistant->cli, messages, asked);
    if (!code)
        code = guide_list_load(&assistant->guides, assistant->cli, messages);
    if (!code)
        assistant_find_guide(assistant);
    return code;
}

int assistant_run(const struct cli *cli, const struct assistant_options *options)
{
    struct assistant assistant;
    struct learner_store_report report = {0};
    int code = init(&assistant, cli, options);
    if (!code)
        code = loading_pack(cli, options->pack, &assistant.pack);
    if (!code) {
        learner_account_open(&assistant.account, assistant.pack->messages, options->learner,
                             options->guest, &report);
        code = load_guides(&assistant);
    }
    if (!code)
        code = loading_check_place(cli, assistant.guide, options->path, options->section,
                                   options->step);
    if (!code)
        code = open_journal(&assistant);
    if (!code)
        code = run_session(&assistant, &report);
    learner_store_report_free(&report);
    return close_all(&assistant, code);
}

/* --- teaching alone --------------------------------------------------------------------------- */

static int run_enrolment(struct assistant *assistant, const char *file)
{
    preferences_load(&assistant->preferences, assistant->options->learner, false,
                     assistant->pack->messages);
    /* However they are listened to in a session. */
    assistant->preferences.now.listen = LISTEN_FREE;
    const int code = open_channels(assistant);
    if (code)
        return code;
    if (!sound_has_input(assistant->sound)) {
        cli_error(assistant->cli, MSG_CALIBRATE_NO_INPUT);
        return CLI_FAILED;
    }
    char *error = NULL;
    assistant_load_voice(assistant, file);
    if (assistant_begin_enrolment(assistant, file, &error)) {
        fprintf(stderr, "%s\n", error);
        free(error);
        return CLI_FAILED;
    }
    return run(assistant);
}

int assistant_learn_voice(const struct cli *cli, const struct assistant_options *options,
                          const char *file)
{
    struct assistant assistant;
    int code = init(&assistant, cli, options);
    if (!code)
        code = loading_pack(cli, options->pack, &assistant.pack);
    if (!code)
        code = open_journal(&assistant);
    if (!code)
        code = run_enrolment(&assistant, file);
    return close_all(&assistant, code);
}
