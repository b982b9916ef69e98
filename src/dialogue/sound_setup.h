/* SPDX-License-Identifier: GPL-3.0-or-later */
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
#include "dialogue/sound_setup_config.h"

#include <stdbool.h>

struct sound_setup;

struct sound_setup *sound_setup_new(const struct sound_setup_config *config);
void sound_setup_free(struct sound_setup *setup); /* accepts NULL */

/* It, as every dialogue is held (dialogue/dialogue.h). Valid as long as the setup. */
struct dialogue sound_setup_dialogue(struct sound_setup *setup);

#endif
