/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recordings: what `pasapas listen` and `pasapas calibrate` share: what can be said, and recordings
 * as the microphone of a simulated listener.
 *
 * Errors are told on standard error; the functions return exit codes (app/cli.h). Thread: main.
 */
#ifndef PASAPAS_CMD_RECORDINGS_H
#define PASAPAS_CMD_RECORDINGS_H

#include "app/cli.h"
#include "model/vocabulary.h"

#include <stdbool.h>

struct calibration;
struct listener;
struct pack;

/* A file of phrases, one a line. */
int recordings_read_vocabulary(const struct cli *cli, const char *file,
                               struct vocabulary *vocabulary);

/* What a learner taught; a file that is not there is empty, one that is wrong is told of. */
int recordings_load_calibration(const struct cli *cli, const char *file,
                                struct calibration *ret_calibration);

/* A listener in simulated time, without echo; `keeps_samples`: of each utterance (listen/heard.h).
 */
int recordings_open_listener(const struct pack *pack, bool keeps_samples,
                             struct listener **ret_listener);

typedef void (*recordings_sink)(void *context, const char *file);

/* A recording into the listener, which starts afresh. `sink` is called whenever listener_next() may
 * have something. */
int recordings_play(const struct cli *cli, struct listener *listener, const char *file,
                    recordings_sink sink, void *context);

#endif
