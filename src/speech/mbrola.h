/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mbrola: which of MBROLA's voices espeak-ng can speak with: the program `mbrola` and the voice's
 * own file are there, where espeak-ng looks for them, and it takes the voice. Nothing of them is
 * ours.
 *
 * espeak-ng prints a complaint for each that is missing, so it is only asked for one whose files
 * are seen first. Thread: any, as speech/espeak.h.
 */
#ifndef PASAPAS_SPEECH_MBROLA_H
#define PASAPAS_SPEECH_MBROLA_H

#include <stdbool.h>
#include <stddef.h>

/* Its voices are some 10 dB louder than espeak-ng's own: with so much of the volume they are as
 * loud. */
#define MBROLA_VOLUME_PERCENT 33

/* True for a name of such a voice, "mb-fr1", be it there or not. */
bool mbrola_is_name(const char *voice);

/* True if the files for it are there. Only once espeak-ng is started. */
bool mbrola_is_there(const char *voice);

/* The rate to ask espeak-ng for, so that this voice says as many words a minute as espeak-ng's own
 * at `rate` (tests/bench/rates); it goes no slower than VOICE_RATE_MIN, though. */
int mbrola_rate(const char *voice, int rate);

/* The names of those for a language (BCP 47) that really load. How many; the list is to be freed
 * with mem_free_texts(). Starts espeak-ng only where there may be one. */
size_t mbrola_voices(const char *language, char ***ret_names);

#endif
