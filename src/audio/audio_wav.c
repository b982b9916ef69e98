/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audio_wav: the recording is the microphone, what is said is written (libsndfile).
 *
 * The header of what is written is brought up to date every second, so that a program that is
 * killed leaves a file that plays.
 */
#include "audio/audio.h"
#include "audio/audio_paced.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/open_file.h"
#include "dsp/mixdown.h"

#include <errno.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RATE_MAX 768000

/* Blocks between two updates of the header. */
#define HEADER_BLOCKS (1000 / AUDIO_PACED_MS)

/* Frames read at a time. */
#define STRIDE 256

struct input {
    SNDFILE *file;
    char *name;
    int rate;
    struct mixdown mixdown;
    float *frames; /* STRIDE of them, all channels */
    atomic_bool ended;
};

struct output {
    SNDFILE *file;
    char *name;
    int blocks;       /* since the header was last written */
    atomic_int error; /* errno of the first write that failed; nothing is written after it */
    bool error_taken;
};

struct audio {
    const struct messages *messages;
    bool simulated;
    struct input input;
    struct output output;
    struct audio_paced *paced;
};

/* --- in ---------------------------------------------------------------------------------------*/

/* Read as 16 bit, libsndfile would wrap what is louder than full scale, or scale by the peak.
 *
 * The hook: after the end of the recording the microphone hears nothing. */
static void read_input(void *context, int16_t *samples, size_t count)
{
    struct input *input = &((struct audio *)context)->input;
    size_t done = 0;
    while (done < count && !atomic_load(&input->ended)) {
        size_t wanted = count - done < STRIDE ? count - done : STRIDE;
        sf_count_t got = sf_readf_float(input->file, input->frames, (sf_count_t)wanted);
        if (got > 0) {
            mixdown(&input->mixdown, input->frames, (size_t)got, samples + done);
            done += (size_t)got;
        }
        if (got < (sf_count_t)wanted)
            atomic_store(&input->ended, true);
    }
    memset(samples + done, 0, (count - done) * sizeof *samples);
}

static char *not_sound(const struct messages *messages, const char *name)
{
    return messages_format(messages, MSG_AUDIO_NOT_SOUND, "file", name);
}

static int open_input(struct audio *audio, const char *name, char **ret_error)
{
    struct input *input = &audio->input;
    SF_INFO info = {0};
    int fd = open_file_to_read(name);
    if (fd < 0) {
        *ret_error = messages_format(audio->messages, MSG_FILE_UNREADABLE, "file", name, "reason",
                                     errno_words(audio->messages, errno));
        return -1;
    }
    input->file = sf_open_fd(fd, SFM_READ, &info, SF_TRUE);
    if (!input->file || info.samplerate < 1 || info.samplerate > RATE_MAX || info.channels < 1) {
        if (!input->file)
            close(fd);
        *ret_error = not_sound(audio->messages, name);
        return -1;
    }
    input->name = xstrdup(name);
    input->rate = info.samplerate;
    input->mixdown.channels = info.channels;
    input->frames = xcalloc(STRIDE * (size_t)info.channels, sizeof *input->frames);
    return 0;
}

/* --- out --------------------------------------------------------------------------------------*/

static void note_error(struct output *output)
{
    int none = 0;
    atomic_compare_exchange_strong(&output->error, &none, errno ? errno : EIO);
}

static void write_header(struct output *output)
{
    errno = 0;
    sf_command(output->file, SFC_UPDATE_HEADER_NOW, NULL, 0);
    output->blocks = 0;
    if (sf_error(output->file))
        note_error(output);
}

/* The hook. */
static void write_output(void *context, const int16_t *samples, size_t count)
{
    struct output *output = &((struct audio *)context)->output;
    if (atomic_load(&output->error))
        return;
    errno = 0;
    if (sf_write_short(output->file, samples, (sf_count_t)count) != (sf_count_t)count)
        note_error(output);
    else if (++output->blocks >= HEADER_BLOCKS)
        write_header(output);
}

static void complete_output(struct output *output)
{
    if (!output->file || atomic_load(&output->error))
        return;
    write_header(output);
    sf_write_sync(output->file);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one;
    struct stat other;
    return !stat(a, &one) && !stat(b, &other) && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino && S_ISREG(one.st_mode);
}

static int open_output(struct audio *audio, const char *name, int rate, char **ret_error)
{
    struct output *output = &audio->output;
    SF_INFO info = {.samplerate = rate, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    int fd = -1;
    if (audio->input.name && is_same_file(audio->input.name, name)) {
        *ret_error = messages_format(audio->messages, MSG_AUDIO_SAME_FILE, "file", name);
        return -1;
    }
    fd = open_file_to_write(name, O_TRUNC);
    if (fd >= 0)
        output->file = sf_open_fd(fd, SFM_WRITE, &info, SF_TRUE);
    if (!output->file) {
        *ret_error = messages_format(audio->messages, MSG_AUDIO_UNWRITABLE, "file", name, "reason",
                                     errno_words(audio->messages, errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    output->name = xstrdup(name);
    return 0;
}

/* --- the driver -------------------------------------------------------------------------------*/

static void wav_close(struct audio *audio)
{
    if (!audio)
        return;
    audio_paced_free(audio->paced);
    if (audio->input.file)
        sf_close(audio->input.file);
    if (audio->output.file)
        sf_close(audio->output.file);
    free(audio->input.name);
    free(audio->input.frames);
    free(audio->output.name);
    free(audio);
}

static int open_files(struct audio *audio, const struct audio_config *config, int rate,
                      char **ret_error)
{
    if (config->want_input && config->input && open_input(audio, config->input, ret_error))
        return -1;
    if (config->want_output && config->output &&
        open_output(audio, config->output, rate, ret_error))
        return -1;
    if (audio->input.file || audio->output.file)
        return 0;
    *ret_error = messages_format(audio->messages, MSG_AUDIO_NO_DEVICE);
    return -1;
}

static void describe(const struct audio *audio, int output_rate, struct audio_format *ret_format)
{
    *ret_format = (struct audio_format){
        .output_rate = output_rate,
        .input_rate = audio->input.rate,
        .block = audio_paced_block(audio->paced),
    };
    if (audio->input.name)
        strncpy(ret_format->input_name, audio->input.name, AUDIO_NAME_SIZE - 1);
    if (audio->output.name)
        strncpy(ret_format->output_name, audio->output.name, AUDIO_NAME_SIZE - 1);
}

static int wav_open(const struct audio_config *config, const struct audio_callbacks *callbacks,
                    struct audio **ret_audio, struct audio_format *ret_format, char **ret_error)
{
    int rate = config->preferred_output_rate;
    struct audio *audio = xcalloc(1, sizeof *audio);
    const struct audio_paced_hooks hooks = {audio, read_input, write_output};
    audio->messages = config->messages;
    audio->simulated = config->simulated;
    atomic_init(&audio->input.ended, false);
    atomic_init(&audio->output.error, 0);
    if (open_files(audio, config, rate, ret_error)) {
        wav_close(audio);
        return -1;
    }
    int output_rate = audio->output.file ? rate : 0;
    audio->paced = audio_paced_new(callbacks, &hooks, output_rate, audio->input.rate);
    describe(audio, output_rate, ret_format);
    *ret_audio = audio;
    return 0;
}

static int wav_start(struct audio *audio, char **ret_error)
{
    if (audio->simulated || audio_paced_start(audio->paced) == 0)
        return 0;
    *ret_error = messages_format(audio->messages, MSG_AUDIO_NO_START, "device", audio_wav.name,
                                 "reason", errno_words(audio->messages, errno));
    return -1;
}

static void wav_stop(struct audio *audio)
{
    audio_paced_stop(audio->paced);
    complete_output(&audio->output);
}

static int wav_step(struct audio *audio)
{
    return audio_paced_step(audio->paced);
}

static bool wav_input_ended(const struct audio *audio)
{
    return audio->input.file && atomic_load(&audio->input.ended);
}

static char *wav_take_error(struct audio *audio)
{
    struct output *output = &audio->output;
    int error = atomic_load(&output->error);
    if (!error || output->error_taken)
        return NULL;
    output->error_taken = true;
    return messages_format(audio->messages, MSG_AUDIO_INCOMPLETE, "file", output->name, "reason",
                           errno_words(audio->messages, error));
}

static void wav_health(const struct audio *audio, struct audio_health *ret_health)
{
    audio_paced_health(audio->paced, ret_health);
}

const struct audio_driver audio_wav = {
    .name = "wav",
    .open = wav_open,
    .start = wav_start,
    .stop = wav_stop,
    .close = wav_close,
    .step = wav_step,
    .input_ended = wav_input_ended,
    .take_error = wav_take_error,
    .health = wav_health,
};
