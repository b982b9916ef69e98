/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audio_portaudio: sound devices, one stream for each direction, so that either may be missing, of
 * another rate, or lost, without the other.
 *
 * PortAudio's list of devices is frozen between Pa_Initialize() and Pa_Terminate(): open and close
 * bracket them, so that closing and opening again sees the devices there are then.
 */
#include "audio/audio.h"
#include "audio/audio_devices.h"
#include "audio/stderr_guard.h"
#include "base/mem.h"
#include "base/messages.h"
#include "dsp/listening_rate.h"

#include <portaudio.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Of a block. */
#define BLOCK_MS 10

/* Seconds that a device holds: below, sound servers stutter; above, one hears the delay. */
#define LATENCY_MIN 0.020
#define LATENCY_MAX 0.080
/* What a caller may ask for at most. */
#define LATENCY_LIMIT 0.500

/* More channels than this are not asked for. */
#define CHANNELS_MAX 8

struct side {
    enum audio_direction direction;
    PaStream *stream; /* NULL: this side is missing */
    char name[AUDIO_NAME_SIZE];
    bool substitute;
    int rate;
    int channels;
    size_t block;
    double latency_asked; /* seconds, 0: nothing in particular */
    const struct audio_callbacks *callbacks;
    int16_t *mono; /* one block, for devices with several channels */
    atomic_ullong beats;
    atomic_ullong slips; /* underruns or overruns */
};

struct audio {
    const struct messages *messages;
    struct audio_callbacks callbacks;
    struct side output;
    struct side input;
    char *error; /* what went wrong at the start, not yet told */
};

/* --- PortAudio's callbacks: no lock, no malloc, no call ---------------------------------------*/

static void spread(const int16_t *mono, int channels, int16_t *ret_frames, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (int c = 0; c < channels; c++)
            ret_frames[i * (size_t)channels + (size_t)c] = mono[i];
}

static void mix_down(const int16_t *frames, int channels, int16_t *ret_mono, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        long sum = 0;
        for (int c = 0; c < channels; c++)
            sum += frames[i * (size_t)channels + (size_t)c];
        ret_mono[i] = (int16_t)(sum / channels);
    }
}

static int play(const void *input, void *output, unsigned long count,
                const PaStreamCallbackTimeInfo *times, PaStreamCallbackFlags flags, void *context)
{
    struct side *side = context;
    int16_t *frames = output;
    (void)input;
    (void)times;
    atomic_fetch_add_explicit(&side->beats, 1, memory_order_relaxed);
    if (flags & paOutputUnderflow)
        atomic_fetch_add_explicit(&side->slips, 1, memory_order_relaxed);
    for (size_t done = 0, run; done < count; done += run) {
        run = count - done < side->block ? count - done : side->block;
        side->callbacks->render(side->callbacks->context, side->mono, run);
        spread(side->mono, side->channels, frames + done * (size_t)side->channels, run);
    }
    return paContinue;
}

static int record(const void *input, void *output, unsigned long count,
                  const PaStreamCallbackTimeInfo *times, PaStreamCallbackFlags flags, void *context)
{
    struct side *side = context;
    const int16_t *frames = input;
    (void)output;
    (void)times;
    atomic_fetch_add_explicit(&side->beats, 1, memory_order_relaxed);
    if (flags & paInputOverflow)
        atomic_fetch_add_explicit(&side->slips, 1, memory_order_relaxed);
    for (size_t done = 0, run; frames && done < count; done += run) {
        run = count - done < side->block ? count - done : side->block;
        mix_down(frames + done * (size_t)side->channels, side->channels, side->mono, run);
        side->callbacks->capture(side->callbacks->context, side->mono, run);
    }
    return paContinue;
}

/* --- opening: what the device agrees to -------------------------------------------------------*/

static double latency(const struct audio_device *device, const struct side *side)
{
    double low = side->direction == AUDIO_OUTPUT ? device->low_latency_out : device->low_latency_in;
    double chosen = low < LATENCY_MIN ? LATENCY_MIN : low > LATENCY_MAX ? LATENCY_MAX : low;
    double asked = side->latency_asked < LATENCY_LIMIT ? side->latency_asked : LATENCY_LIMIT;
    return chosen > asked ? chosen : asked;
}

static PaError try_stream(struct side *side, const struct audio_device *device, int channels,
                          double rate)
{
    bool is_output = side->direction == AUDIO_OUTPUT;
    const PaStreamParameters parameters = {
        .device = device->number,
        .channelCount = channels,
        .sampleFormat = paInt16,
        .suggestedLatency = latency(device, side),
    };
    const PaStreamParameters *out = is_output ? &parameters : NULL;
    const PaStreamParameters *in = is_output ? NULL : &parameters;
    unsigned long block = (unsigned long)(rate * BLOCK_MS / 1000);
    PaError error = Pa_IsFormatSupported(in, out, rate);
    if (error == paFormatIsSupported)
        error = Pa_OpenStream(&side->stream, in, out, rate, block, paNoFlag,
                              is_output ? play : record, side);
    if (error != paNoError) {
        side->stream = NULL;
        return error;
    }
    side->rate = (int)rate;
    side->channels = channels;
    side->block = block;
    side->mono = xcalloc(block, sizeof *side->mono);
    return paNoError;
}

/* Another rate or number of channels would not help: the device is busy, or gone. */
static bool is_hopeless(PaError error)
{
    return error != paInvalidSampleRate && error != paInvalidChannelCount &&
           error != paSampleFormatNotSupported;
}

/* The rate we like costs least; the device's own is the surest. Fewer channels are less work. */
static bool try_device(struct side *side, const struct audio_device *device, int preferred)
{
    int most = side->direction == AUDIO_OUTPUT ? device->outputs : device->inputs;
    const int channels[] = {1, 2, most};
    const double rates[] = {preferred, device->rate, 48000, 44100, LISTENING_RATE};
    for (size_t c = 0; c < COUNT_OF(channels); c++) {
        if (channels[c] > most || channels[c] > CHANNELS_MAX || (c == 2 && most <= 2))
            continue;
        for (size_t r = 0; r < COUNT_OF(rates); r++) {
            PaError error = try_stream(side, device, channels[c], rates[r]);
            if (error == paNoError)
                return true;
            if (is_hopeless(error))
                return false;
        }
    }
    return false;
}

static void open_side(struct side *side, const struct audio_devices *devices, const char *wanted,
                      int preferred)
{
    size_t *order = xcalloc(devices->count, sizeof *order);
    size_t count = 0;
    size_t matching = audio_devices_order(devices, side->direction, wanted, order, &count);
    bool by_name = wanted && *wanted;
    for (size_t i = 0; i < count && !side->stream; i++) {
        const struct audio_device *device = &devices->items[order[i]];
        if (!try_device(side, device, preferred))
            continue;
        strncpy(side->name, device->name, sizeof side->name - 1);
        side->substitute = by_name && i >= matching;
    }
    free(order);
}

static void close_side(struct side *side)
{
    if (side->stream)
        Pa_CloseStream(side->stream);
    side->stream = NULL;
    free(side->mono);
    side->mono = NULL;
}

static void init_side(struct audio *audio, struct side *side, enum audio_direction direction)
{
    side->direction = direction;
    side->callbacks = &audio->callbacks;
    atomic_init(&side->beats, 0);
    atomic_init(&side->slips, 0);
}

/* --- the list of devices ----------------------------------------------------------------------*/

static void add_device(struct audio_devices *devices, PaDeviceIndex number)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(number);
    if (!info || !info->name)
        return;
    devices->items =
        mem_grow(devices->items, &devices->capacity, devices->count + 1, sizeof *devices->items);
    devices->items[devices->count++] = (struct audio_device){
        .name = xstrdup(info->name),
        .number = number,
        .outputs = info->maxOutputChannels,
        .inputs = info->maxInputChannels,
        .rate = info->defaultSampleRate,
        .low_latency_out = info->defaultLowOutputLatency,
        .low_latency_in = info->defaultLowInputLatency,
        .default_output = number == Pa_GetDefaultOutputDevice(),
        .default_input = number == Pa_GetDefaultInputDevice(),
    };
}

static void add_devices(struct audio_devices *devices)
{
    PaDeviceIndex count = Pa_GetDeviceCount();
    for (PaDeviceIndex number = 0; number < count; number++)
        add_device(devices, number);
}

static PaError initialise(void)
{
    stderr_guard_alsa();
    stderr_guard_threads();
    return Pa_Initialize();
}

int audio_devices_list(struct audio_devices *ret_devices)
{
    int saved = stderr_guard_begin();
    PaError error = initialise();
    if (error == paNoError) {
        *ret_devices = (struct audio_devices){0};
        add_devices(ret_devices);
        Pa_Terminate();
    }
    stderr_guard_end(saved);
    return error == paNoError ? 0 : -1;
}

/* --- the driver -------------------------------------------------------------------------------*/

static void free_audio(struct audio *audio)
{
    close_side(&audio->output);
    close_side(&audio->input);
    Pa_Terminate();
    free(audio->error);
    free(audio);
}

static void open_sides(struct audio *audio, const struct audio_config *config)
{
    struct audio_devices devices = {0};
    add_devices(&devices);
    if (config->want_output)
        open_side(&audio->output, &devices, config->output, config->preferred_output_rate);
    if (config->want_input)
        open_side(&audio->input, &devices, config->input, LISTENING_RATE);
    audio_devices_free(&devices);
}

static void describe(const struct audio *audio, struct audio_format *ret_format)
{
    const struct side *output = &audio->output;
    const struct side *input = &audio->input;
    *ret_format = (struct audio_format){
        .output_rate = output->rate,
        .input_rate = input->rate,
        .block = output->block > input->block ? output->block : input->block,
        .output_substitute = output->substitute,
        .input_substitute = input->substitute,
    };
    memcpy(ret_format->output_name, output->name, sizeof output->name);
    memcpy(ret_format->input_name, input->name, sizeof input->name);
}

static int open_quietly(const struct audio_config *config, const struct audio_callbacks *callbacks,
                        struct audio **ret_audio, char **ret_error)
{
    PaError error = initialise();
    if (error != paNoError) {
        *ret_error = messages_format(config->messages, MSG_AUDIO_NO_START, "device", "PortAudio",
                                     "reason", Pa_GetErrorText(error));
        return -1;
    }
    struct audio *audio = xcalloc(1, sizeof *audio);
    audio->messages = config->messages;
    audio->callbacks = *callbacks;
    init_side(audio, &audio->output, AUDIO_OUTPUT);
    init_side(audio, &audio->input, AUDIO_INPUT);
    audio->output.latency_asked = config->latency_ms / 1000.0;
    open_sides(audio, config);
    if (!audio->output.stream && !audio->input.stream) {
        free_audio(audio);
        *ret_error = messages_format(config->messages, MSG_AUDIO_NO_DEVICE);
        return -1;
    }
    *ret_audio = audio;
    return 0;
}

static int portaudio_open(const struct audio_config *config,
                          const struct audio_callbacks *callbacks, struct audio **ret_audio,
                          struct audio_format *ret_format, char **ret_error)
{
    int saved = stderr_guard_begin();
    int result = open_quietly(config, callbacks, ret_audio, ret_error);
    stderr_guard_end(saved);
    if (!result)
        describe(*ret_audio, ret_format);
    return result;
}

/* NULL, or what to tell. */
static char *start_side(const struct audio *audio, const struct side *side)
{
    PaError error = side->stream ? Pa_StartStream(side->stream) : paNoError;
    if (error == paNoError || error == paStreamIsNotStopped)
        return NULL;
    return messages_format(audio->messages, MSG_AUDIO_NO_START, "device", side->name, "reason",
                           Pa_GetErrorText(error));
}

static bool is_running(const struct side *side)
{
    return side->stream && Pa_IsStreamActive(side->stream) == 1;
}

static int portaudio_start(struct audio *audio, char **ret_error)
{
    int saved = stderr_guard_begin();
    char *output_error = start_side(audio, &audio->output);
    char *input_error = start_side(audio, &audio->input);
    bool any = is_running(&audio->output) || is_running(&audio->input);
    stderr_guard_end(saved);
    char *error = output_error ? output_error : input_error;
    if (output_error)
        free(input_error);
    if (!any) {
        *ret_error = error ? error : messages_format(audio->messages, MSG_AUDIO_NO_DEVICE);
        return -1;
    }
    free(audio->error);
    audio->error = error;
    return 0;
}

/* What the device holds is still played. */
static void portaudio_stop(struct audio *audio)
{
    int saved = stderr_guard_begin();
    if (is_running(&audio->output))
        Pa_StopStream(audio->output.stream);
    if (is_running(&audio->input))
        Pa_AbortStream(audio->input.stream);
    stderr_guard_end(saved);
}

/* A device that is gone would never play what it holds. */
static void abort_side(struct side *side)
{
    if (is_running(side))
        Pa_AbortStream(side->stream);
}

static void portaudio_close(struct audio *audio)
{
    if (!audio)
        return;
    int saved = stderr_guard_begin();
    abort_side(&audio->output);
    abort_side(&audio->input);
    free_audio(audio);
    stderr_guard_end(saved);
}

static char *portaudio_take_error(struct audio *audio)
{
    char *error = audio->error;
    audio->error = NULL;
    return error;
}

static void portaudio_health(const struct audio *audio, struct audio_health *ret_health)
{
    *ret_health = (struct audio_health){
        .output_beats = atomic_load(&audio->output.beats),
        .input_beats = atomic_load(&audio->input.beats),
        .underruns = atomic_load(&audio->output.slips),
        .overruns = atomic_load(&audio->input.slips),
    };
}

const struct audio_driver audio_portaudio = {
    .name = "portaudio",
    .open = portaudio_open,
    .start = portaudio_start,
    .stop = portaudio_stop,
    .close = portaudio_close,
    .take_error = portaudio_take_error,
    .health = portaudio_health,
};
