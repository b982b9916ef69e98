/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sound_setup_config: what the sound check is told when it is made.
 */
#ifndef PASAPAS_DIALOGUE_SOUND_SETUP_CONFIG_H
#define PASAPAS_DIALOGUE_SOUND_SETUP_CONFIG_H

#include "model/pack.h"
#include "model/settings.h"

#include <stdbool.h>

struct sound_setup_config {
    const struct pack *pack;         /* outlives the setup */
    const struct settings *settings; /* copied */
    bool first;                      /* a first start: more is explained */
    bool speaks;                     /* something is spoken now */
    bool speaker;                    /* our own voice is there */
    bool dispatcher;                 /* Speech Dispatcher can be chosen */
    bool measures;                   /* loudspeaker and microphone can be tried together */
    bool hears;                      /* there is a microphone and what understands it */
    bool single_keys;                /* a key acts without Enter */
    bool taps;                       /* Space acts at once: it can open the microphone */
    bool other_language;             /* the system is set to a language that is not the pack's */
};

#endif
