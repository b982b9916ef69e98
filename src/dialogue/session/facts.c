/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/facts.h"

#include "dialogue/session/checklist.h"
#include "dialogue/session/features.h"

bool session_always(const struct session *session)
{
    (void)session;
    return true;
}

bool session_is_asking_need(const struct session *session)
{
    return session->question == QUESTION_NEED || session->question == QUESTION_NEED_WHY;
}

bool session_has_path(const struct session *session)
{
    return session->path >= 0;
}

bool session_is_at_step(const struct session *session)
{
    return session->place == PLACE_STEP;
}

bool session_is_in_section(const struct session *session)
{
    return session->place == PLACE_STEP || session->place == PLACE_SECTION_END;
}

bool session_has_previous(const struct session *session)
{
    return session_is_in_section(session) || session->place == PLACE_PATH_END;
}

bool session_is_between_steps(const struct session *session)
{
    return session->place != PLACE_STEP || session->question == QUESTION_RESUME;
}

bool session_can_change_guide(const struct session *session)
{
    return session->config.guide_count > 1 && session_is_between_steps(session);
}

bool session_has_source(const struct session *session)
{
    return session->guide->source && session_is_between_steps(session);
}

bool session_has_mark(const struct session *session)
{
    return session->marked_here || (session->place == PLACE_STEP && session_mark_here(session));
}

bool session_can_be_left_out(const struct session *session)
{
    const struct guide_step *step = session_step(session);
    if (session_is_asking_need(session))
        return true;
    return step && (step->not_needed || step->optional);
}

bool session_can_explain(const struct session *session)
{
    return session_step(session) || session_is_asking_need(session);
}

bool session_can_spell(const struct session *session)
{
    const struct guide_step *step = session_step(session);
    return step && (step->spell || step->label || step->link);
}

bool session_can_find(const struct session *session)
{
    const struct guide_step *step = session_step(session);
    return step && step->where;
}

bool session_is_simple(const struct session *session)
{
    return session->settings.simple;
}

bool session_is_full(const struct session *session)
{
    return !session->settings.simple;
}

bool session_has_more(const struct session *session)
{
    return session->question == QUESTION_MORE;
}

bool session_speaks(const struct session *session)
{
    return session->config.speaks;
}

bool session_is_asking(const struct session *session)
{
    return session->question != QUESTION_NONE;
}

/* The arguments of one kind of choice end where the next begins. */
#define UNREACHED_MAX 1000

size_t session_unreached_sections(const struct session *session)
{
    const size_t count = session->guide->section_count;
    if (session->path >= 0)
        return 0;
    return count < UNREACHED_MAX ? count : UNREACHED_MAX;
}

bool session_is_naming(const struct session *session)
{
    return session->question == QUESTION_NAME;
}

/* At a terminal, without a switch: how it is typed there can be chosen. */
static bool types(const struct session *session)
{
    return session->config.terminal && session->settings.scan == SCAN_OFF;
}

bool session_types_words(const struct session *session)
{
    return types(session) && !session->settings.single_keys;
}

bool session_types_keys(const struct session *session)
{
    return types(session) && session->settings.single_keys;
}

bool session_is_secret(const struct session *session)
{
    const struct guide_step *step = session_step(session);
    /* The step itself is told only after what is asked before it. */
    return step && step->is_private && step == session->told && !session_is_asking_need(session);
}
