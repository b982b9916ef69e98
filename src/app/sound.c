/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sound.h"

#include "app/pack_voice.h"

#include "audio/device_news.h"
#include "audio/device_watch.h"
#include "audio/pulse_monitor.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/timer.h"
#include "dsp/echo_probe.h"
#include "dsp/microphone.h"
#include "dsp/probe_tape.h"
#include "dsp/resample.h"
#include "model/pack.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

/* What the output is asked to hold when it stumbles: first, and at most; doubled in between. */
#define LATENCY_FIRST_MS 80
#define LATENCY_MAX_MS   320

/* What a step without any device is. */
#define STEP_WITHOUT_MS 10

/* When a callback last came; set by the callback. */
struct beat {
    atomic_bool any;
    atomic_llong at_ms;
};

struct sound {
    const struct audio_driver *driver;
    const struct messages *messages;
    char *input_name, *output_name; /* as asked for, or NULL */
    bool want_input, want_output;
    bool simulated;
    int64_t (*now_ms)(void);

    struct audio *audio; /* NULL: no device is open */
    struct audio_format format;
    struct speaker *speaker;
    struct listener *listener;
    struct microphone *microphone;
    struct probe_tape *_Atomic tape; /* a sound check, or NULL */
    struct probe_tape *old_tape;     /* done; a callback may still hold it */
    struct pulse_monitor *monitor;   /* NULL: what others play is not known */
    int latency_ms;

    struct beat rendered, captured;
    struct device_watch devices;
    int watch_fd; /* epoll of the two below; -1: not watched */
    int timer;
    int news_fd;
};

/* --- the callbacks ---------------------------------------------------------------------------- */

static void beat(struct sound *sound, struct beat *beat)
{
    atomic_store_explicit(&beat->at_ms, sound->now_ms(), memory_order_relaxed);
    atomic_store_explicit(&beat->any, true, memory_order_release);
}

static void render(void *context, int16_t *samples, size_t count)
{
    struct sound *sound = context;
    bool speaking = false;
    beat(sound, &sound->rendered);
    struct probe_tape *tape = atomic_load(&sound->tape);
    if (tape)
        probe_tape_render(tape, samples, count);
    else if (sound->speaker) {
        speaker_hold(sound->speaker, sound->listener && listener_is_hearing(sound->listener));
        speaking = speaker_render(sound->speaker, samples, count);
    } else
        for (size_t i = 0; i < count; i++)
            samples[i] = 0;
    if (sound->listener)
        listener_played(sound->listener, samples, count, speaking || tape);
}

static void capture(void *context, const int16_t *samples, size_t count)
{
    struct sound *sound = context;
    beat(sound, &sound->captured);
    microphone_feed(sound->microphone, samples, count, sound->format.input_rate);
    struct probe_tape *tape = atomic_load(&sound->tape);
    if (tape)
        probe_tape_capture(tape, samples, count);
    if (sound->listener)
        listener_capture(sound->listener, samples, count);
}

/* --- opening ---------------------------------------------------------------------------------- */

/* Before the audio, so that the engine gets ready while devices are looked for. */
static void open_speaker(struct sound *sound, const struct sound_config *config)
{
    if (!config->speak)
        return;
    struct speaker_config speaker = {
        .driver = config->synth,
        .synth = pack_voice(config->pack),
        .reading = config->pack->reading,
        .simulated = config->simulated,
    };
    speaker_open(&speaker, &sound->speaker);
}

/* Without an output there is nothing to say, unless one may come. */
static void give_speaker_output(struct sound *sound, bool may_come)
{
    if (sound->speaker && (sound->format.output_rate || may_come)) {
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
        .pack = config->pack,
        .input_rate = sound->format.input_rate,
        .output_rate = sound->format.output_rate,
        .mode = config->mode,
        .endpoint = endpoint_default_config(),
        .simulated = config->simulated,
        .keep_samples = config->keep_samples,
    };
    if (config->listen && !config->measured && (sound->format.input_rate || config->watched))
        listener_open(&listener, &sound->listener);
}

static void close_audio(struct sound *sound)
{
    sound->driver->close(sound->audio);
    sound->audio = NULL;
    sound->format = (struct audio_format){0};
}

/* Opens the devices there are now. No callback runs before start_audio(). */
static int open_audio(struct sound *sound, char **ret_error)
{
    const struct audio_config audio = {
        .input = sound->input_name,
        .output = sound->output_name,
        .want_input = sound->want_input,
        .want_output = sound->want_output,
        .preferred_output_rate = SOUND_OUTPUT_RATE,
        .latency_ms = sound->latency_ms,
        .simulated = sound->simulated,
        .messages = sound->messages,
    };
    const struct audio_callbacks callbacks = {
        .context = sound, .render = render, .capture = capture};
    atomic_store(&sound->rendered.any, false);
    atomic_store(&sound->captured.any, false);
    return sound->driver->open(&audio, &callbacks, &sound->audio, &sound->format, ret_error);
}

static void on_monitor(void *context, const int16_t *samples, size_t count)
{
    struct sound *sound = context;
    listener_monitored(sound->listener, samples, count);
}

/* Where devices come and go there may be a server that knows what others play on them. */
static void open_monitor(struct sound *sound)
{
    if (sound->watch_fd >= 0 && sound->listener && sound->format.output_rate > 0 &&
        sound->format.input_rate > 0)
        sound->monitor = pulse_monitor_open(on_monitor, sound);
}

static void close_monitor(struct sound *sound)
{
    pulse_monitor_close(sound->monitor);
    sound->monitor = NULL;
}

static int start_audio(struct sound *sound, char **ret_error)
{
    if (!sound->driver->start(sound->audio, ret_error))
        return 0;
    close_audio(sound);
    return -1;
}

static void tell_device_watch(struct sound *sound)
{
    device_watch_opened(&sound->devices, sound->now_ms(), sound->format.output_rate > 0,
                        sound->format.input_rate > 0, sound->format.output_substitute,
                        sound->format.input_substitute);
}

static int watch_also(const struct sound *sound, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.fd = fd}};
    return epoll_ctl(sound->watch_fd, EPOLL_CTL_ADD, fd, &event);
}

/* Without news of the system devices are still looked for now and then. */
static int open_watch(struct sound *sound, char **ret_error)
{
    sound->watch_fd = epoll_create1(EPOLL_CLOEXEC);
    sound->timer = timer_open();
    if (sound->watch_fd < 0 || sound->timer < 0 || watch_also(sound, sound->timer)) {
        free(*ret_error);
        *ret_error =
            messages_format(sound->messages, MSG_AUDIO_NO_START, "device", sound->driver->name,
                            "reason", errno_words(sound->messages, errno));
        return -1;
    }
    sound->news_fd = device_news_open();
    if (sound->news_fd >= 0)
        (void)watch_also(sound, sound->news_fd);
    timer_start(sound->timer, 1);
    return 0;
}

/* There is no output: what there is to say waits. */
static void hold_speech(struct sound *sound)
{
    if (sound->speaker)
        speaker_set_output_rate(sound->speaker, 0);
}

static struct sound *new_sound(const struct sound_config *config)
{
    struct sound *sound = xcalloc(1, sizeof *sound);
    sound->driver = config->driver;
    sound->messages = config->messages;
    sound->microphone = microphone_new();
    sound->input_name = config->input ? xstrdup(config->input) : NULL;
    sound->output_name = config->output ? xstrdup(config->output) : NULL;
    sound->want_input = config->listen;
    sound->want_output = config->speak || config->measured;
    sound->simulated = config->simulated;
    sound->now_ms = config->now_ms ? config->now_ms : timer_now;
    sound->watch_fd = sound->timer = sound->news_fd = -1;
    device_watch_init(&sound->devices, config->speak, config->listen);
    return sound;
}

int sound_open(const struct sound_config *config, struct sound **ret_sound, char **ret_error)
{
    struct sound *sound = new_sound(config);
    char *error = NULL;
    open_speaker(sound, config);
    if (open_audio(sound, &error) && !config->watched)
        goto failed;
    give_speaker_output(sound, config->watched);
    open_listener(sound, config);
    if (sound->audio && start_audio(sound, &error)) {
        if (!config->watched)
            goto failed;
        hold_speech(sound);
    }
    if (config->watched) {
        tell_device_watch(sound);
        if (open_watch(sound, &error))
            goto failed;
        open_monitor(sound);
    }
    free(error);
    *ret_sound = sound;
    return 0;

failed:
    *ret_error = error;
    sound_close(sound);
    return -1;
}

static void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

void sound_close(struct sound *sound)
{
    if (!sound)
        return;
    /* The callbacks use speaker and listener: they must have ended first. */
    close_monitor(sound);
    close_audio(sound);
    listener_close(sound->listener);
    speaker_close(sound->speaker);
    microphone_free(sound->microphone);
    probe_tape_free(atomic_load(&sound->tape));
    probe_tape_free(sound->old_tape);
    close_fd(sound->watch_fd);
    timer_close(sound->timer);
    close_fd(sound->news_fd);
    free(sound->input_name);
    free(sound->output_name);
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

bool sound_has_output(const struct sound *sound)
{
    return sound && sound->speaker && sound->format.output_rate > 0 &&
           !sound->devices.output.told_lost;
}

bool sound_has_input(const struct sound *sound)
{
    return sound && sound->listener && sound->format.input_rate > 0 &&
           !sound->devices.input.told_lost;
}

const char *sound_output_name(const struct sound *sound)
{
    return sound ? sound->format.output_name : "";
}

const char *sound_input_name(const struct sound *sound)
{
    return sound ? sound->format.input_name : "";
}

/* --- the sound check -------------------------------------------------------------------------- */

int sound_check_start(struct sound *sound)
{
    int16_t *signal;
    if (!sound || !sound->format.output_rate || !sound->format.input_rate ||
        atomic_load(&sound->tape))
        return -1;
    /* No callback of a check before this one runs any more. */
    probe_tape_free(sound->old_tape);
    sound->old_tape = NULL;
    const size_t length = echo_probe_signal(sound->format.output_rate, &signal);
    microphone_begin(sound->microphone);
    atomic_store(&sound->tape, probe_tape_new(signal, length, sound->format.output_rate,
                                              sound->format.input_rate));
    return 0;
}

bool sound_check_result(struct sound *sound, struct echo_probe_result *ret_result)
{
    struct probe_tape *tape = sound ? atomic_load(&sound->tape) : NULL;
    struct microphone_measure measure;
    struct samples samples = {0};
    int16_t block[1024];
    /* A device that was lost meanwhile has nothing more to give. */
    const bool lost = sound && (!sound->format.output_rate || !sound->format.input_rate);
    if (!tape || (!probe_tape_is_done(tape) && !lost))
        return false;
    atomic_store(&sound->tape, NULL);
    sound->old_tape = tape;
    microphone_measure(sound->microphone, &measure);
    struct resample *resample =
        resample_new(lost ? LISTENING_RATE : sound->format.input_rate, LISTENING_RATE);
    for (size_t count; (count = probe_tape_take(tape, block, sizeof block / sizeof *block)) > 0;)
        resample_add(resample, block, count, &samples);
    resample_end(resample, &samples);
    resample_free(resample);
    echo_probe_judge(samples.items, samples.count, &measure, ret_result);
    samples_free(&samples);
    return true;
}

/* --- devices that come and go ----------------------------------------------------------------- */

static void open_again(struct sound *sound)
{
    char *error = NULL;
    close_monitor(sound);
    close_audio(sound);
    /* The callbacks have ended; the new ones begin after the new rates. */
    if (!open_audio(sound, &error)) {
        if (sound->speaker)
            speaker_set_output_rate(sound->speaker, sound->format.output_rate);
        if (sound->listener)
            listener_set_rates(sound->listener, sound->format.input_rate,
                               sound->format.output_rate);
        (void)start_audio(sound, &error);
    }
    if (!sound->audio)
        hold_speech(sound);
    free(error);
    tell_device_watch(sound);
    open_monitor(sound);
}

static void see(struct sound *sound, struct device_watch_look *ret_look)
{
    struct audio_health health = {0};
    const int news = device_news_take(sound->news_fd);
    if (sound->audio)
        sound->driver->health(sound->audio, &health);
    *ret_look = (struct device_watch_look){
        .now_ms = sound->now_ms(),
        .output_beaten = atomic_load(&sound->rendered.any),
        .input_beaten = atomic_load(&sound->captured.any),
        .output_beat_ms = atomic_load(&sound->rendered.at_ms),
        .input_beat_ms = atomic_load(&sound->captured.at_ms),
        .devices_changed = (news & DEVICE_NEWS_DEVICES) != 0,
        .default_changed = (news & DEVICE_NEWS_DEFAULT) != 0,
        .sentence = sound->speaker ? speaker_place(sound->speaker) : 0,
        .hearing = sound->listener && listener_is_hearing(sound->listener),
        .underruns = health.underruns,
    };
}

int sound_watch_fd(const struct sound *sound)
{
    return sound ? sound->watch_fd : -1;
}

void sound_watch(struct sound *sound, struct sound_news *ret_news)
{
    struct device_watch_look look;
    timer_clear(sound->timer);
    see(sound, &look);
    struct device_watch_advice advice = device_watch_look(&sound->devices, &look);
    *ret_news = (struct sound_news){
        .output_lost = advice.output_lost,
        .input_lost = advice.input_lost,
        .output_back = advice.output_back,
        .input_back = advice.input_back,
    };
    if (advice.slower)
        sound->latency_ms = !sound->latency_ms                        ? LATENCY_FIRST_MS
                            : sound->latency_ms * 2 <= LATENCY_MAX_MS ? sound->latency_ms * 2
                                                                      : LATENCY_MAX_MS;
    if (advice.reopen)
        open_again(sound);
    timer_start(sound->timer, advice.wait_ms);
}

int sound_step(struct sound *sound)
{
    if (sound->speaker)
        speaker_work(sound->speaker);
    int ms = sound->audio ? sound->driver->step(sound->audio) : STEP_WITHOUT_MS;
    if (sound->listener)
        listener_work(sound->listener);
    return ms;
}

bool sound_input_ended(const struct sound *sound)
{
    return sound->audio && sound->driver->input_ended && sound->driver->input_ended(sound->audio);
}

char *sound_take_error(struct sound *sound)
{
    return sound->audio && sound->driver->take_error ? sound->driver->take_error(sound->audio)
                                                     : NULL;
}

void sound_stop(struct sound *sound)
{
    /* A device that is gone would never have played it all. */
    if (sound->audio && !sound->devices.output.told_lost)
        sound->driver->stop(sound->audio);
}
