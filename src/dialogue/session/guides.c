/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "dialogue/session/checklist.h"
#include "dialogue/session/features.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/say.h"

size_t session_count_guides(const struct session *session)
{
    return session->config.guide_count;
}

char *session_guide_title(const struct session *session, size_t position)
{
    return xstrdup(session->config.guides[position]->title);
}

const char *session_first_guide(const struct session *session)
{
    return session->config.guide_count ? session->config.guides[0]->title : "1";
}

struct next session_guides(struct session *session, const struct request *request)
{
    (void)request;
    session_say(session, session_text(session, MSG_GUIDE_IS, "title", session->guide->title));
    if (session->config.guide_count > 1)
        return next_ask(QUESTION_GUIDE);
    session_say(session, session_text(session, MSG_GUIDE_ONLY));
    return next_go_on();
}

void session_ask_guide(struct session *session)
{
    session_tell(session, session_text(session, MSG_CHOOSE_GUIDE));
    session_tell_choices(session, CHOICE_GUIDE);
}

/* Where the learner is was saved when they came there; what they leave undone is told. */
static struct next open_guide(struct session *session, const struct guide *guide)
{
    session_say_left(session);
    if (!session->effects->spoke)
        session_effect(session, EFFECT_SILENCE);
    effects_add(session->effects, EFFECT_GUIDE)->name = xstrdup(guide->id);
    return next_stay();
}

struct next session_take_guide(struct session *session, size_t position)
{
    const struct guide *guide = session->config.guides[position];
    if (guide != session->guide)
        return open_guide(session, guide);
    if (!session->starting)
        session_say(session, session_text(session, MSG_GUIDE_SAME));
    return next_go_on();
}
