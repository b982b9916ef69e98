/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to have at hand before a section: asked one by one, kept for the month, asked again on
 * demand. A "no" is asked back: what is not needed is not missing.
 */
#include "dialogue/session/checklist.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"

#include "base/mem.h"

#include <stdlib.h>

static const struct guide_need *need_asked(const struct session *session)
{
    return &session_section(session)->needs[session->need];
}

static struct next go_on(struct session *session)
{
    return session_ask_needs(session, session->need + 1);
}

void session_ask_need(struct session *session)
{
    session_tell(session, xstrdup(need_asked(session)->ask));
}

char *session_about_need(const struct session *session)
{
    return xstrdup(need_asked(session)->label);
}

struct next session_answer_need(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (!yes)
        return next_ask(QUESTION_NEED_WHY);
    session_set_need(session, session->need, NEED_AT_HAND);
    return go_on(session);
}

void session_ask_need_why(struct session *session)
{
    const char *own = need_asked(session)->if_no;
    char *question = own ? xstrdup(own) : session_text(session, MSG_NEED_WHY);
    session_tell(session, session_text(session, MSG_NEED_WHY_ANSWERS, "question", question));
    free(question);
}

/* "Yes" is "not needed", "no" is "not yet". */
struct next session_answer_need_why(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    session_set_need(session, session->need, yes ? NEED_NOT_NEEDED : NEED_MISSING);
    session_say_before(session, yes ? session_text(session, MSG_NEED_NOT_NEEDED)
                                    : session_text(session, MSG_NEED_MISSING, "label",
                                                   need_asked(session)->label));
    return go_on(session);
}

/* "Next" leaves the one question. What was said of it before stays. */
struct next session_leave_need(struct session *session, const struct request *request)
{
    if (request->asked == QUESTION_NEED_WHY)
        session_set_need(session, session->need, NEED_MISSING);
    else if (session_need(session, session_section(session), session->need) == NEED_OPEN)
        session_set_need(session, session->need, NEED_LEFT);
    return go_on(session);
}

/* --- on demand -------------------------------------------------------------------------------- */

static void tell_needs_of(struct session *session, const struct guide_section *section)
{
    struct strbuf list = {0};
    for (size_t i = 0; i < section->need_count; i++)
        session_list_add(session, &list, section->needs[i].label, i, section->need_count);
    session_tell(session,
                 session_text(session, MSG_NEEDS_OF, "title", section->title, "list", list.text));
    strbuf_free(&list);
}

struct next session_needs(struct session *session, const struct request *request)
{
    const struct guide_path *path = session_path(session);
    (void)request;
    session_new_topic(session);
    const bool inside = session->place == PLACE_STEP || session->place == PLACE_SECTION_END;
    if (inside && session_section(session)->need_count) {
        session->asking_needs = NEEDS_ALL;
        return session_ask_needs(session, 0);
    }
    for (size_t i = 0; path && i < path->section_count; i++)
        if (path->sections[i]->need_count)
            tell_needs_of(session, path->sections[i]);
    if (!session->last_count)
        session_tell(session, session_text(session, MSG_NEEDS_NONE));
    return next_stay();
}
