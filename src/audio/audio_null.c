/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audio_null: silence comes in and sound is dropped, at real time or step by step. */
#include "audio/audio.h"
#include "audio/audio_paced.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/messages.h"
#include "dsp/listening_rate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct audio {
    struct audio_paced *paced;
    const struct messages *messages;
    bool simulated;
};

static int null_open(const struct audio_config *config, const struct audio_callbacks *callbacks,
                     struct audio **ret_audio, struct audio_format *ret_format, char **ret_error)
{
    const struct audio_paced_hooks hooks = {0};
    int output_rate = config->want_output ? config->preferred_output_rate : 0;
    int input_rate = config->want_input ? LISTENING_RATE : 0;
    (void)ret_error;
    struct audio *audio = xcalloc(1, sizeof *audio);
    audio->messages = config->messages;
    audio->simulated = config->simulated;
    audio->paced = audio_paced_new(callbacks, &hooks, output_rate, input_rate);
    *ret_format = (struct audio_format){.output_rate = output_rate,
                                        .input_rate = input_rate,
                                        .block = audio_paced_block(audio->paced)};
    if (output_rate)
        strcpy(ret_format->output_name, audio_null.name);
    if (input_rate)
        strcpy(ret_format->input_name, audio_null.name);
    *ret_audio = audio;
    return 0;
}

static int null_start(struct audio *audio, char **ret_error)
{
    if (audio->simulated || audio_paced_start(audio->paced) == 0)
        return 0;
    *ret_error = messages_format(audio->messages, MSG_AUDIO_NO_START, "device", audio_null.name,
                                 "reason", errno_words(audio->messages, errno));
    return -1;
}

static void null_stop(struct audio *audio)
{
    audio_paced_stop(audio->paced);
}

static void null_close(struct audio *audio)
{
    if (!audio)
        return;
    audio_paced_free(audio->paced);
    free(audio);
}

static int null_step(struct audio *audio)
{
    return audio_paced_step(audio->paced);
}

static void null_health(const struct audio *audio, struct audio_health *ret_health)
{
    audio_paced_health(audio->paced, ret_health);
}

const struct audio_driver audio_null = {
    .name = "null",
    .open = null_open,
    .start = null_start,
    .stop = null_stop,
    .close = null_close,
    .step = null_step,
    .health = null_health,
};
