/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas say [options] [TEXT...]: says a text as the assistant would, shows the words that the
 * voice receives, or writes them as sound.
 */
#include "app/cli.h"
#include "app/pack_voice.h"
#include "app/sound.h"
#include "audio/audio.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/voice_range.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/pack.h"
#include "speech/speaker.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A device whose callback stands still for so long has gone. */
#define PATIENCE_MS 5000

struct say {
    const struct cli *cli;
    bool show;
    const char *output;
    int rate; /* 0: the voice pack's */
    int pitch, volume;
    const char *variant; /* of the voice, or NULL */
    const char *pack_id;
    struct pack *pack;
    struct utterance utterance;
};

/* The callbacks need the speaker, and the speaker the rate that only open() knows. */
static void render(void *context, int16_t *samples, size_t count)
{
    struct speaker **speaker = context;
    if (*speaker)
        speaker_render(*speaker, samples, count);
    else
        memset(samples, 0, count * sizeof *samples);
}

static struct speaker *open_speaker(const struct say *say, int output_rate, bool simulated)
{
    const struct pack *pack = say->pack;
    const struct synth_config synth = pack_voice(pack);
    const struct speaker_config config = {
        .driver = synth_choose(&synth),
        .synth = synth,
        .reading = pack->reading,
        .output_rate = output_rate,
        .simulated = simulated,
    };
    struct synth_params params = {
        .rate = say->rate ? say->rate : pack->rate, .pitch = say->pitch, .volume = say->volume};
    snprintf(params.variant, sizeof params.variant, "%s", say->variant ? say->variant : "");
    struct speaker *speaker = NULL;
    if (speaker_open(&config, &speaker))
        return NULL;
    speaker_set_params(speaker, &params);
    speaker_say(speaker, &say->utterance);
    return speaker;
}

/* Prints and frees an error of a driver, if there is one. */
static int tell(char *error)
{
    if (!error)
        return CLI_OK;
    fprintf(stderr, "%s\n", error);
    free(error);
    return CLI_FAILED;
}

static int tell_engine(const struct say *say, const struct speaker *speaker)
{
    if (speaker && speaker_works(speaker))
        return CLI_OK;
    cli_error(say->cli, MSG_SAY_NO_ENGINE);
    return CLI_FAILED;
}

/* --- --show -----------------------------------------------------------------------------------*/

static int show(const struct say *say)
{
    char **sentences = NULL;
    size_t count = utterance_sentences(say->pack->reading, &say->utterance, &sentences);
    for (size_t i = 0; i < count; i++) {
        char *line = text_shown(sentences[i]);
        puts(line);
        free(line);
    }
    sentences_free(sentences, count);
    return cli_finish(say->cli);
}

/* --- --output ---------------------------------------------------------------------------------*/

static int write_sound(const struct say *say)
{
    struct speaker *speaker = NULL;
    struct audio *audio = NULL;
    struct audio_format format;
    char *error = NULL;
    const struct audio_callbacks callbacks = {.context = &speaker, .render = render};
    const struct audio_config config = {
        .output = say->output,
        .want_output = true,
        .preferred_output_rate = SOUND_OUTPUT_RATE,
        .simulated = true,
        .messages = say->cli->messages,
    };
    if (audio_wav.open(&config, &callbacks, &audio, &format, &error))
        return tell(error);
    speaker = open_speaker(say, format.output_rate, true);
    while (speaker && speaker_is_busy(speaker)) {
        speaker_work(speaker);
        audio_wav.step(audio);
    }
    audio_wav.stop(audio);
    int code = tell_engine(say, speaker);
    if (tell(audio_wav.take_error(audio)))
        code = CLI_FAILED;
    audio_wav.close(audio);
    speaker_close(speaker);
    return code;
}

/* --- aloud ------------------------------------------------------------------------------------*/

/* Until all is said; false if the device stopped taking samples. */
static bool wait_until_said(struct speaker *speaker, const struct audio_driver *driver,
                            const struct audio *audio)
{
    struct audio_health before = {0};
    while (speaker_is_busy(speaker)) {
        struct pollfd poller = {.fd = speaker_idle_fd(speaker), .events = POLLIN};
        int ready = poll(&poller, 1, PATIENCE_MS);
        struct audio_health now;
        driver->health(audio, &now);
        if (!ready && now.output_beats == before.output_beats)
            return false;
        before = now;
    }
    return true;
}

static int play(const struct say *say)
{
    struct speaker *speaker = NULL;
    struct audio *audio = NULL;
    struct audio_format format;
    char *error = NULL;
    const struct audio_driver *driver = audio_find(NULL)->driver;
    const struct audio_callbacks callbacks = {.context = &speaker, .render = render};
    const struct audio_config config = {
        .want_output = true,
        .preferred_output_rate = SOUND_OUTPUT_RATE,
        .messages = say->cli->messages,
    };
    if (driver->open(&config, &callbacks, &audio, &format, &error)) {
        free(error);
        cli_error(say->cli, MSG_SAY_NO_OUTPUT);
        return CLI_FAILED;
    }
    speaker = open_speaker(say, format.output_rate, false);
    int code = CLI_FAILED;
    if (speaker && driver->start(audio, &error)) {
        tell(error);
    } else if (speaker && !wait_until_said(speaker, driver, audio)) {
        cli_error(say->cli, MSG_SAY_STUCK, "device", format.output_name);
    } else {
        driver->stop(audio);
        code = tell_engine(say, speaker);
    }
    driver->close(audio);
    speaker_close(speaker);
    return code;
}

/* --- what to say ------------------------------------------------------------------------------*/

static char *read_all(FILE *stream)
{
    struct strbuf text = {0};
    char buffer[4096];
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, stream)) > 0;)
        strbuf_add_bytes(&text, buffer, got);
    return strbuf_take(&text);
}

static char *join(char **words)
{
    struct strbuf text = {0};
    for (size_t i = 0; words[i]; i++) {
        strbuf_add(&text, i ? " " : "");
        strbuf_add(&text, words[i]);
    }
    return strbuf_take(&text);
}

static int run(struct say *say, char **words)
{
    int code = load_pack(say->cli, say->pack_id, &say->pack);
    if (code != CLI_OK)
        return code;
    bool from_input = !words[0] || (!strcmp(words[0], "-") && !words[1]);
    say->utterance.text = from_input ? read_all(stdin) : join(words);
    if (say->show)
        code = show(say);
    else
        code = say->output ? write_sound(say) : play(say);
    utterance_free(&say->utterance);
    pack_free(say->pack);
    return code;
}

/* A name as espeak-ng has them ("f3", "Mr_serious", "mb-fr1"), no path. */
static bool is_variant(const char *name)
{
    size_t length = strlen(name);
    return length && length < SYNTH_VARIANT_SIZE &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
               length;
}

static const struct option_row rows[] = {
    OPTION_FLAG("show", struct say, show, MSG_OPTION_SHOW),
    OPTION_FILE("output", struct say, output, MSG_VALUE_WAV, MSG_OPTION_OUTPUT),
    OPTION_NUMBER("rate", struct say, rate, VOICE_RATE_MIN, VOICE_RATE_MAX, MSG_OPTION_RATE),
    OPTION_NUMBER("pitch", struct say, pitch, VOICE_PITCH_MIN, VOICE_PITCH_MAX, MSG_OPTION_PITCH),
    OPTION_NUMBER("volume", struct say, volume, VOICE_VOLUME_MIN, VOICE_VOLUME_MAX,
                  MSG_OPTION_VOLUME),
    {.name = "variant",
     .kind = OPTION_KIND_TEXT,
     .member = OPTION_MEMBER(struct say, variant, const char *),
     .value = MSG_VALUE_NAME,
     .accepts = is_variant,
     .help = MSG_OPTION_VOICE_VARIANT},
    OPTION_FILE("voice", struct say, pack_id, MSG_VALUE_VOICE, MSG_OPTION_VOICE),
    OPTION_END,
};

const struct option_table cmd_say_options = {
    .help = MSG_HELP_SAY,
    .rows = rows,
    .operand = {.kind = OPERAND_WORDS, .name = MSG_VALUE_TEXT},
};

/* "-11", "-50 €": a text, since no option begins with a figure or a sign. */
static bool is_signed_text(const char *argument)
{
    unsigned char second = argument[0] == '-' ? (unsigned char)argument[1] : 0;
    return second && second != '-' && !((second | 32) >= 'a' && (second | 32) <= 'z');
}

/* The option is followed by its value in an argument of its own. */
static bool wants_next(const char *argument)
{
    if (strncmp(argument, "--", 2) || strchr(argument, '='))
        return false;
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(&cmd_say_options, i)); i++)
        if (option_row_has_value(row) && !strncmp(row->name, argument + 2, strlen(argument + 2)))
            return true;
    return false;
}

/* Options first, then "--", then the text in its order, as getopt_long() takes "-11" for options.
 */
static char **texts_last(int argc, char **argv, int *ret_argc)
{
    static char end[] = "--";
    char **sorted = xcalloc((size_t)argc + 2, sizeof *sorted);
    int options = 1, count = 0;
    bool incomplete = false;
    char **texts = xcalloc((size_t)argc + 1, sizeof *texts);
    sorted[0] = argv[0];
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--")) {
            while (++i < argc)
                texts[count++] = argv[i];
        } else if (argv[i][0] == '-' && argv[i][1] && !is_signed_text(argv[i])) {
            sorted[options++] = argv[i];
            if (wants_next(argv[i]) && i + 1 < argc)
                sorted[options++] = argv[++i];
            else if (wants_next(argv[i]))
                incomplete = true;
        } else {
            texts[count++] = argv[i];
        }
    }
    /* An option that lacks its value must not take the "--" for it. */
    if (!incomplete)
        sorted[options++] = end;
    *ret_argc = options + (incomplete ? 0 : count);
    for (int i = 0; i < count && !incomplete; i++)
        sorted[options + i] = texts[i];
    free(texts);
    return sorted;
}

int cmd_say(const struct cli *cli, int argc, char **argv)
{
    struct say say = {.cli = cli, .pitch = VOICE_PITCH_NORMAL, .volume = VOICE_VOLUME_NORMAL};
    char **words, **sorted = texts_last(argc, argv, &argc);
    int code = options_parse(cli, &cmd_say_options, argc, sorted, &say, &words);
    if (code == OPTIONS_GO_ON)
        code = run(&say, words);
    free(sorted);
    return code;
}
