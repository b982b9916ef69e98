/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/sound_double.h"

#include "app/sound.h"
#include "support/audio_double.h"
#include "support/recog_double.h"
#include "support/synth_double.h"

#include <stdlib.h>

int sound_double_open(const struct pack *pack, const struct messages *messages, unsigned uses,
                      struct sound **ret_sound)
{
    char *error = NULL;
    const struct sound_config config = {
        .driver = &audio_double_driver,
        .speak = true,
        .listen = uses & SOUND_LISTENS,
        .simulated = true,
        .watched = uses & SOUND_WATCHED,
        .pack = pack,
        .synth = &synth_double,
        .recog = &recog_double,
        .messages = messages,
        .now_ms = audio_double_now_ms,
    };
    const int result = sound_open(&config, ret_sound, &error);
    free(error);
    return result;
}
