/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seen: the session at a glance (dialogue/glance.h), from the same tables and facts that tell it.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_SEEN_H
#define PASAPAS_DIALOGUE_SESSION_SEEN_H

#include "dialogue/glance.h"
#include "dialogue/session/state.h"

/* Once the session was told an event. To be freed with glance_free(). */
void session_glance(const struct session *session, struct glance *ret_glance);

#endif
