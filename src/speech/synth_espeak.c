/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * synth_espeak: speech by espeak-ng, one sentence per call, in the calling thread.
 *
 * The library is shared with whoever asks it for pronunciations (speech/espeak.h), and the callback
 * finds its sink through the call, so several instances would do no harm; one is enough.
 */
#include "base/mem.h"
#include "base/number.h"
#include "base/voice_range.h"
#include "dsp/resample.h"
#include "speech/espeak.h"
#include "speech/mbrola.h"
#include "speech/synth.h"

#include <espeak-ng/speak_lib.h>
#include <stdlib.h>
#include <string.h>

struct synth {
    char *voice;
    char *language;
};

/* What the library's callback needs of one call. */
struct saying {
    synth_sink sink;
    synth_word word;
    void *context;
    struct resample *resample; /* of a voice with a rate of its own, or NULL */
    struct samples made;
};

static bool hand_over(struct saying *saying)
{
    const bool wanted = saying->sink(saying->context, saying->made.items, saying->made.count);
    saying->made.count = 0;
    return wanted;
}

static void tell_words(const struct saying *saying, const espeak_EVENT *events)
{
    for (; saying->word && events->type != espeakEVENT_LIST_TERMINATED; events++)
        if (events->type == espeakEVENT_WORD && events->text_position > 0)
            saying->word(saying->context, (size_t)events->text_position - 1,
                         events->audio_position);
}

/* 1 stops the synthesis at once; espeak_Cancel() would not. */
static int take_samples(short *samples, int count, espeak_EVENT *events)
{
    struct saying *saying = events->user_data;
    if (!saying)
        return 0;
    tell_words(saying, events);
    if (!samples || count <= 0)
        return 0;
    if (saying->resample) {
        resample_add(saying->resample, samples, (size_t)count, &saying->made);
        return hand_over(saying) ? 0 : 1;
    }
    return saying->sink(saying->context, samples, (size_t)count) ? 0 : 1;
}

static void espeak_close(struct synth *synth)
{
    if (!synth)
        return;
    free(synth->voice);
    free(synth->language);
    free(synth);
}

static bool espeak_is_for(const struct synth_config *config)
{
    (void)config;
    return true;
}

static int espeak_open(const struct synth_config *config, struct synth **ret_synth)
{
    const char *voice = config->voice, *language = config->language;
    if (espeak_start() || espeak_enter(voice, language))
        return -1;
    espeak_SetSynthCallback(take_samples);
    espeak_leave();
    struct synth *synth = xcalloc(1, sizeof *synth);
    synth->voice = voice ? xstrdup(voice) : NULL;
    synth->language = language ? xstrdup(language) : NULL;
    *ret_synth = synth;
    return 0;
}

static int sample_rate(const struct synth *synth)
{
    (void)synth;
    return espeak_rate();
}

/* True if it is one of MBROLA's voices that speaks like this. */
static bool speaks_mbrola(const struct synth_params *params)
{
    return mbrola_is_name(params->variant) && mbrola_is_there(params->variant);
}

/* Makes the voice current; espeak_leave() is for the caller. */
static int enter(const struct synth *synth, const char *variant)
{
    const bool own = mbrola_is_name(variant);
    if (!synth->voice || !*variant || (own && !mbrola_is_there(variant)))
        return espeak_enter(synth->voice, synth->language);
    char *voice = own ? xstrdup(variant) : xasprintf("%s+%s", synth->voice, variant);
    const int result = espeak_enter(voice, synth->language);
    free(voice);
    return result;
}

static espeak_ERROR synthesise(const char *sentence, struct saying *saying)
{
    const int rate = espeak_voice_rate();
    if (rate != espeak_rate())
        saying->resample = resample_new(rate, espeak_rate());
    /* Neither SSML nor [[phonemes]]: every character is a character to say. */
    const espeak_ERROR error = espeak_Synth(sentence, strlen(sentence) + 1, 0, POS_CHARACTER, 0,
                                            espeakCHARS_UTF8, NULL, saying);
    if (saying->resample) {
        resample_end(saying->resample, &saying->made);
        (void)hand_over(saying);
    }
    resample_free(saying->resample);
    samples_free(&saying->made);
    return error;
}

static void set_parameters(const struct synth_params *params)
{
    const bool mbrola = speaks_mbrola(params);
    const int rate = number_clamp(params->rate, VOICE_RATE_MIN, VOICE_RATE_MAX),
              pitch = number_clamp(params->pitch, VOICE_PITCH_MIN, VOICE_PITCH_MAX),
              volume = number_clamp(params->volume, VOICE_VOLUME_MIN, VOICE_VOLUME_MAX);
    espeak_SetParameter(espeakRATE, mbrola ? mbrola_rate(params->variant, rate) : rate, 0);
    espeak_SetParameter(espeakPITCH, pitch, 0);
    espeak_SetParameter(espeakVOLUME, mbrola ? volume * MBROLA_VOLUME_PERCENT / 100 : volume, 0);
}

static int espeak_say(struct synth *synth, const char *sentence, const struct synth_params *params,
                      synth_sink sink, synth_word word, void *context)
{
    struct saying saying = {
        .sink = sink,
        /* Of MBROLA's voices the first word alone is told. */
        .word = mbrola_is_name(params->variant) ? NULL : word,
        .context = context,
    };
    if (enter(synth, params->variant))
        return -1;
    set_parameters(params);
    const espeak_ERROR error = synthesise(sentence, &saying);
    espeak_leave();
    return error == EE_OK ? 0 : -1;
}

/* The pack's variants, then MBROLA's voices. */
static size_t espeak_voices(const struct synth_config *config, char ***ret_names)
{
    char **mbrola = NULL;
    const size_t count = mbrola_voices(config->language, &mbrola),
                 all = config->variant_count + count;
    char **names = xcalloc(all + 1, sizeof *names);
    for (size_t i = 0; i < config->variant_count; i++)
        names[i] = xstrdup(config->variants[i]);
    for (size_t i = 0; i < count; i++)
        names[config->variant_count + i] = mbrola[i];
    free(mbrola);
    *ret_names = names;
    return all;
}

const struct synth_driver synth_espeak = {
    .name = "espeak",
    .is_for = espeak_is_for,
    .open = espeak_open,
    .voices = espeak_voices,
    .rate = sample_rate,
    .say = espeak_say,
    .close = espeak_close,
};
