/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session: the dialogue that leads through a guide, one step after the other. Pure, as all of them
 * (dialogue/dialogue.h). A mark is confirmed only after the caller has saved the record and said so
 * with EVENT_SAVED.
 *
 * A question is never a wall: a command that makes sense is carried out instead of an answer. Only
 * the questions that protect against loss insist: before an unfinished monthly list is left, before
 * a learner is created, renamed, exported, reset or deleted, and before going on without saving.
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_SESSION_H
#define PASAPAS_DIALOGUE_SESSION_SESSION_H

#include "dialogue/dialogue.h"
#include "dialogue/session/config.h"

#include <stdbool.h>

struct session;

struct session *session_new(const struct session_config *config);
void session_free(struct session *session);

/* It, as every dialogue is held (dialogue/dialogue.h). Valid as long as the session. */
struct dialogue session_dialogue(struct session *session);

/* What is to be saved; valid until the next event. */
const struct learner_record *session_record(const struct session *session);

/* After another dialogue: how the learner likes it now (copied), and whether it is spoken. */
void session_set_settings(struct session *session, const struct settings *settings, bool speaks);

/* Whether the place that was handed over last reached the disk: goodbye promises only what is true.
 */
void session_set_place_kept(struct session *session, bool kept);

/* The learner as they are called, or the words for one without a name or a guest; to be freed. */
char *session_learner_name(const struct session *session);

#endif
