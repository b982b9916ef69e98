/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/settings.h"

#include "base/mem.h"
#include "base/voice_range.h"

#include <stdlib.h>
#include <string.h>

static const struct settings defaults = {
    .pitch = VOICE_PITCH_NORMAL,
    .volume = VOICE_VOLUME_NORMAL,
    .earcons = true,
    .single_keys = false,
    .punctuation = PUNCTUATION_SOME,
    .listen_pause_learned = LISTEN_PAUSE_DEFAULT,
    .sentence_pause = SENTENCE_PAUSE_DEFAULT,
    .scan_pause = SCAN_PAUSE_DEFAULT,
    .ask_again = ASK_AGAIN_DEFAULT,
    .listen = LISTEN_FREE,
    .duplex = DUPLEX_AUTO,
    .speech = SPEECH_ESPEAK,
};

void settings_init(struct settings *settings)
{
    *settings = defaults;
}

static struct settings_pair copy_pair(const struct settings_pair *from)
{
    struct settings_pair pair = *from;
    pair.output = from->output ? xstrdup(from->output) : NULL;
    pair.input = from->input ? xstrdup(from->input) : NULL;
    return pair;
}

static void free_pair(struct settings_pair *pair)
{
    free(pair->output);
    free(pair->input);
}

static bool is_pair(const struct settings_pair *pair, const char *output, const char *input)
{
    return pair->output && pair->input && !strcmp(pair->output, output) &&
           !strcmp(pair->input, input);
}

const struct settings_pair *settings_find_pair(const struct settings *settings, const char *output,
                                               const char *input)
{
    for (size_t i = 0; i < settings->pair_count; i++)
        if (is_pair(&settings->pairs[i], output, input))
            return &settings->pairs[i];
    return NULL;
}

void settings_set_pair(struct settings *settings, const struct settings_pair *pair)
{
    struct settings_pair *pairs = xcalloc(SETTINGS_PAIRS, sizeof *pairs);
    const size_t most = SETTINGS_PAIRS - 1;
    size_t count = 0, others = 0;
    for (size_t i = 0; i < settings->pair_count; i++)
        others += !is_pair(&settings->pairs[i], pair->output, pair->input);
    for (size_t i = 0; i < settings->pair_count; i++) {
        const bool other = !is_pair(&settings->pairs[i], pair->output, pair->input);
        if (other && others-- <= most)
            pairs[count++] = copy_pair(&settings->pairs[i]);
    }
    pairs[count++] = copy_pair(pair);
    for (size_t i = 0; i < settings->pair_count; i++)
        free_pair(&settings->pairs[i]);
    free(settings->pairs);
    settings->pairs = pairs;
    settings->pair_count = count;
}

static struct settings_keys *copy_keys(const struct settings_keys *from)
{
    struct settings_keys *keys = xcalloc(1, sizeof *keys);
    for (int i = 0; i < COMMAND_COUNT; i++)
        keys->of[i] = from->of[i] ? xstrdup(from->of[i]) : NULL;
    return keys;
}

void settings_copy(struct settings *settings, const struct settings *from)
{
    *settings = *from;
    settings->voice_variant = from->voice_variant ? xstrdup(from->voice_variant) : NULL;
    settings->speechd_voice = from->speechd_voice ? xstrdup(from->speechd_voice) : NULL;
    settings->keys = from->keys ? copy_keys(from->keys) : NULL;
    settings->input_device = from->input_device ? xstrdup(from->input_device) : NULL;
    settings->output_device = from->output_device ? xstrdup(from->output_device) : NULL;
    settings->pairs = NULL;
    settings->pair_count = 0;
    for (size_t i = 0; i < from->pair_count; i++)
        settings_set_pair(settings, &from->pairs[i]);
}

void settings_free(struct settings *settings)
{
    if (!settings)
        return;
    for (int i = 0; settings->keys && i < COMMAND_COUNT; i++)
        free(settings->keys->of[i]);
    for (size_t i = 0; i < settings->pair_count; i++)
        free_pair(&settings->pairs[i]);
    free(settings->keys);
    free(settings->pairs);
    free(settings->voice_variant);
    free(settings->speechd_voice);
    free(settings->input_device);
    free(settings->output_device);
    settings->keys = NULL;
    settings->pairs = NULL;
    settings->pair_count = 0;
    settings->voice_variant = settings->speechd_voice = NULL;
    settings->input_device = settings->output_device = NULL;
}
