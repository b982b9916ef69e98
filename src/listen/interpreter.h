/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * interpreter: single utterances, as listen/front_end.h tells them, to what was heard: recognised,
 * and with a verdict on it.
 *
 * At a pause it decodes ahead: what is very clear is told at once, all else at the end of the
 * utterance, when the work is then done. It knows what was said before (listen/talk_gate.h). No
 * file but the pack's, no thread; a clock only to measure its own work. Thread: that of the
 * recogniser, the same for every call.
 */
#ifndef PASAPAS_LISTEN_INTERPRETER_H
#define PASAPAS_LISTEN_INTERPRETER_H

#include "listen/recog.h"

#include <stdbool.h>

struct calibration;
struct front_end_event;
struct heard;
struct interpreter;
struct vocabulary;

/* Loads the recogniser. 0, or -1 with a message in words (free()). */
int interpreter_open(const struct recog_driver *driver, const struct pack *pack,
                     struct interpreter **ret_interpreter, char **ret_error);
/* What is wrong with it nevertheless, in sentences (free()), once; else NULL. */
char *interpreter_take_notice(struct interpreter *interpreter);
void interpreter_free(struct interpreter *interpreter); /* accepts NULL */

/* What can be said from now on: `vocabulary` is taken over and emptied, NULL: as before. Who
 * speaks: `calibration`, NULL: as before. A vocabulary that cannot be used is as good as none. */
void interpreter_listen_for(struct interpreter *interpreter, struct vocabulary *vocabulary,
                            const struct calibration *calibration);

/* Forgets what was said before. Accepts NULL. */
void interpreter_restart(struct interpreter *interpreter);

struct interpreter_mode {
    bool learning; /* see listener_set_learning() */
    bool echo;     /* of our own voice something may be left, see struct situation */
};

/* True with an event to be freed with heard_free(); false if nothing is to be told of it. */
bool interpreter_take(struct interpreter *interpreter, const struct front_end_event *event,
                      struct interpreter_mode mode, struct heard *ret_heard);

#endif
