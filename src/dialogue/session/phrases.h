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
/* A section as it can be named: of the path, or before a path is chosen of the whole guide. */
struct named_section {
    const char *title;
    const struct guide_phrases *phrases;
    int argument; /* of COMMAND_CHOOSE: `kind` and the position, or CHOICE_LATER */
};

/* The section at a position; false after the last one. */
bool session_named_section(const struct session *session, enum choice_kind kind, size_t position,
                           struct named_section *ret_named);

/* Tells the choices of a kind. */
void session_tell_choices(struct session *session, enum choice_kind kind);

#endif
