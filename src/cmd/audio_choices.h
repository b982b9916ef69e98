/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audio_choices: what --audio may be, as audio/backends.def has it; all of it, or only where
 * somebody may be heard. Pure. Thread: any.
 */
#ifndef PASAPAS_CMD_AUDIO_CHOICES_H
#define PASAPAS_CMD_AUDIO_CHOICES_H

#include "cmd/option_table.h"

extern const struct option_choice audio_choices[];
bool audio_choices_accept(const char *value);

extern const struct option_choice audio_choices_with_voice[];
bool audio_choices_accept_with_voice(const char *value);

#endif
