#include "audio/audio.h"

#include "base/mem.h"

#include <string.h>

static const struct audio_driver *const drivers[] = {
#define AUDIO_DRIVER(name) &audio_##name,
#include "audio/drivers.def"
#undef AUDIO_DRIVER
};

/* Where the name ends. */
static size_t name_length(const char *text)
{
    return strcspn(text, ":");
}

static bool is_named(const struct audio_driver *driver, const char *text)
{
    const size_t length = name_length(text);
    return strlen(driver->name) == length && !strncmp(driver->name, text, length);
}

/* What follows the name, from its colon on, suits the driver. */
static bool suits(const struct audio_driver *driver, const char *rest)
{
    if (!(driver->flags & AUDIO_FILES))
        return !*rest;
    return *rest && rest[1] && strcmp(rest, ":,") != 0;
}

const struct audio_driver *audio_find(const char *text)
{
    if (!text)
        return drivers[0];
    for (size_t i = 0; i < COUNT_OF(drivers); i++)
        if (is_named(drivers[i], text))
            return suits(drivers[i], text + name_length(text)) ? drivers[i] : NULL;
    return NULL;
}

void audio_files(const char *text, char **ret_input, char **ret_output)
{
    const char *rest = text ? text + name_length(text) : "";
    const char *input = *rest ? rest + 1 : rest;
    const char *comma = strrchr(input, ',');
    const size_t length = comma ? (size_t)(comma - input) : strlen(input);
    *ret_input = length ? xstrndup(input, length) : NULL;
    *ret_output = comma && comma[1] ? xstrdup(comma + 1) : NULL;
}
