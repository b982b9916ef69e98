/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"

static void explain_word(struct session *session, const struct guide_word *word)
{
    session_tell(session, session_text(session, MSG_WORD, "word", word->word, "text", word->say));
}

struct next session_explain(struct session *session, const struct request *request)
{
    const struct guide_step *step = session_step(session);
    const int word = request->argument;
    session_new_topic(session);
    if (word > 0 && (size_t)word <= session->guide->word_count) {
        explain_word(session, &session->guide->words[word - 1]);
    } else if (session->question == QUESTION_NEED) {
        session_tell(session, xstrdup(session_section(session)->needs[session->need].more));
        return next_tell();
    } else if (step) {
        session_tell(session, xstrdup(step->more));
        if (step->where)
            session_tell(session, xstrdup(step->where));
    } else {
        session_say(session, session_text(session, MSG_NO_STEP));
    }
    return next_stay();
}

struct next session_spell_step(struct session *session, const struct request *request)
{
    (void)request;
    const struct guide_step *step = session_step(session);
    const char *text = !step         ? NULL
                       : step->spell ? step->spell
                       : step->label ? step->label
                                     : step->link;
    if (text)
        session_spell(session, text, session->spelled);
    else
        session_say(session, session_text(session, MSG_SPELL_NOTHING));
    session->spelled = text && !session->spelled;
    return next_stay();
}

struct next session_find(struct session *session, const struct request *request)
{
    (void)request;
    const struct guide_step *step = session_step(session);
    session_new_topic(session);
    session_tell(session, step && step->where ? xstrdup(step->where)
                                              : session_text(session, MSG_FIND_NOTHING));
    return next_stay();
}
