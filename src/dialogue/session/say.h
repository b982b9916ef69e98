/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * say: putting things into words, for all features: effects, repeating, texts of the pack.
 *
 * To say is to speak and to print. What is told is also what "repeat" says again.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_SAY_H
#define PASAPAS_DIALOGUE_SESSION_SAY_H

#include "base/strbuf.h"
#include "dialogue/session/state.h"

void session_effect(struct session *session, enum effect_kind kind);

/* Says a text once. Takes it over. */
void session_say(struct session *session, char *text);
/* The same; `aloud` is spoken in its place, and written nowhere. Takes both over. */
void session_say_aloud(struct session *session, char *text, char *aloud);
/* Prints a text without saying it. Takes it over. */
void session_print(struct session *session, char *text);
/* Says a text letter by letter, and prints its letters; "repeat" does so again. */
void session_spell(struct session *session, const char *text, bool examples);
/* Says a text that "repeat" says again. Takes it over. */
void session_tell(struct session *session, char *text);
/* Says `text` in one line with the step if that is what is told next, else before it. Takes it
 * over. */
void session_say_before(struct session *session, char *text);
/* Tells a text in one line with what session_say_before() was given, if it was. Takes it over. */
void session_tell_joined(struct session *session, char *text);
/* What is told from here on replaces what "repeat" says. */
void session_new_topic(struct session *session);
/* Says again all that was told. */
void session_tell_last(struct session *session);

/* A message of the pack, as text. */
#define session_text(session, ...) messages_format((session)->messages, __VA_ARGS__)
/* "étape 3" of "étape 3, étape 4 et étape 5": adds an item to a list being written. */
void session_list_add(const struct session *session, struct strbuf *list, const char *item,
                      size_t position, size_t count);

#endif
