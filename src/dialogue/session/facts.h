/*
 * facts: what is true where the learner is, as the tables ask it. Nothing here changes anything.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_FACTS_H
#define PASAPAS_DIALOGUE_SESSION_FACTS_H

#include "dialogue/session/state.h"

bool session_always(const struct session *session);
bool session_has_path(const struct session *session);
bool session_is_at_step(const struct session *session);
/* At a step or after the last one of a section. */
bool session_is_in_section(const struct session *session);
/* Not at a step: what is rarely said there would only be mistaken for what is. */
bool session_is_between_steps(const struct session *session);
bool session_has_next(const struct session *session);
bool session_has_mark(const struct session *session); /* that can be undone */
bool session_can_be_left_out(const struct session *session);
bool session_can_explain(const struct session *session);
bool session_can_spell(const struct session *session);
bool session_can_find(const struct session *session);
bool session_is_simple(const struct session *session);
bool session_is_full(const struct session *session);
bool session_is_paused(const struct session *session);
bool session_speaks(const struct session *session);
bool session_is_asking(const struct session *session);
bool session_is_naming(const struct session *session); /* a name is asked for */
/* A secret is being typed elsewhere. */
bool session_is_secret(const struct session *session);

#endif
