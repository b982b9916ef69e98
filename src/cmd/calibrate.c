/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calibrate: learns how one person says the commands: by the dialogue for it
 * (dialogue/enrolment.h), or, with --from, from recordings. What was said twice is on disk at once,
 * as phones and numbers.
 */
#include "app/assistant.h"
#include "app/cli.h"
#include "audio/audio.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "cmd/audio_choices.h"
#include "cmd/calibrate_recordings.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/settings.h"
#include "store/calibration_file.h"
#include "store/learner_store.h"
#include "store/learners.h"

#include <errno.h>
#include <stdlib.h>

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

static int forget(const struct cli *cli, const char *file)
{
    const int result = calibration_forget(file);
    if (result < 0) {
        cli_error(cli, MSG_CALIBRATE_UNWRITABLE, "reason", errno_words(cli->messages, errno));
        return CLI_FAILED;
    }
    cli_print(cli, result ? MSG_CALIBRATE_NOTHING : MSG_CALIBRATE_FORGOTTEN);
    return CLI_OK;
}

static int talk(const struct cli *cli, const struct options *options, const char *file)
{
    struct assistant_options talk = ASSISTANT_OPTIONS_UNSET;
    talk.learner = options->learner;
    talk.pack = options->pack;
    talk.audio = options->audio;
    talk.input_device = options->input_device;
    talk.output_device = options->output_device;
    talk.transcript = options->transcript;
    talk.fast = options->fast;
    talk.speech = options->no_speech ? SPEECH_NONE : -1;
    return assistant_learn_voice(cli, &talk, file);
}

static int run(const struct cli *cli, const struct options *options, const char *file)
{
    const struct calibrate_recordings recordings = {
        .table = options->from,
        .pack = options->pack,
        .vocabulary = options->vocabulary,
        .output = file,
    };
    if (options->forget)
        return forget(cli, file);
    return options->from ? calibrate_recordings(cli, &recordings) : talk(cli, options, file);
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
    char *learner = learners_called(options.learner);
    char *file = options.output ? xstrdup(options.output) : calibration_path(learner);
    code = run(cli, &options, file);
    free(file);
    free(learner);
    const int finished = cli_finish(cli);
    return code ? code : finished;
}
