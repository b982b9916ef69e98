/*
 * sound_setup: the first start and "vérifier le son": hearing, the rate, a screen reader, the
 * microphone, how to listen, and one command as an exercise. Pure, as all dialogues
 * (dialogue/dialogue.h).
 *
 * Every question can be skipped, one by one or all at once, told again and gone back to; none is a
 * wall for who names a place to go to (EVENT_LEAVE). None has a time limit: a question that
 * nobody answers is told a second time, at most, and then waits.
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_SOUND_SETUP_H
#define PASAPAS_DIALOGUE_SOUND_SETUP_H

#include "dialogue/dialogue.h"
#include "model/pack.h"
#include "model/settings.h"

#include <stdbool.h>

struct sound_setup;

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
    bool other_language;             /* the system is set to a language that is not the pack's */
};

struct sound_setup *sound_setup_new(const struct sound_setup_config *config);
void sound_setup_free(struct sound_setup *setup); /* accepts NULL */

/* It, as every dialogue is held (dialogue/dialogue.h). Valid as long as the setup. */
struct dialogue sound_setup_dialogue(struct sound_setup *setup);

#endif
