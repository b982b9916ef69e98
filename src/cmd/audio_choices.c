/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/audio_choices.h"

#include "audio/audio.h"

const struct option_choice audio_choices[] = {
#define AUDIO_BACKEND(name, word, flags, meaning) {word, meaning},
#include "audio/backends.def"
    {.word = NULL},
};

const struct option_choice audio_choices_with_voice[] = {
#define AUDIO_BACKEND(name, word, flags, meaning) {word, meaning},
#define AUDIO_SILENT_BACKEND(name, word, flags, meaning)
#include "audio/backends.def"
    {.word = NULL},
};

bool audio_choices_accept(const char *value)
{
    return audio_find(value) != NULL;
}

bool audio_choices_accept_with_voice(const char *value)
{
    const struct audio_backend *backend = audio_find(value);
    return backend && backend->flags & AUDIO_VOICE;
}
