/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pack_voice: what a pack says of its voice, for who speaks it. Thread: any.
 */
#ifndef PASAPAS_APP_PACK_VOICE_H
#define PASAPAS_APP_PACK_VOICE_H

#include "speech/synth.h"

struct pack;

/* Valid as long as the pack. */
struct synth_config pack_voice(const struct pack *pack);

#endif
