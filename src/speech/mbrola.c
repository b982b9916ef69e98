/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/mbrola.h"

#include "base/mem.h"
#include "base/number.h"
#include "base/voice_range.h"
#include "speech/espeak.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PREFIX "mb-"
/* espeak-ng knows voices of a language as mb-fr1, mb-fr2 and so on. */
#define NUMBER_MAX 9
/* Its file begins so. */
#define MAGIC "MBROLA"

bool mbrola_is_name(const char *voice)
{
    return !strncmp(voice, PREFIX, strlen(PREFIX));
}

/* --- files ------------------------------------------------------------------------------------ */

/* espeak-ng starts it by its name alone. */
static bool has_program(void)
{
    const char *path = getenv("PATH");
    bool found = false;
    for (size_t length; path && *path && !found; path += length + (path[length] != '\0')) {
        length = strcspn(path, ":");
        char *file = xasprintf("%.*s/mbrola", (int)length, path);
        found = length && !access(file, X_OK);
        free(file);
    }
    return found;
}

static bool is_voice_file(const char *path)
{
    char begin[sizeof MAGIC - 1];
    FILE *file = fopen(path, "rbe");
    const bool good =
        file && fread(begin, sizeof begin, 1, file) == 1 && !memcmp(begin, MAGIC, sizeof begin);
    if (file)
        fclose(file);
    return good;
}

/* `name`: "fr1". */
static bool has_file(const char *name)
{
    char *const paths[] = {
        xasprintf("%s/mbrola/%s", espeak_data(), name),
        xasprintf("/usr/share/mbrola/%s", name),
        xasprintf("/usr/share/mbrola/%s/%s", name, name),
        xasprintf("/usr/share/mbrola/voices/%s", name),
    };
    bool found = false;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        found |= is_voice_file(paths[i]);
        free(paths[i]);
    }
    return found;
}

bool mbrola_is_there(const char *voice)
{
    return has_program() && has_file(voice + strlen(PREFIX));
}

/* --- how fast --------------------------------------------------------------------------------- */

/* Percent of the rate at which as many words are said, measured at these two rates; in between it
 * is a line. The last row is for those that were not measured. */
#define SLOW 160
#define FAST 350
static const struct {
    const char *voice;
    int slow, fast;
} rates[] = {{"mb-fr1", 80, 74}, {"mb-fr4", 76, 71}, {NULL, 78, 72}};

int mbrola_rate(const char *voice, int rate)
{
    size_t i = 0;
    while (rates[i].voice && strcmp(rates[i].voice, voice) != 0)
        i++;
    const int at = number_clamp(rate, SLOW, FAST);
    const int percent =
        rates[i].slow - (rates[i].slow - rates[i].fast) * (at - SLOW) / (FAST - SLOW);
    return number_clamp(rate * percent / 100, VOICE_RATE_MIN, VOICE_RATE_MAX);
}

/* --- voices ----------------------------------------------------------------------------------- */

static bool loads(const char *voice)
{
    if (!has_file(voice + strlen(PREFIX)) || espeak_enter(voice, NULL))
        return false;
    espeak_leave();
    return true;
}

size_t mbrola_voices(const char *language, char ***ret_names)
{
    char **names = NULL;
    size_t count = 0, capacity = 0;
    const int length = language ? (int)strcspn(language, "-") : 0;
    if (length && has_program() && !espeak_start())
        for (int i = 1; i <= NUMBER_MAX; i++) {
            char *name = xasprintf(PREFIX "%.*s%d", length, language, i);
            if (!loads(name)) {
                free(name);
                continue;
            }
            names = mem_grow(names, &capacity, count + 1, sizeof *names);
            names[count++] = name;
        }
    *ret_names = names;
    return count;
}
