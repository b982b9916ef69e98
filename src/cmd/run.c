/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The assistant itself: its options. */
#include "app/assistant.h"
#include "app/cli.h"
#include "audio/audio.h"
#include "base/voice_range.h"
#include "cmd/audio_choices.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/settings.h"

#include <string.h>

/* The position of a word is what it means to the session. */

static const struct option_choice speech_choices[] = {
    [SPEECH_ESPEAK] = {"espeak", MSG_CHOICE_SPEECH_ESPEAK},
    [SPEECH_SPEECHD] = {"speechd", MSG_CHOICE_SPEECH_SPEECHD},
    [SPEECH_NONE] = {"none", MSG_CHOICE_SPEECH_NONE},
    {.word = NULL},
};

static const struct option_choice listen_choices[] = {
    [LISTEN_FREE] = {"free", MSG_CHOICE_LISTEN_FREE},
    [LISTEN_TAP] = {"tap", MSG_CHOICE_LISTEN_TAP},
    [LISTEN_NONE] = {"none", MSG_CHOICE_LISTEN_NONE},
    {.word = NULL},
};

static const struct option_choice duplex_choices[] = {
    [DUPLEX_AUTO] = {"auto", MSG_CHOICE_DUPLEX_AUTO},
    [DUPLEX_HEADPHONES] = {"headphones", MSG_CHOICE_DUPLEX_HEADPHONES},
    [DUPLEX_ECHO] = {"echo", MSG_CHOICE_DUPLEX_ECHO},
    [DUPLEX_HALF] = {"half", MSG_CHOICE_DUPLEX_HALF},
    {.word = NULL},
};

static const struct option_choice on_choices[] = {
    [false] = {"off", MSG_CHOICE_OFF},
    [true] = {"on", MSG_CHOICE_ON},
    {.word = NULL},
};

static const struct option_choice punctuation_choices[] = {
    [PUNCTUATION_NONE] = {"none", MSG_CHOICE_PUNCTUATION_NONE},
    [PUNCTUATION_SOME] = {"some", MSG_CHOICE_PUNCTUATION_SOME},
    [PUNCTUATION_ALL] = {"all", MSG_CHOICE_PUNCTUATION_ALL},
    {.word = NULL},
};

static const struct option_choice keys_choices[] = {
    [0] = {"line", MSG_CHOICE_KEYS_LINE},
    [1] = {"single", MSG_CHOICE_KEYS_SINGLE},
    {.word = NULL},
};

static const struct option_choice scan_choices[] = {
    [SCAN_OFF] = {"off", MSG_CHOICE_OFF},
    [SCAN_ONE] = {"one", MSG_CHOICE_SCAN_ONE},
    [SCAN_TWO] = {"two", MSG_CHOICE_SCAN_TWO},
    {.word = NULL},
};

static const struct option_row rows[] = {
    OPTION_HEADING(MSG_HEADING_PLACE),
    OPTION_FILE("guide", struct assistant_options, guide, MSG_VALUE_GUIDE, MSG_OPTION_GUIDE),
    OPTION_TEXT("path", struct assistant_options, path, MSG_VALUE_PATH, MSG_OPTION_PATH),
    OPTION_TEXT("section", struct assistant_options, section, MSG_VALUE_SECTION,
                MSG_OPTION_SECTION),
    OPTION_TEXT("step", struct assistant_options, step, MSG_VALUE_STEP, MSG_OPTION_STEP),
    OPTION_FLAG("restart", struct assistant_options, restart, MSG_OPTION_RESTART),
    OPTION_FLAG("setup", struct assistant_options, setup, MSG_OPTION_SETUP),
    OPTION_NAME("learner", struct assistant_options, learner, MSG_VALUE_NAME, MSG_OPTION_LEARNER),
    OPTION_FLAG("guest", struct assistant_options, guest, MSG_OPTION_GUEST),
    OPTION_DATE("today", struct assistant_options, today, MSG_OPTION_TODAY),
    OPTION_HEADING(MSG_HEADING_SPEAKING),
    OPTION_CHOICE("speech", struct assistant_options, speech, speech_choices, MSG_OPTION_SPEECH),
    OPTION_PRESET("no-speech", struct assistant_options, speech, SPEECH_NONE, MSG_OPTION_NO_SPEECH),
    OPTION_NUMBER("rate", struct assistant_options, rate, VOICE_RATE_MIN, VOICE_RATE_MAX,
                  MSG_OPTION_RATE),
    OPTION_NUMBER("pitch", struct assistant_options, pitch, VOICE_PITCH_MIN, VOICE_PITCH_MAX,
                  MSG_OPTION_PITCH),
    OPTION_NUMBER("volume", struct assistant_options, volume, VOICE_VOLUME_MIN, VOICE_VOLUME_MAX,
                  MSG_OPTION_VOLUME),
    OPTION_TEXT("voice-variant", struct assistant_options, voice_variant, MSG_VALUE_NAME,
                MSG_OPTION_VOICE_VARIANT),
    OPTION_CHOICE("earcons", struct assistant_options, earcons, on_choices, MSG_OPTION_EARCONS),
    OPTION_NUMBER("sentence-pause", struct assistant_options, sentence_pause, 0, SENTENCE_PAUSE_MAX,
                  MSG_OPTION_SENTENCE_PAUSE),
    OPTION_CHOICE("punctuation", struct assistant_options, punctuation, punctuation_choices,
                  MSG_OPTION_PUNCTUATION),
    OPTION_NUMBER("ask-again", struct assistant_options, ask_again, 0, ASK_AGAIN_MAX,
                  MSG_OPTION_ASK_AGAIN),
    OPTION_FLAG("simple", struct assistant_options, simple, MSG_OPTION_SIMPLE),
    OPTION_FILE("voice", struct assistant_options, pack, MSG_VALUE_VOICE, MSG_OPTION_VOICE),
    OPTION_HEADING(MSG_HEADING_LISTENING),
    OPTION_CHOICE("listen", struct assistant_options, listen, listen_choices, MSG_OPTION_LISTEN),
    OPTION_PRESET("no-listen", struct assistant_options, listen, LISTEN_NONE, MSG_OPTION_NO_LISTEN),
    OPTION_CHOICE("duplex", struct assistant_options, duplex, duplex_choices, MSG_OPTION_DUPLEX),
    OPTION_NUMBER("listen-pause", struct assistant_options, listen_pause, LISTEN_PAUSE_MIN,
                  LISTEN_PAUSE_MAX, MSG_OPTION_LISTEN_PAUSE),
    OPTION_HEADING(MSG_HEADING_KEYS),
    OPTION_CHOICE("keys", struct assistant_options, keys, keys_choices, MSG_OPTION_KEYS),
    OPTION_CHOICE("scan", struct assistant_options, scan, scan_choices, MSG_OPTION_SCAN),
    OPTION_NUMBER("scan-pause", struct assistant_options, scan_pause, SCAN_PAUSE_MIN,
                  SCAN_PAUSE_MAX, MSG_OPTION_SCAN_PAUSE),
    OPTION_CHOICE("media-keys", struct assistant_options, media_keys, on_choices,
                  MSG_OPTION_MEDIA_KEYS),
    OPTION_HEADING(MSG_HEADING_SOUND),
    OPTION_CHECKED("audio", struct assistant_options, audio, audio_choices, audio_choices_accept,
                   MSG_OPTION_AUDIO),
    OPTION_FLAG("fast", struct assistant_options, fast, MSG_OPTION_FAST),
    OPTION_TEXT("input-device", struct assistant_options, input_device, MSG_VALUE_NAME,
                MSG_OPTION_INPUT_DEVICE),
    OPTION_TEXT("output-device", struct assistant_options, output_device, MSG_VALUE_NAME,
                MSG_OPTION_OUTPUT_DEVICE),
    OPTION_HEADING(MSG_HEADING_OTHERS),
    OPTION_FILE("transcript", struct assistant_options, transcript, MSG_VALUE_FILE,
                MSG_OPTION_TRANSCRIPT),
    OPTION_PRESET("view", struct assistant_options, view, VIEW_OPEN, MSG_OPTION_VIEW),
    OPTION_PRESET("view-address", struct assistant_options, view, VIEW_ADDRESS,
                  MSG_OPTION_VIEW_ADDRESS),
    OPTION_VERSION,
    OPTION_END,
};

const struct option_table cmd_run_options = {
    .help = MSG_HELP_RUN, .rows = rows, .subcommands = subcommands};

int cmd_run(const struct cli *cli, int argc, char **argv)
{
    struct assistant_options options = ASSISTANT_OPTIONS_UNSET;
    int code = options_parse(cli, &cmd_run_options, argc, argv, &options, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    if (options.guest && options.learner)
        return cli_superfluous(cli, "--guest");
    if (options.fast && !(audio_find(options.audio)->flags & AUDIO_ENDS)) {
        cli_error(cli, MSG_FAST_NEEDS_WAV);
        return CLI_USAGE;
    }
    if (options.fast && options.view != VIEW_NONE)
        return cli_superfluous(cli, options.view == VIEW_OPEN ? "--view" : "--view-address");
    return assistant_run(cli, &options);
}
