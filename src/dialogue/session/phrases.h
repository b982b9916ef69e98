/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * phrases: how commands and choices are called, and which phrases make sense now
 * (session_vocabulary()).
 */
#ifndef PASAPAS_DIALOGUE_SESSION_PHRASES_H
#define PASAPAS_DIALOGUE_SESSION_PHRASES_H

#include "dialogue/session/state.h"

/* See dialogue_vocabulary(). */
void session_vocabulary(const struct session *session, enum channel channel,
                        struct vocabulary *vocabulary);
/* The command's first phrase and its key (NULL if none), as help names them. */
const char *session_phrase(const struct session *session, enum command command);
const char *session_key(const struct session *session, enum command command);
/* The phrase in quotes with its key, as an example of what to say; to be freed. */
char *session_hint(const struct session *session, enum command command);
/* A phrase in the quotes of the pack; to be freed. */
char *session_quoted(const struct session *session, const char *phrase);
/* Tells one choice of a list: "1 : ...". */
void session_tell_choice(struct session *session, size_t position, const char *title);
/* Tells the choices of a kind. */
void session_tell_choices(struct session *session, enum choice_kind kind);

#endif
