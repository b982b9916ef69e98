/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * voice_names: the other voices that can be spoken with just now, beside the usual one, by the
 * names that settings keep. Thread: one at a time.
 */
#ifndef PASAPAS_MODEL_VOICE_NAMES_H
#define PASAPAS_MODEL_VOICE_NAMES_H

#include <stddef.h>

/* Empty: {0}. */
struct voice_names {
    char **items; /* owned by whoever fills it */
    size_t count;
};

#endif
