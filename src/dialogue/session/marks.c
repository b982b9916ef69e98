/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/checklist.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"

#include "base/mem.h"
#include "base/number.h"

static void set_mark(struct session *session, int step, enum mark_state state)
{
    const struct guide_section *section = session_section(session);
    learner_record_set_mark(&session->record, session->guide->id, session_path(session)->id,
                            section->id, section->steps[step].id,
                            session_list_month(session, section), state, session->at);
}

/* What changes the record and is told only when it is on the disk begins here... */
static void begin_saving(struct session *session, struct next (*told)(struct session *session))
{
    learner_record_copy(&session->before, &session->record);
    session->told_when_saved = told;
    session_effect(session, EFFECT_SAVE_MARK);
}

/* ...and ends in one of these two. */
struct next session_saved(struct session *session)
{
    struct next (*told)(struct session *) = session->told_when_saved;
    if (!told)
        return next_stay();
    session->told_when_saved = NULL;
    learner_record_free(&session->before);
    session_new_topic(session);
    return told(session);
}

void session_save_failed(struct session *session, const char *reason)
{
    if (!session->told_when_saved)
        return;
    session->told_when_saved = NULL;
    learner_record_free(&session->record);
    session->record = session->before;
    session->before = (struct learner_record){0};
    session_say(session, session_text(session, MSG_NOT_MARKED, "reason", reason ? reason : ""));
}

/* --- done, or not needed ---------------------------------------------------------------------- */

static struct next tell_marked(struct session *session)
{
    session->marked_here = true;
    session->undo_path = session->path;
    session->undo_section = session->section;
    session->undo_step = session->step;
    session_say_before(session,
                       session_text(session, !session->config.saves         ? MSG_MARKED_UNSAVED
                                             : session_is_practice(session) ? MSG_MARKED_PRACTICE
                                                                            : MSG_MARKED));
    return next_run(COMMAND_NEXT, 0);
}

static struct next mark(struct session *session, enum mark_state state)
{
    begin_saving(session, tell_marked);
    set_mark(session, session->step, state);
    return next_stay();
}

/* Said a second time, it only leads on. */
static struct next go_on_marked(struct session *session, enum message said)
{
    session_say_before(session, session_text(session, said));
    return next_run(COMMAND_NEXT, 0);
}

static bool is_marked_as(const struct session *session, enum mark_state state)
{
    const struct learner_record_mark *mark = session_mark_here(session);
    return mark && mark->state == state;
}

struct next session_mark_done(struct session *session, const struct request *request)
{
    const struct guide_step *step = session_step(session);
    /* It answers nothing there, and the step was not told yet. */
    if (request->asked == QUESTION_NEED_WHY)
        return next_ask(request->asked);
    if (step && !is_marked_as(session, MARK_DONE))
        return step->read_back ? next_ask(QUESTION_READ_BACK) : mark(session, MARK_DONE);
    if (step)
        return go_on_marked(session, MSG_ALREADY_MARKED);
    return next_cannot(COMMAND_DONE);
}

void session_ask_read_back(struct session *session)
{
    session_tell(session, xstrdup(session_step(session)->read_back));
}

struct next session_answer_read_back(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (yes)
        return mark(session, MARK_DONE);
    session_say(session, session_text(session, MSG_READ_BACK_NO));
    return next_stay();
}

struct next session_mark_not_needed(struct session *session, const struct request *request)
{
    const struct guide_step *step = session_step(session);
    if (request->asked == QUESTION_NEED) {
        /* The answer to what a "no" would be asked. */
        session->question = QUESTION_NEED_WHY;
        return next_run(COMMAND_NOT_NEEDED, 0);
    }
    if (step && (step->not_needed || step->optional))
        return is_marked_as(session, MARK_NOT_NEEDED)
                   ? go_on_marked(session, MSG_ALREADY_NOT_NEEDED)
                   : mark(session, MARK_NOT_NEEDED);
    if (!step)
        return next_cannot(COMMAND_NOT_NEEDED);
    session_say(session, session_text(session, MSG_NOT_NEEDED_HERE));
    return next_stay();
}

/* --- undone ----------------------------------------------------------------------------------- */

static struct next tell_unmarked(struct session *session)
{
    session->marked_here = false;
    session_say_before(session, session_text(session, MSG_UNMARKED));
    return next_step(session->step);
}

struct next session_undo(struct session *session, const struct request *request)
{
    (void)request;
    bool marked_now = session_step(session) && session_mark_here(session);
    if (!marked_now && !session->marked_here) {
        session_say(session, session_text(session, MSG_NOTHING_TO_UNDO));
        return next_stay();
    }
    if (!marked_now) {
        /* "Done" moved on by itself: what is undone is the step just left. */
        session->path = session->undo_path;
        session->section = session->undo_section;
        session->step = session->undo_step;
        session->place = PLACE_STEP;
    }
    begin_saving(session, tell_unmarked);
    set_mark(session, session->step, MARK_OPEN);
    return next_stay();
}

/* --- the section again ------------------------------------------------------------------------ */

struct next session_restart(struct session *session, const struct request *request)
{
    (void)request;
    if (!session_section(session) || session->place == PLACE_CONTENTS)
        return next_cannot(COMMAND_RESTART);
    int marked, left;
    session_count(session, session_section(session), &marked, &left);
    if (!marked) {
        session_say_before(session, session_text(session, MSG_RESTART));
        return next_step(0);
    }
    session->place = PLACE_STEP;
    session->step = 0;
    session_save_place(session);
    return next_ask(QUESTION_CLEAR);
}

void session_ask_clear(struct session *session)
{
    int marked, left;
    char count[NUMBER_TEXT_SIZE];
    session_count(session, session_section(session), &marked, &left);
    session_tell(session,
                 session_text(session, MSG_ASK_CLEAR, "count", number_text(count, marked)));
}

static struct next tell_cleared(struct session *session)
{
    session->marked_here = false;
    session_say_before(session, session_text(session, MSG_CLEARED));
    return next_step(0);
}

struct next session_answer_clear(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (!yes)
        return next_step(0);
    begin_saving(session, tell_cleared);
    for (size_t i = 0; i < session_section(session)->step_count; i++)
        set_mark(session, (int)i, MARK_OPEN);
    return next_stay();
}
