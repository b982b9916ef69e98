/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/checklist.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"

#include "base/mem.h"

/* Whoever knows wants the steps: all that is left to ask is left out. */
struct next session_skip_needs(struct session *session, const struct request *request)
{
    (void)request;
    return next_step(session->step);
}

void session_ask_need(struct session *session)
{
    session_tell(session, xstrdup(session_section(session)->needs[session->need].ask));
}

struct next session_answer_need(struct session *session, enum question asked, bool yes)
{
    const struct guide_section *section = session_section(session);
    const struct guide_need *need = &section->needs[session->need];
    (void)asked;
    learner_record_set_missing(&session->record, session->guide->id, session_path(session)->id,
                               section->id, need->id, session_list_month(session, section), !yes);
    session_effect(session, EFFECT_SAVE_PLACE);
    if (!yes)
        session_say_before(session, session_text(session, MSG_NEED_MISSING, "label", need->label));
    if ((size_t)session->need + 1 >= section->need_count)
        return next_step(session->step);
    session->need++;
    return next_ask(QUESTION_NEED);
}
