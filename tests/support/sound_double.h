/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sound_double: app/sound.h with the doubles of devices, speech engine and recogniser, in the time
 * of audio_double.
 */
#ifndef PASAPAS_SOUND_DOUBLE_H
#define PASAPAS_SOUND_DOUBLE_H

#include <stdbool.h>

struct messages;
struct pack;
struct sound;

enum sound_double_use { SOUND_SPEAKS = 0, SOUND_LISTENS = 1, SOUND_WATCHED = 2 };

/* `uses`: of the above, together. Pack and messages outlive it. 0, or -1: the devices cannot be
 * opened. */
int sound_double_open(const struct pack *pack, const struct messages *messages, unsigned uses,
                      struct sound **ret_sound);

#endif
