/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * facts: what is true where the learner is. Nothing here changes anything. (What the tables ask is
 * declared from them, in features.h.)
 */
#ifndef PASAPAS_DIALOGUE_SESSION_FACTS_H
#define PASAPAS_DIALOGUE_SESSION_FACTS_H

#include "dialogue/session/state.h"

/* A name is asked for. */
bool session_is_naming(const struct session *session);
/* A secret is being typed elsewhere. */
bool session_is_secret(const struct session *session);

/* The browser's page may be looked at: the learner agreed, and nothing here is private. */
bool session_looks_at_page(const struct session *session);

/* How many sections of the guide (guide->sections) can be named before a path is chosen; 0 then. */
size_t session_unreached_sections(const struct session *session);

/* It is asked whether something is at hand. */
bool session_is_asking_need(const struct session *session);

#endif
