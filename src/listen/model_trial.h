/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model_trial: tries an acoustic model that nobody vouches for where it can do no harm: in a child
 * process.
 *
 * A model without a seal (listen/model_seal.h), the user's own or the system's, may be damaged, and
 * then the library that reads it crashes, ends the process, never comes back, or prints what nobody
 * asked for. What passed once is remembered by the path, size and time of all files of its folder,
 * in $XDG_CACHE_HOME; what did not is tried again each time. Thread: any, one at a time.
 */
#ifndef PASAPAS_LISTEN_MODEL_TRIAL_H
#define PASAPAS_LISTEN_MODEL_TRIAL_H

#include <stdbool.h>

/* What takes longer never comes back. */
#define MODEL_TRIAL_SECONDS 30

/* Calls `attempt` in a child process. True if it came back with 0 and wrote nothing on standard
 * output or error, now or earlier with the same folder. */
bool model_trial_passes(const char *folder, int (*attempt)(void *context), void *context);

#endif
