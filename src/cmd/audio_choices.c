#include "cmd/audio_choices.h"

#include "audio/audio.h"

const struct option_choice audio_choices[] = {
    {"portaudio", MSG_CHOICE_AUDIO_PORTAUDIO},
    {"null", MSG_CHOICE_AUDIO_NULL},
    {"wav:", MSG_CHOICE_AUDIO_WAV},
    {.word = NULL},
};

bool audio_choices_accept(const char *value)
{
    return audio_find(value) != NULL;
}
