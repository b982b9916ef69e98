#include "sound.h"

#include "mem.h"
#include "microphone.h"
#include "voice.h"

#include <stdlib.h>

/* espeak-ng's own rate: without resampling where the device takes it. */
#define PREFERRED_OUTPUT_RATE 22050 /* Hz */

struct sound {
    const struct audio_driver *driver;
    struct audio *audio;
    struct audio_format format;
    struct speaker *speaker;
    struct listener *listener;
    struct microphone *microphone;
    bool simulated;
};

static void render(void *context, int16_t *samples, size_t count)
{
    struct sound *sound = context;
    bool speaking = false;
    if (sound->speaker)
        speaking = speaker_render(sound->speaker, samples, count);
    else
        for (size_t i = 0; i < count; i++)
            samples[i] = 0;
    if (sound->listener)
        listener_played(sound->listener, samples, count, speaking);
}

static void capture(void *context, const int16_t *samples, size_t count)
{
    struct sound *sound = context;
    microphone_feed(sound->microphone, samples, count, sound->format.input_rate);
    if (sound->listener)
        listener_capture(sound->listener, samples, count);
}

/* Before the audio, so that the engine gets ready while devices are looked for. */
static void open_speaker(struct sound *sound, const struct sound_config *config)
{
    const char *variant = config->voice_variant;
    char *voice = variant ? xasprintf("%s+%s", config->voice->synth_voice, variant)
                          : xstrdup(config->voice->synth_voice);
    struct speaker_config speaker = {
        .driver = &synth_espeak,
        .voice = voice,
        .language = config->voice->synth_language,
        .reading = config->voice->reading,
        .simulated = config->simulated,
    };
    if (config->speak)
        speaker_open(&speaker, &sound->speaker);
    free(voice);
}

static void give_speaker_output(struct sound *sound)
{
    if (sound->speaker && sound->format.output_rate) {
        speaker_set_output_rate(sound->speaker, sound->format.output_rate);
        return;
    }
    speaker_close(sound->speaker);
    sound->speaker = NULL;
}

static void open_listener(struct sound *sound, const struct sound_config *config)
{
    struct listener_config listener = {
        .driver = config->recog,
        .voice = config->voice,
        .input_rate = sound->format.input_rate,
        .output_rate = sound->format.output_rate,
        .mode = config->mode,
        .endpoint = endpoint_default_config(),
        .simulated = config->simulated,
    };
    if (config->listen && sound->format.input_rate)
        listener_open(&listener, &sound->listener);
}

int sound_open(const struct sound_config *config, struct sound **ret_sound, char **ret_error)
{
    struct sound *sound = xcalloc(1, sizeof *sound);
    sound->driver = config->driver;
    sound->microphone = microphone_new();
    sound->simulated = config->simulated;
    struct audio_config audio = {
        .input = config->input,
        .output = config->output,
        .want_input = config->listen,
        .want_output = config->speak,
        .preferred_output_rate = PREFERRED_OUTPUT_RATE,
        .simulated = config->simulated,
        .messages = config->messages,
    };
    struct audio_callbacks callbacks = {.context = sound, .render = render, .capture = capture};
    open_speaker(sound, config);
    if (config->driver->open(&audio, &callbacks, &sound->audio, &sound->format, ret_error))
        goto failed;
    give_speaker_output(sound);
    open_listener(sound, config);
    if (config->driver->start(sound->audio, ret_error))
        goto failed;
    *ret_sound = sound;
    return 0;

failed:
    sound_close(sound);
    return -1;
}

void sound_close(struct sound *sound)
{
    if (!sound)
        return;
    /* The callbacks use speaker and listener: they must have ended first. */
    if (sound->audio)
        sound->driver->stop(sound->audio);
    listener_close(sound->listener);
    speaker_close(sound->speaker);
    sound->driver->close(sound->audio);
    microphone_free(sound->microphone);
    free(sound);
}

struct speaker *sound_speaker(const struct sound *sound)
{
    return sound ? sound->speaker : NULL;
}

struct listener *sound_listener(const struct sound *sound)
{
    return sound ? sound->listener : NULL;
}

struct microphone *sound_microphone(const struct sound *sound)
{
    return sound && sound->listener ? sound->microphone : NULL;
}

int sound_step(struct sound *sound)
{
    if (sound->speaker)
        speaker_work(sound->speaker);
    int ms = sound->driver->step(sound->audio);
    if (sound->listener)
        listener_work(sound->listener);
    return ms;
}

bool sound_input_ended(const struct sound *sound)
{
    return sound->driver->input_ended(sound->audio);
}

char *sound_take_error(struct sound *sound)
{
    return sound->driver->take_error(sound->audio);
}

void sound_stop(struct sound *sound)
{
    sound->driver->stop(sound->audio);
}
