/*
 * audio_choices: what --audio may be: "portaudio", "null" or "wav:IN,OUT". Pure. Thread: any.
 */
#ifndef PASAPAS_CMD_AUDIO_CHOICES_H
#define PASAPAS_CMD_AUDIO_CHOICES_H

#include "cmd/option_table.h"

extern const struct option_choice audio_choices[];

bool audio_choices_accept(const char *value);

#endif
