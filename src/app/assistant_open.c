#include "app/assistant_parts.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/timer.h"
#include "model/guide_load.h"
#include "model/pack_choice.h"
#include "store/settings_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* How often the end of a recording is looked for; nothing else needs a tick. */
#define RECORDING_TICK_MS 100

int assistant_load_voice(struct assistant *assistant)
{
    const char *asked = assistant->options->pack;
    char *folder = pack_choice(asked);
    if (!folder) {
        cli_error(assistant->cli, MSG_NO_VOICE, "name", asked ? asked : PACK_DEFAULT);
        return CLI_USAGE;
    }
    struct diags diags;
    diags_init(&diags, assistant->cli->messages);
    int result = pack_load(folder, &diags, &assistant->pack);
    if (result)
        diags_print(&diags, stderr);
    diags_free(&diags);
    free(folder);
    return result ? CLI_FAILED : CLI_OK;
}

/* The file of the guide: the one asked for, else the last one used, else the first there is. */
static char *find_guide(const struct assistant *assistant)
{
    if (assistant->options->guide)
        return paths_guide(assistant->options->guide);
    const struct learner_record_place *latest = NULL;
    for (size_t i = 0; i < assistant->record.place_count; i++)
        if (!latest || assistant->record.places[i].at > latest->at)
            latest = &assistant->record.places[i];
    char *file = latest ? paths_guide(latest->guide) : NULL;
    if (file)
        return file;
    char **files = NULL;
    size_t count = paths_list_guides(&files);
    for (size_t i = 0; i < count; i++) {
        if (i == 0)
            file = files[0];
        else
            free(files[i]);
    }
    free(files);
    return file;
}

int assistant_load_guide(struct assistant *assistant)
{
    char *file = find_guide(assistant);
    if (!file) {
        cli_error(assistant->cli, MSG_NO_GUIDE, "name",
                  assistant->options->guide ? assistant->options->guide : "");
        return CLI_USAGE;
    }
    struct diags diags;
    diags_init(&diags, assistant->pack->messages);
    int result = guide_load(file, &diags, &assistant->guide);
    if (result)
        diags_print(&diags, stderr);
    diags_free(&diags);
    free(file);
    return result ? CLI_FAILED : CLI_OK;
}

int assistant_check_place(const struct assistant *assistant)
{
    const struct assistant_options *options = assistant->options;
    const struct guide *guide = assistant->guide;
    if (options->path && guide_find_path(guide, options->path) < 0)
        return cli_bad_value(assistant->cli, "--path", options->path);
    if (options->step && !options->section)
        return cli_missing(assistant->cli, "--section");
    if (!options->section)
        return CLI_OK;
    bool found_section = false, found_step = !options->step;
    for (size_t i = 0; i < guide->path_count; i++) {
        const struct guide_path *path = &guide->paths[i];
        if (options->path && strcmp(options->path, path->id))
            continue;
        int section = guide_find_section(path, options->section);
        found_section |= section >= 0;
        if (section >= 0 && options->step)
            found_step |= guide_find_step(path->sections[section], options->step) >= 0;
    }
    if (!found_section)
        return cli_bad_value(assistant->cli, "--section", options->section);
    return found_step ? CLI_OK : cli_bad_value(assistant->cli, "--step", options->step);
}

/*
 * The options that stand for a setting: its field in struct settings, the option's in struct
 * assistant_options, and the number up to which the option was not given. The voice's variant, a
 * text, is treated like them by hand.
 */
#define FOR_EACH_OPTION(DO)                                                                        \
    DO(rate, rate, 0)                                                                              \
    DO(simple, simple, 0)                                                                          \
    DO(pitch, pitch, -1)                                                                           \
    DO(volume, volume, -1)                                                                         \
    DO(sentence_pause, sentence_pause, -1)                                                         \
    DO(listen_pause, listen_pause, 0)                                                              \
    DO(earcons, earcons, -1)                                                                       \
    DO(punctuation, punctuation, -1)                                                               \
    DO(single_keys, keys, -1)                                                                      \
    DO(scan, scan, -1)                                                                             \
    DO(scan_pause, scan_pause, 0)                                                                  \
    DO(speech, speech, -1)                                                                         \
    DO(listen, listen, -1)                                                                         \
    DO(duplex, duplex, -1)

/* What was given at the start goes before what was kept. */
static void apply_options(const struct assistant_options *options, struct settings *settings)
{
#define APPLY(field, option, none)                                                                 \
    if ((options->option) > (none))                                                                \
        settings->field = options->option;
    FOR_EACH_OPTION(APPLY)
#undef APPLY
    if (options->voice_variant) {
        free(settings->voice_variant);
        settings->voice_variant = xstrdup(options->voice_variant);
    }
}

/* What still is as an option has it was not chosen in the session: then what was kept stays. */
static void remove_options(const struct assistant_options *options, const struct settings *kept,
                           struct settings *settings)
{
#define REMOVE(field, option, none)                                                                \
    if ((options->option) > (none) && (int)settings->field == (int)options->option)                \
        settings->field = kept->field;
    FOR_EACH_OPTION(REMOVE)
#undef REMOVE
    const char *variant = options->voice_variant;
    if (variant && settings->voice_variant && !strcmp(settings->voice_variant, variant)) {
        free(settings->voice_variant);
        settings->voice_variant = kept->voice_variant ? xstrdup(kept->voice_variant) : NULL;
    }
}

void assistant_load_settings(struct assistant *assistant)
{
    free(assistant->settings_file);
    assistant->settings_file = settings_path(assistant->learner);
    struct diags diags;
    diags_init(&diags, assistant->pack->messages);
    if (!assistant->guest && settings_load(assistant->settings_file, &diags, &assistant->settings))
        diags_print(&diags, stderr);
    diags_free(&diags);
    settings_free(&assistant->kept);
    settings_copy(&assistant->kept, &assistant->settings);
    apply_options(assistant->options, &assistant->settings);
}

void assistant_save_settings(struct assistant *assistant)
{
    if (!learner_store_is_writable(assistant->store))
        return;
    struct settings now;
    settings_copy(&now, &assistant->settings);
    remove_options(assistant->options, &assistant->kept, &now);
    settings_save(assistant->settings_file, &now);
    settings_free(&assistant->kept);
    assistant->kept = now;
}

enum listener_mode assistant_listener_mode(const struct assistant *assistant)
{
    if (assistant->settings.listen != LISTEN_FREE)
        return LISTENER_OFF;
    /* Without an echo turns are taken only if they are asked for. */
    if (!assistant_sound_is(assistant, AUDIO_ECHO))
        return assistant->options->duplex == DUPLEX_HALF ? LISTENER_HALF : LISTENER_FULL;
    const struct settings_pair *pair = assistant_known_pair(assistant);
    const bool chosen = assistant->settings.duplex != DUPLEX_AUTO;
    switch (chosen || !pair ? assistant->settings.duplex : pair->duplex) {
    case DUPLEX_HEADPHONES:
        return LISTENER_FULL;
    case DUPLEX_HALF:
        return LISTENER_HALF;
    default:
        return assistant->learning ? LISTENER_HALF : LISTENER_ECHO;
    }
}

const char *assistant_device(const char *asked, const char *kept)
{
    return asked ? asked : kept;
}

bool assistant_sound_is(const struct assistant *assistant, enum audio_flags flag)
{
    return audio_find(assistant->options->audio)->flags & flag;
}

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

int assistant_open_sound(struct assistant *assistant)
{
    const struct assistant_options *options = assistant->options;
    const struct settings *settings = &assistant->settings;
    const struct audio_backend *backend = audio_find(options->audio);
    char *input = NULL, *output = NULL, *error = NULL;
    struct sound_config config = {
        .driver = backend->driver,
        .input = assistant_device(options->input_device, settings->input_device),
        .output = assistant_device(options->output_device, settings->output_device),
        .speak = settings->speech == SPEECH_ESPEAK,
        .listen = settings->listen != LISTEN_NONE,
        .simulated = options->fast,
        .pack = assistant->pack,
        .synth = &synth_espeak,
        .recog = &recog_sphinx,
        .watched = backend->flags & AUDIO_HOTPLUG,
        .mode = assistant_listener_mode(assistant),
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
    int result = CLI_OK;
    bool wanted = config.speak || config.listen || assistant->recording;
    if (wanted && sound_open(&config, &assistant->sound, &error)) {
        fprintf(stderr, "%s\n", error);
        result = CLI_FAILED;
    }
    assistant_use_pair(assistant);
    assistant_begin_pacing(assistant);
    assistant->hears = sound_has_input(assistant->sound) && backend->flags & AUDIO_VOICE;
    if (wanted && config.watched)
        tell_missing(assistant, config.speak && !sound_has_output(assistant->sound),
                     config.listen && !sound_has_input(assistant->sound));
    free(error);
    free(input);
    free(output);
    return result;
}

/* Words typed into nothing: with /dev/null nobody is there to end a session by voice either. */
static bool is_dev_null(int fd)
{
    struct stat info;
    return !fstat(fd, &info) && S_ISCHR(info.st_mode) && info.st_rdev == makedev(1, 3);
}

enum speech_opening assistant_open_speech(struct assistant *assistant)
{
    const struct pack *pack = assistant->pack;
    switch (assistant->settings.speech) {
    case SPEECH_ESPEAK:
        assistant->speech = speech_through_speaker(sound_speaker(assistant->sound), pack->rate);
        break;
    case SPEECH_SPEECHD:
        return speech_open_dispatcher(pack->synth_language, pack->reading, &assistant->speech);
    case SPEECH_NONE:
        break;
    }
    return SPEECH_OPENED;
}

void assistant_tell_opening(const struct assistant *assistant, enum speech_opening opening)
{
    if (opening == SPEECH_NO_SERVER)
        cli_error(assistant->cli, MSG_NO_SPEECH_DISPATCHER);
    else if (opening == SPEECH_NOT_BUILT)
        cli_error(assistant->cli, MSG_SPEECH_DISPATCHER_NOT_BUILT);
}

static void watch_speech(struct assistant *assistant)
{
    if (assistant->speech && !assistant->options->fast)
        event_loop_watch(assistant->loop, speech_idle_fd(assistant->speech),
                         assistant_on_speech_idle, assistant);
}

static void set_speech(struct assistant *assistant, enum settings_speech speech,
                       enum speech_opening *ret_opening)
{
    speech_interrupt(assistant->speech);
    if (assistant->speech && !assistant->options->fast)
        event_loop_unwatch(assistant->loop, speech_idle_fd(assistant->speech));
    speech_close(assistant->speech);
    assistant->speech = NULL;
    assistant->turn_ms = 0;
    assistant->settings.speech = speech;
    *ret_opening = assistant_open_speech(assistant);
    watch_speech(assistant);
}

void assistant_change_speech(struct assistant *assistant, enum settings_speech speech)
{
    enum settings_speech before = assistant->settings.speech;
    enum speech_opening opening;
    set_speech(assistant, speech, &opening);
    if (opening == SPEECH_OPENED)
        return;
    enum message why =
        opening == SPEECH_NO_SERVER ? MSG_NO_SPEECH_DISPATCHER : MSG_SPEECH_DISPATCHER_NOT_BUILT;
    set_speech(assistant, before, &opening);
    assistant_send(assistant, (struct event){.kind = EVENT_SPEECH_REFUSED});
    assistant_say_notice(assistant, messages_format(assistant->pack->messages, why));
}

void assistant_open_input(struct assistant *assistant)
{
    assistant->input = keyboard_open(STDIN_FILENO, assistant->settings.single_keys);
    keyboard_set_enter_key(assistant->input, assistant->settings.scan != SCAN_OFF);
    if (is_dev_null(STDIN_FILENO) && !assistant->recording)
        assistant->hears = false;
}

static int open_timers(struct assistant *assistant)
{
    assistant->pause_timer = timer_open();
    if (assistant->recording)
        assistant->tick = timer_open();
    if (assistant->pause_timer < 0 || (assistant->recording && assistant->tick < 0))
        return cli_cannot_start(assistant->cli, errno);
    event_loop_watch(assistant->loop, assistant->pause_timer, assistant_on_pause, assistant);
    event_loop_watch(assistant->loop, assistant->tick, assistant_on_tick, assistant);
    timer_repeat(assistant->tick, RECORDING_TICK_MS);
    return CLI_OK;
}

int assistant_open_loop(struct assistant *assistant)
{
    struct listener *listener = sound_listener(assistant->sound);
    event_loop_watch(assistant->loop, keyboard_fd(assistant->input), assistant_on_input, assistant);
    if (!remote_commands_open(&assistant->remote))
        event_loop_watch(assistant->loop, remote_commands_fd(assistant->remote),
                         assistant_on_remote, assistant);
    if (assistant->options->fast) {
        event_loop_set_step(assistant->loop, assistant_step, assistant);
        return CLI_OK;
    }
    watch_speech(assistant);
    if (listener)
        event_loop_watch(assistant->loop, listener_fd(listener), assistant_on_heard, assistant);
    if (sound_watch_fd(assistant->sound) >= 0)
        event_loop_watch(assistant->loop, sound_watch_fd(assistant->sound), assistant_on_devices,
                         assistant);
    return open_timers(assistant);
}
