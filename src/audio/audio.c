/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audio/audio.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const struct audio_backend backends[] = {
#define AUDIO_BACKEND(name, word, flags, meaning) {word, flags, &audio_##name},
#include "audio/backends.def"
};

static bool is_called(const struct audio_backend *backend, const char *text)
{
    const size_t length = strlen(backend->word);
    if (!(backend->flags & AUDIO_FILES))
        return !strcmp(text, backend->word);
    return !strncmp(text, backend->word, length) && text[length] && strcmp(text + length, ",") != 0;
}

const struct audio_backend *audio_find(const char *text)
{
    if (!text)
        return &backends[0];
    for (size_t i = 0; i < COUNT_OF(backends); i++)
        if (is_called(&backends[i], text))
            return &backends[i];
    return NULL;
}

void audio_files(const char *text, char **ret_input, char **ret_output)
{
    const struct audio_backend *backend = audio_find(text);
    *ret_input = *ret_output = NULL;
    if (!backend || !(backend->flags & AUDIO_FILES))
        return;
    const char *input = text + strlen(backend->word), *comma = strrchr(input, ',');
    const size_t length = comma ? (size_t)(comma - input) : strlen(input);
    *ret_input = length ? xstrndup(input, length) : NULL;
    *ret_output = comma && comma[1] ? xstrdup(comma + 1) : NULL;
}
