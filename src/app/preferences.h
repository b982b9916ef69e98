/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * preferences: how the learner likes it: the settings in force now, the options of this start
 * included, and the settings in their file, where those options do not belong.
 *
 * Thread: main.
 */
#ifndef PASAPAS_APP_PREFERENCES_H
#define PASAPAS_APP_PREFERENCES_H

#include "model/settings.h"

#include <stdbool.h>

struct assistant_options;
struct messages;

struct preferences {
    const struct assistant_options *options; /* outlives it */
    struct settings now;                     /* in force */
    struct settings kept;                    /* as they are in the file */
    char *file;
    bool damaged; /* the file was not wholly understood: nothing is saved that nobody asked for */
};

/* The defaults. */
void preferences_init(struct preferences *preferences, const struct assistant_options *options);
void preferences_free(struct preferences *preferences);

/* Those of a learner; of a `guest` nothing is read. Mistakes are told on standard error. */
void preferences_load(struct preferences *preferences, const char *learner, bool guest,
                      const struct messages *messages);
/* Writes the file if anything changed. What was not understood in it is kept aside, and its new
 * name (to be freed) stored in `ret_aside`, else NULL. 0, or -1 with errno: it holds for this
 * session. */
int preferences_save(struct preferences *preferences, const struct messages *messages,
                     char **ret_aside);
/* True if nobody has kept any here. */
bool preferences_are_new(const struct preferences *preferences);

/* Takes over what a dialogue can change. */
void preferences_change(struct preferences *preferences, const struct settings *chosen);

/* What was given at the start goes before what was kept. */
void preferences_add_options(const struct assistant_options *options, struct settings *settings);
/* What still is as an option has it was not chosen in the session: then what was kept stays. */
void preferences_remove_options(const struct assistant_options *options,
                                const struct settings *kept, struct settings *settings);

#endif
