/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "dialogue/session/facts.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"

struct next session_spell_step(struct session *session, const struct request *request)
{
    (void)request;
    const struct guide_step *step = session_step(session);
    const char *text = !step         ? NULL
                       : step->spell ? step->spell
                       : step->label ? step->label
                                     : step->link;
    if (text) {
        session_new_topic(session);
        session_spell(session, text, session->spelled);
    } else {
        session_say(session, session_text(session, MSG_SPELL_NOTHING));
    }
    session->spelled = text && !session->spelled;
    return next_stay();
}
