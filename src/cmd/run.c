/* The assistant itself: its options. */
#include "app/assistant.h"
#include "app/cli.h"
#include "base/mem.h"
#include "listen/pacing.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPT_GUIDE = 256,
    OPT_PATH,
    OPT_SECTION,
    OPT_STEP,
    OPT_LEARNER,
    OPT_GUEST,
    OPT_TODAY,
    OPT_VOICE,
    OPT_SPEECH,
    OPT_NO_SPEECH,
    OPT_LISTEN,
    OPT_NO_LISTEN,
    OPT_DUPLEX,
    OPT_AUDIO,
    OPT_INPUT_DEVICE,
    OPT_OUTPUT_DEVICE,
    OPT_RATE,
    OPT_PITCH,
    OPT_VOLUME,
    OPT_VOICE_VARIANT,
    OPT_LISTEN_PAUSE,
    OPT_EARCONS,
    OPT_SENTENCE_PAUSE,
    OPT_PUNCTUATION,
    OPT_KEYS,
    OPT_SCAN,
    OPT_SCAN_PAUSE,
    OPT_SIMPLE,
    OPT_RESTART,
    OPT_SETUP,
    OPT_TRANSCRIPT,
    OPT_FAST,
    OPT_HELP
};

static const struct option long_options[] = {
    {"guide", required_argument, NULL, OPT_GUIDE},
    {"path", required_argument, NULL, OPT_PATH},
    {"section", required_argument, NULL, OPT_SECTION},
    {"step", required_argument, NULL, OPT_STEP},
    {"learner", required_argument, NULL, OPT_LEARNER},
    {"guest", no_argument, NULL, OPT_GUEST},
    {"today", required_argument, NULL, OPT_TODAY},
    {"voice", required_argument, NULL, OPT_VOICE},
    {"speech", required_argument, NULL, OPT_SPEECH},
    {"no-speech", no_argument, NULL, OPT_NO_SPEECH},
    {"listen", required_argument, NULL, OPT_LISTEN},
    {"no-listen", no_argument, NULL, OPT_NO_LISTEN},
    {"duplex", required_argument, NULL, OPT_DUPLEX},
    {"audio", required_argument, NULL, OPT_AUDIO},
    {"input-device", required_argument, NULL, OPT_INPUT_DEVICE},
    {"output-device", required_argument, NULL, OPT_OUTPUT_DEVICE},
    {"rate", required_argument, NULL, OPT_RATE},
    {"pitch", required_argument, NULL, OPT_PITCH},
    {"volume", required_argument, NULL, OPT_VOLUME},
    {"voice-variant", required_argument, NULL, OPT_VOICE_VARIANT},
    {"listen-pause", required_argument, NULL, OPT_LISTEN_PAUSE},
    {"earcons", required_argument, NULL, OPT_EARCONS},
    {"sentence-pause", required_argument, NULL, OPT_SENTENCE_PAUSE},
    {"punctuation", required_argument, NULL, OPT_PUNCTUATION},
    {"keys", required_argument, NULL, OPT_KEYS},
    {"scan", required_argument, NULL, OPT_SCAN},
    {"scan-pause", required_argument, NULL, OPT_SCAN_PAUSE},
    {"simple", no_argument, NULL, OPT_SIMPLE},
    {"restart", no_argument, NULL, OPT_RESTART},
    {"setup", no_argument, NULL, OPT_SETUP},
    {"transcript", required_argument, NULL, OPT_TRANSCRIPT},
    {"fast", no_argument, NULL, OPT_FAST},
    {"help", no_argument, NULL, OPT_HELP},
    {0},
};

/* A word of a list as its position; -1 if it is not there. */
static int word_of(const char *word, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        if (!strcmp(word, words[i]))
            return i;
    return -1;
}

/* The words stand in the order of the enums of model/settings.h. */
static const char *const speech_words[] = {"espeak", "speechd", "none", NULL};
static const char *const listen_words[] = {"free", "tap", "none", NULL};
static const char *const duplex_words[] = {"auto", "headphones", "echo", "half", NULL};

static const char *const earcon_words[] = {"off", "on", NULL};
static const char *const punctuation_words[] = {"none", "some", "all", NULL};
static const char *const keys_words[] = {"line", "single", NULL};
static const char *const scan_words[] = {"off", "one", "two", NULL};

static bool is_audio(const char *value)
{
    return !strcmp(value, "portaudio") || !strcmp(value, "null") ||
           (!strncmp(value, "wav:", 4) && value[4]);
}

/* 0, or -1 if the value cannot be used. */
static int take_number(const char *value, int minimum, int maximum, int *ret_number)
{
    char *end;
    long number = strtol(value, &end, 10);
    if (end == value || *end || number < minimum || number > maximum)
        return -1;
    *ret_number = (int)number;
    return 0;
}

static int take_word(const char *value, const char *const *words, int *ret_position)
{
    int position = word_of(value, words);
    if (position < 0)
        return -1;
    *ret_position = position;
    return 0;
}

static int take_audio(const char *value, const char **ret_audio)
{
    if (!is_audio(value))
        return -1;
    *ret_audio = value;
    return 0;
}

/* One option into the struct. 0, or -1 if its value cannot be used. */
static int take_option(int option, char *value, struct assistant_options *options)
{
    switch (option) {
    case OPT_GUIDE:
        options->guide = value;
        return 0;
    case OPT_PATH:
        options->path = value;
        return 0;
    case OPT_SECTION:
        options->section = value;
        return 0;
    case OPT_STEP:
        options->step = value;
        return 0;
    case OPT_LEARNER:
        options->learner = value;
        return *value ? 0 : -1;
    case OPT_GUEST:
        options->guest = true;
        return 0;
    case OPT_TODAY:
        return date_parse(value, &options->today);
    case OPT_VOICE:
        options->pack = value;
        return 0;
    case OPT_SPEECH:
        return take_word(value, speech_words, &options->speech);
    case OPT_NO_SPEECH:
        options->speech = SPEECH_NONE;
        return 0;
    case OPT_LISTEN:
        return take_word(value, listen_words, &options->listen);
    case OPT_NO_LISTEN:
        options->listen = LISTEN_NONE;
        return 0;
    case OPT_DUPLEX:
        return take_word(value, duplex_words, &options->duplex);
    case OPT_AUDIO:
        return take_audio(value, &options->audio);
    case OPT_INPUT_DEVICE:
        options->input_device = value;
        return 0;
    case OPT_OUTPUT_DEVICE:
        options->output_device = value;
        return 0;
    case OPT_RATE:
        return take_number(value, 80, 450, &options->rate);
    case OPT_PITCH:
        return take_number(value, 0, 100, &options->pitch);
    case OPT_VOLUME:
        return take_number(value, 0, 200, &options->volume);
    case OPT_VOICE_VARIANT:
        options->voice_variant = value;
        return 0;
    case OPT_LISTEN_PAUSE:
        return take_number(value, PACING_LEAST, PACING_MOST, &options->listen_pause);
    case OPT_EARCONS:
        return take_word(value, earcon_words, &options->earcons);
    case OPT_SENTENCE_PAUSE:
        return take_number(value, 0, SENTENCE_PAUSE_MAX, &options->sentence_pause);
    case OPT_PUNCTUATION:
        return take_word(value, punctuation_words, &options->punctuation);
    case OPT_KEYS:
        return take_word(value, keys_words, &options->keys);
    case OPT_SCAN:
        return take_word(value, scan_words, &options->scan);
    case OPT_SCAN_PAUSE:
        return take_number(value, SCAN_PAUSE_MIN, SCAN_PAUSE_MAX, &options->scan_pause);
    case OPT_SIMPLE:
        options->simple = true;
        return 0;
    case OPT_RESTART:
        options->restart = true;
        return 0;
    case OPT_SETUP:
        options->setup = true;
        return 0;
    case OPT_TRANSCRIPT:
        options->transcript = value;
        return 0;
    default:
        options->fast = true;
        return 0;
    }
}

static int bad_value(const struct cli *cli, const char *name, const char *value)
{
    char *option = xasprintf("--%s", name);
    int code = cli_bad_value(cli, option, value);
    free(option);
    return code;
}

int cmd_run(const struct cli *cli, int argc, char **argv)
{
    struct assistant_options options = {
        .guide = NULL,
        .audio = "portaudio",
        .speech = -1,
        .listen = -1,
        .duplex = -1,
        .pitch = -1,
        .volume = -1,
        .earcons = -1,
        .sentence_pause = -1,
        .punctuation = -1,
        .keys = -1,
        .scan = -1,
    };
    opterr = 0;
    for (int option, index; (option = getopt_long(argc, argv, "", long_options, &index)) != -1;) {
        if (option == '?' || option == ':')
            return cli_bad_option(cli, argv);
        if (option == OPT_HELP) {
            cli_print(cli, MSG_HELP_RUN);
            return cli_finish(cli);
        }
        if (take_option(option, optarg, &options))
            return bad_value(cli, long_options[index].name, optarg);
    }
    if (optind < argc)
        return cli_superfluous(cli, argv[optind]);
    if (options.guest && options.learner)
        return cli_superfluous(cli, "--guest");
    if (options.fast && strncmp(options.audio, "wav:", 4)) {
        cli_error(cli, MSG_FAST_NEEDS_WAV);
        return CLI_USAGE;
    }
    return assistant_run(cli, &options);
}
