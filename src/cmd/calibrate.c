/*
 * calibrate: learns how one person says the commands: the enrolment (app/enrolment_run.h) with a
 * microphone and a keyboard of its own. What was said twice is on disk at once, as phones and
 * numbers.
 *
 * With --from it learns from recordings: a table of phrases and files instead of a dialogue.
 */
#include "app/cli.h"
#include "app/enrolment_run.h"
#include "app/event_loop.h"
#include "app/keyboard.h"
#include "app/sound.h"
#include "app/transcript.h"
#include "audio/audio.h"
#include "base/diag.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timer.h"
#include "cmd/audio_choices.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/recordings.h"
#include "cmd/subcommands.h"
#include "listen/calibrator.h"
#include "listen/listener.h"
#include "model/command.h"
#include "model/pack.h"
#include "model/pack_vocabulary.h"
#include "model/settings.h"
#include "speech/speech.h"
#include "store/calibration_file.h"
#include "store/learner_store.h"
#include "store/settings_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How often the end of a recording is looked for. */
#define RECORDING_TICK_MS 20

struct options {
    const char *learner;
    const char *pack;
    const char *audio; /* what audio_find() takes; NULL: the usual one */
    const char *input_device, *output_device;
    const char *transcript; /* a file, or NULL */
    const char *from;       /* a table, or NULL */
    const char *vocabulary; /* a file, or NULL: the pack's commands */
    const char *output;     /* a file, or NULL: the learner's */
    bool no_speech;
    bool fast;
    bool forget;
};

struct job {
    const struct cli *cli;
    const struct options *options;
    struct pack *pack;
    struct calibration calibration;
    char *path; /* of the calibration */

    /* From recordings. */
    struct vocabulary vocabulary;
    struct recog *recog;
    struct calibrator *calibrator;

    /* The dialogue. */
    struct settings settings;
    struct transcript transcript;
    struct enrolment_run *learning;
    struct keyboard *input;
    struct sound *sound;
    struct speech *speech;
    struct event_loop *loop;
    int tick;       /* timer that looks for the end of a recording, or -1 */
    bool recording; /* the microphone is a recording */
    bool quitting;
    int code;
};

static int open_recog(struct job *job)
{
    char *error = NULL;
    if (recog_sphinx.open(job->pack, &job->recog, &error)) {
        fprintf(stderr, "%s\n", error);
        free(error);
        return CLI_FAILED;
    }
    job->calibrator =
        calibrator_new(&recog_sphinx, job->recog, &job->vocabulary, &job->calibration);
    return CLI_OK;
}

static void print_gain(const struct job *job)
{
    const struct calibration_gain gain = calibration_gain(&job->calibration);
    char before[16], after[16], total[16];
    snprintf(before, sizeof before, "%d", gain.before);
    snprintf(after, sizeof after, "%d", gain.after);
    snprintf(total, sizeof total, "%d", gain.total);
    cli_print(job->cli, MSG_CALIBRATE_GAIN, "before", before, "after", after, "total", total);
}

static int save(const struct job *job)
{
    if (!calibration_save(job->path, &job->calibration))
        return CLI_OK;
    cli_error(job->cli, MSG_CALIBRATE_UNWRITABLE, "reason", errno_words(job->cli->messages, errno));
    return CLI_FAILED;
}

/* --- from recordings -------------------------------------------------------------------------- */

struct recording {
    struct job *job;
    struct listener *listener;
    const char *text; /* said in the file */
    bool taken;
};

static void on_recording(void *context, const char *file)
{
    struct recording *recording = context;
    struct heard heard;
    (void)file;
    while (listener_next(recording->listener, &heard)) {
        if (heard.kind == HEARD_PHRASE && !recording->taken)
            recording->taken =
                calibrator_hear(recording->job->calibrator, recording->text, heard.samples,
                                heard.sample_count, false, NULL) == CALIBRATION_TAKEN;
        heard_free(&heard);
    }
}

/* "phrase<tab>file" */
static int learn_line(struct recording *recording, char *line)
{
    char *tab = strchr(line, '\t');
    line[strcspn(line, "\r\n")] = '\0';
    if (!tab)
        return *line ? cli_bad_value(recording->job->cli, "--from", line) : CLI_OK;
    *tab = '\0';
    recording->text = line;
    recording->taken = false;
    return recordings_play(recording->job->cli, recording->listener, tab + 1, on_recording,
                           recording);
}

static int learn_table(struct recording *recording)
{
    const struct job *job = recording->job;
    FILE *file = fopen(job->options->from, "re");
    if (!file) {
        cli_error(job->cli, MSG_FILE_UNREADABLE, "file", job->options->from, "reason",
                  errno_words(job->cli->messages, errno));
        return CLI_FAILED;
    }
    char *line = NULL;
    size_t capacity = 0;
    int code = CLI_OK;
    while (getline(&line, &capacity, file) >= 0 && code == CLI_OK)
        code = learn_line(recording, line);
    free(line);
    fclose(file);
    return code;
}

static int learn_from_recordings(struct job *job)
{
    struct recording recording = {.job = job};
    const struct listener_config config = {
        .driver = &recog_sphinx,
        .pack = job->pack,
        .input_rate = LISTENING_RATE,
        .mode = LISTENER_FULL,
        .endpoint = endpoint_default_config(),
        .simulated = true,
        .keep_samples = true,
    };
    if (listener_open(&config, &recording.listener))
        return CLI_FAILED;
    int code = learn_table(&recording);
    listener_close(recording.listener);
    if (code != CLI_OK)
        return code;
    calibrator_tidy(job->calibrator);
    for (size_t i = 0; i < job->calibration.phrase_count; i++)
        calibrator_measure_phrase(job->calibrator, job->calibration.phrases[i].text);
    calibrator_measure(job->calibrator);
    calibration_keep(&job->calibration);
    print_gain(job);
    return save(job);
}

/* --- the dialogue ----------------------------------------------------------------------------- */

static void say(void *context, const char *text)
{
    struct job *job = context;
    struct utterance utterance = {.text = xstrdup(text), .rule = UTTERANCE_REPLACE};
    transcript_said(&job->transcript, text);
    speech_say(job->speech, &utterance);
    utterance_free(&utterance);
}

static void hear(void *context, const char *text, bool shown)
{
    struct job *job = context;
    transcript_heard(&job->transcript, text, shown);
}

static void hush(void *context)
{
    struct job *job = context;
    speech_interrupt(job->speech);
}

static void stop_if_quiet(struct job *job)
{
    if (!speech_is_busy(job->speech))
        event_loop_stop(job->loop);
}

/* After whatever was taken. */
static void settle(struct job *job)
{
    if (!enrolment_run_is_over(job->learning))
        return;
    job->quitting = true;
    stop_if_quiet(job);
}

static void on_heard(void *context)
{
    struct job *job = context;
    struct heard heard;
    while (listener_next(sound_listener(job->sound), &heard)) {
        if (heard.kind == HEARD_FAILED) {
            fprintf(stderr, "%s\n", heard.error);
            job->code = CLI_FAILED;
            event_loop_stop(job->loop);
        } else if (heard.kind == HEARD_PHRASE && !job->quitting) {
            enrolment_run_take_voice(job->learning, &heard);
            settle(job);
        }
        heard_free(&heard);
    }
}

static void on_input(void *context)
{
    struct job *job = context;
    const char *text;
    enum keyboard_kind kind;
    keyboard_read(job->input);
    while ((kind = keyboard_next(job->input, &text)) != KEYBOARD_NOTHING) {
        if (kind == KEYBOARD_END) {
            event_loop_unwatch(job->loop, STDIN_FILENO);
            return;
        }
        if (job->quitting) {
            event_loop_stop(job->loop);
            return;
        }
        if (kind == KEYBOARD_KEY)
            enrolment_run_take_key(job->learning, job->settings.keys, text);
        else
            enrolment_run_take_line(job->learning, job->settings.keys, text,
                                    keyboard_is_terminal(job->input));
        settle(job);
    }
}

/* --- the rest of the loop --------------------------------------------------------------------- */

static void on_signal(void *context, int signal)
{
    (void)signal;
    struct job *job = context;
    speech_interrupt(job->speech);
    event_loop_stop(job->loop);
}

static void on_speech_idle(void *context)
{
    struct job *job = context;
    speech_clear_idle(job->speech);
    if (job->quitting)
        stop_if_quiet(job);
}

static void end_if_recording_ended(struct job *job)
{
    if (job->quitting || !job->recording || !sound_input_ended(job->sound))
        return;
    listener_finish(sound_listener(job->sound));
    on_heard(job);
    if (job->quitting)
        return;
    enrolment_run_take_command(job->learning, COMMAND_QUIT);
    settle(job);
}

static void on_tick(void *context)
{
    struct job *job = context;
    timer_clear(job->tick);
    end_if_recording_ended(job);
}

static void step_on(void *context)
{
    struct job *job = context;
    sound_step(job->sound);
    on_heard(job);
    end_if_recording_ended(job);
    if (job->quitting)
        stop_if_quiet(job);
}

/* --- opening ---------------------------------------------------------------------------------- */

static void load_settings(struct job *job)
{
    char *path = settings_path(job->options->learner);
    struct diags diags;
    diags_init(&diags, job->pack->messages);
    if (settings_load(path, &diags, &job->settings))
        diags_print(&diags, stderr);
    diags_free(&diags);
    free(path);
}

/* The assistant's own voice would be taken for a saying: without headphones nothing is heard while
 * it speaks, where there is an echo at all. */
static enum listener_mode listener_mode(const struct job *job)
{
    return !(audio_find(job->options->audio)->flags & AUDIO_ECHO) ||
                   job->settings.duplex == DUPLEX_HEADPHONES
               ? LISTENER_FULL
               : LISTENER_HALF;
}

static int open_sound(struct job *job)
{
    const struct options *options = job->options;
    const struct audio_backend *backend = audio_find(options->audio);
    char *input = NULL, *output = NULL, *error = NULL;
    struct sound_config config = {
        .driver = backend->driver,
        .input = options->input_device ? options->input_device : job->settings.input_device,
        .output = options->output_device ? options->output_device : job->settings.output_device,
        .speak = !options->no_speech && job->settings.speech != SPEECH_NONE,
        .listen = true,
        .simulated = options->fast,
        .pack = job->pack,
        .synth = &synth_espeak,
        .recog = &recog_sphinx,
        .messages = job->pack->messages,
        .keep_samples = true,
    };
    if (backend->flags & AUDIO_FILES) {
        audio_files(options->audio, &input, &output);
        config.input = input;
        config.output = output;
    }
    job->recording = backend->flags & AUDIO_ENDS && (input || !(backend->flags & AUDIO_FILES));
    config.mode = listener_mode(job);
    int code = CLI_OK;
    if (sound_open(&config, &job->sound, &error) && backend->flags & AUDIO_FILES) {
        fprintf(stderr, "%s\n", error);
        code = CLI_FAILED;
    } else if (!sound_has_input(job->sound)) {
        cli_error(job->cli, MSG_CALIBRATE_NO_INPUT);
        code = CLI_FAILED;
    }
    free(error);
    free(input);
    free(output);
    return code;
}

static void open_speech(struct job *job)
{
    const struct speech_params params = {
        .rate = job->settings.rate,
        .pitch = job->settings.pitch,
        .volume = job->settings.volume,
        .gap = job->settings.sentence_pause,
        .marks = (enum reading_marks)job->settings.punctuation,
        .variant = job->settings.voice_variant,
    };
    job->speech = speech_through_speaker(sound_speaker(job->sound), job->pack->rate);
    speech_set_params(job->speech, &params);
}

static int open_loop(struct job *job)
{
    job->input = keyboard_open(STDIN_FILENO, job->settings.single_keys);
    event_loop_watch(job->loop, keyboard_fd(job->input), on_input, job);
    if (job->options->fast) {
        event_loop_set_step(job->loop, step_on, job);
        return CLI_OK;
    }
    if (job->speech)
        event_loop_watch(job->loop, speech_idle_fd(job->speech), on_speech_idle, job);
    event_loop_watch(job->loop, listener_fd(sound_listener(job->sound)), on_heard, job);
    if (!job->recording)
        return CLI_OK;
    job->tick = timer_open();
    if (job->tick < 0)
        return cli_cannot_start(job->cli, errno);
    timer_repeat(job->tick, RECORDING_TICK_MS);
    event_loop_watch(job->loop, job->tick, on_tick, job);
    return CLI_OK;
}

/* A file that cannot be read is told of, and replaced by what is said now. */
static int open_learning(struct job *job)
{
    const struct enrolment_run_config config = {
        .pack = job->pack,
        .driver = &recog_sphinx,
        .listener = sound_listener(job->sound),
        .path = job->path,
        .context = job,
        .say = say,
        .hear = hear,
        .hush = hush,
    };
    char *error = NULL;
    if (recordings_load_calibration(job->cli, job->path, &job->calibration))
        cli_error(job->cli, MSG_CALIBRATE_DAMAGED);
    if (!enrolment_run_open(&config, &job->calibration, &job->learning, &error))
        return CLI_OK;
    fprintf(stderr, "%s\n", error);
    free(error);
    return CLI_FAILED;
}

static int open_transcript(struct job *job)
{
    if (!transcript_open(&job->transcript, stdout, job->options->transcript))
        return CLI_OK;
    cli_error(job->cli, MSG_FILE_UNWRITABLE, "file", job->options->transcript, "reason",
              errno_words(job->cli->messages, errno));
    return CLI_FAILED;
}

static void close_dialogue(struct job *job)
{
    /* The terminal first: whatever fails later, it is as it was. */
    keyboard_close(job->input);
    speech_close(job->speech);
    enrolment_run_close(job->learning);
    sound_close(job->sound);
    timer_close(job->tick);
    (void)transcript_close(&job->transcript);
}

static int talk(struct job *job)
{
    load_settings(job);
    int code = open_transcript(job);
    if (code == CLI_OK)
        code = open_sound(job);
    if (code == CLI_OK)
        code = open_learning(job);
    if (code == CLI_OK) {
        open_speech(job);
        code = open_loop(job);
    }
    if (code == CLI_OK) {
        enrolment_run_start(job->learning);
        settle(job);
        event_loop_run(job->loop);
        sound_stop(job->sound);
        code = enrolment_run_has_failed(job->learning) ? CLI_FAILED : job->code;
    }
    close_dialogue(job);
    return code;
}

/* --- options ---------------------------------------------------------------------------------- */

static int forget(const struct job *job)
{
    const int result = calibration_forget(job->path);
    if (result < 0) {
        cli_error(job->cli, MSG_CALIBRATE_UNWRITABLE, "reason",
                  errno_words(job->cli->messages, errno));
        return CLI_FAILED;
    }
    cli_print(job->cli, result ? MSG_CALIBRATE_NOTHING : MSG_CALIBRATE_FORGOTTEN);
    return CLI_OK;
}

static int open_job(struct job *job)
{
    const struct options *options = job->options;
    int code = load_pack(job->cli, options->pack, &job->pack);
    if (code != CLI_OK || !options->from)
        return code;
    if (options->vocabulary)
        code = recordings_read_vocabulary(job->cli, options->vocabulary, &job->vocabulary);
    else
        pack_vocabulary_add_spoken(job->pack, &job->vocabulary);
    return code == CLI_OK ? open_recog(job) : code;
}

static void close_job(struct job *job)
{
    calibrator_free(job->calibrator);
    recog_sphinx.close(job->recog);
    calibration_free(&job->calibration);
    vocabulary_free(&job->vocabulary);
    settings_free(&job->settings);
    pack_free(job->pack);
    event_loop_free(job->loop);
    free(job->path);
}

static int run(const struct cli *cli, const struct options *options)
{
    struct job job = {.cli = cli, .options = options, .tick = -1};
    settings_init(&job.settings);
    job.path = options->output ? xstrdup(options->output) : calibration_path(options->learner);
    if (options->forget) {
        int code = forget(&job);
        free(job.path);
        return code;
    }
    /* Before any thread: they inherit that signals are for the loop. */
    if (!options->from)
        job.loop = event_loop_new(on_signal, &job);
    int code = options->from || job.loop ? open_job(&job) : cli_cannot_start(cli, errno);
    if (code == CLI_OK)
        code = options->from ? learn_from_recordings(&job) : talk(&job);
    close_job(&job);
    return code;
}

static const struct option_row rows[] = {
    OPTION_NAME("learner", struct options, learner, MSG_VALUE_NAME, MSG_OPTION_LEARNER),
    OPTION_FLAG("forget", struct options, forget, MSG_OPTION_FORGET),
    OPTION_FLAG("no-speech", struct options, no_speech, MSG_OPTION_NO_SPEECH),
    OPTION_CHECKED("audio", struct options, audio, audio_choices_with_voice,
                   audio_choices_accept_with_voice, MSG_OPTION_AUDIO),
    OPTION_FLAG("fast", struct options, fast, MSG_OPTION_FAST),
    OPTION_TEXT("input-device", struct options, input_device, MSG_VALUE_NAME,
                MSG_OPTION_INPUT_DEVICE),
    OPTION_TEXT("output-device", struct options, output_device, MSG_VALUE_NAME,
                MSG_OPTION_OUTPUT_DEVICE),
    OPTION_FILE("transcript", struct options, transcript, MSG_VALUE_FILE, MSG_OPTION_TRANSCRIPT),
    OPTION_FILE("voice", struct options, pack, MSG_VALUE_VOICE, MSG_OPTION_VOICE),
    OPTION_HEADING(MSG_HEADING_RECORDINGS),
    OPTION_FILE("from", struct options, from, MSG_VALUE_FILE, MSG_OPTION_FROM),
    OPTION_FILE("vocabulary", struct options, vocabulary, MSG_VALUE_FILE, MSG_OPTION_VOCABULARY),
    OPTION_FILE("output", struct options, output, MSG_VALUE_FILE, MSG_OPTION_CALIBRATION_OUTPUT),
    OPTION_END,
};

const struct option_table cmd_calibrate_options = {.help = MSG_HELP_CALIBRATE, .rows = rows};

int cmd_calibrate(const struct cli *cli, int argc, char **argv)
{
    struct options options = {.learner = LEARNER_STORE_DEFAULT};
    int code = options_parse(cli, &cmd_calibrate_options, argc, argv, &options, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    if (options.fast && !(audio_find(options.audio)->flags & AUDIO_ENDS)) {
        cli_error(cli, MSG_FAST_NEEDS_WAV);
        return CLI_USAGE;
    }
    code = run(cli, &options);
    int finished = cli_finish(cli);
    return code ? code : finished;
}
