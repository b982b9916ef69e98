/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/espeak.h"

#include "base/mem.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The library makes samples in pieces of this length: short, so that the first comes at once. It
 * does not go below 50 ms. */
#define PIECE_MS 50

/* The library's own state is global, so what is known of it is too. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool initialised;
static int own_rate;        /* Hz */
static char *current_voice; /* what was asked for last, "voice/language"; NULL for nothing */

/* espeak_Initialize() would print what is wrong; these calls only tell. */
static int initialise(void)
{
    espeak_ng_ERROR_CONTEXT context = NULL;
    espeak_ng_InitializePath(NULL);
    espeak_ng_STATUS status = espeak_ng_Initialize(&context);
    espeak_ng_ClearErrorContext(&context);
    if (status != ENS_OK)
        return -1;
    if (espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, PIECE_MS, NULL) != ENS_OK) {
        espeak_ng_Terminate();
        return -1;
    }
    own_rate = espeak_ng_GetSampleRate();
    return 0;
}

int espeak_start(void)
{
    pthread_mutex_lock(&lock);
    if (!initialised)
        initialised = initialise() == 0;
    int result = initialised ? 0 : -1;
    pthread_mutex_unlock(&lock);
    return result;
}

int espeak_rate(void)
{
    return own_rate;
}

int espeak_voice_rate(void)
{
    return espeak_ng_GetSampleRate();
}

const char *espeak_data(void)
{
    const char *path = NULL;
    (void)espeak_Info(&path);
    return path ? path : "";
}

static bool select_voice(const char *voice, const char *language)
{
    if (voice && *voice && espeak_ng_SetVoiceByName(voice) == ENS_OK)
        return true;
    if (!language || !*language)
        return false;
    espeak_VOICE properties;
    memset(&properties, 0, sizeof properties);
    properties.languages = language;
    return espeak_ng_SetVoiceByProperties(&properties) == ENS_OK;
}

int espeak_enter(const char *voice, const char *language)
{
    pthread_mutex_lock(&lock);
    char *wanted = xasprintf("%s/%s", voice ? voice : "", language ? language : "");
    if (current_voice && !strcmp(current_voice, wanted)) {
        free(wanted);
        return 0;
    }
    free(current_voice);
    current_voice = NULL;
    if (!select_voice(voice, language)) {
        free(wanted);
        pthread_mutex_unlock(&lock);
        return -1;
    }
    current_voice = wanted;
    return 0;
}

void espeak_leave(void)
{
    pthread_mutex_unlock(&lock);
}
