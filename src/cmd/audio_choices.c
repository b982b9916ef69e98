#include "cmd/audio_choices.h"

#include <string.h>

const struct option_choice audio_choices[] = {
    {"portaudio", MSG_CHOICE_AUDIO_PORTAUDIO},
    {"null", MSG_CHOICE_AUDIO_NULL},
    {"wav:", MSG_CHOICE_AUDIO_WAV},
    {.word = NULL},
};

bool audio_choices_accept(const char *value)
{
    return !strcmp(value, "portaudio") || !strcmp(value, "null") ||
           (!strncmp(value, "wav:", 4) && value[4]);
}
