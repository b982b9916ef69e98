/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/checklist.h"

#include "base/mem.h"
#include "base/number.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"
#include "model/date_words.h"

#include <stdlib.h>
#include <string.h>

struct window session_window(const struct session *session, const struct guide_section *section)
{
    if (!section->period)
        return (struct window){.state = WINDOW_WRONG_CLOCK};
    return window_on(section->period, session->guide->updated, session->today);
}

struct month session_list_month(const struct session *session, const struct guide_section *section)
{
    struct window window = session_window(session, section);
    /* Outside the window the section is only practised: a mark must not pass for a declaration. */
    return window.state == WINDOW_OPEN ? window.month : (struct month){0, 0};
}

static const struct learner_record_mark *mark_in(const struct session *session,
                                                 const struct guide_section *section, int step,
                                                 struct month month)
{
    return session->path < 0 ? NULL
                             : learner_record_mark(&session->record, session->guide->id,
                                                   session_path(session)->id, section->id,
                                                   section->steps[step].id, month);
}

const struct learner_record_mark *session_mark_of(const struct session *session,
                                                  const struct guide_section *section, int step)
{
    return mark_in(session, section, step, session_list_month(session, section));
}

const struct learner_record_mark *session_mark_here(const struct session *session)
{
    return session_mark_of(session, session_section(session), session->step);
}

bool session_is_practice(const struct session *session)
{
    const struct guide_section *section = session_section(session);
    return section && section->period && !session_list_month(session, section).year;
}

void session_say_practice(struct session *session)
{
    const struct guide_section *section = session_section(session);
    if (session_is_practice(session) && session_window(session, section).state == WINDOW_CLOSED)
        session_say(session, session_text(session, MSG_SECTION_PRACTICE));
}

void session_count_in(const struct session *session, const struct guide_section *section,
                      struct month month, int *ret_marked, int *ret_left)
{
    int marked = 0;
    for (size_t i = 0; i < section->step_count; i++)
        if (mark_in(session, section, (int)i, month))
            marked++;
    *ret_marked = marked;
    *ret_left = (int)section->step_count - marked;
}

void session_count(const struct session *session, const struct guide_section *section,
                   int *ret_marked, int *ret_left)
{
    session_count_in(session, section, session_list_month(session, section), ret_marked, ret_left);
}

/* True if a list counts the step: those with `check`, or all where no step has it. */
static bool is_counted(const struct guide_section *section, size_t step)
{
    return section->steps[step].check || !session_is_checklist(section);
}

void session_count_listed(const struct session *session, const struct guide_section *section,
                          struct month month, int *ret_marked, int *ret_left)
{
    int marked = 0, left = 0;
    for (size_t i = 0; i < section->step_count; i++) {
        if (!is_counted(section, i))
            continue;
        if (mark_in(session, section, (int)i, month))
            marked++;
        else
            left++;
    }
    *ret_marked = marked;
    *ret_left = left;
}

int session_count_left(const struct session *session, const struct guide_section *section)
{
    int marked, left;
    session_count_listed(session, section, session_list_month(session, section), &marked, &left);
    return left;
}

bool session_is_checklist(const struct guide_section *section)
{
    for (size_t i = 0; i < section->step_count; i++)
        if (section->steps[i].check)
            return true;
    return false;
}

bool session_is_open_list(const struct session *session, const struct guide_section *section)
{
    return session_window(session, section).state == WINDOW_OPEN &&
           session_count_left(session, section) > 0;
}

bool session_is_unfinished(const struct session *session)
{
    if (session->place != PLACE_STEP && session->place != PLACE_SECTION_END)
        return false;
    return session_is_open_list(session, session_section(session));
}

/* A month that was declared counts until the next one opens. */
static int count_section_left(const struct session *session, const struct guide_section *section)
{
    const struct window window = session_window(session, section);
    int marked, left, left_before;
    session_count(session, section, &marked, &left);
    if (window.state != WINDOW_CLOSED)
        return left;
    session_count_in(session, section, window.month, &marked, &left_before);
    return left_before < left ? left_before : left;
}

int session_count_path_left(const struct session *session)
{
    const struct guide_path *path = session_path(session);
    int left = 0;
    for (size_t i = 0; i < path->section_count; i++)
        left += count_section_left(session, path->sections[i]);
    return left;
}

/* --- going there ------------------------------------------------------------------------------ */

static int first_left(const struct session *session, const struct guide_section *section)
{
    for (size_t i = 0; session_is_checklist(section) && i < section->step_count; i++)
        if (!session_mark_of(session, section, (int)i))
            return (int)i;
    return 0;
}

enum need_state session_need(const struct session *session, const struct guide_section *section,
                             int need)
{
    return learner_record_need(&session->record, session->guide->id, session_path(session)->id,
                               section->id, section->needs[need].id,
                               session_list_month(session, section));
}

void session_set_need(struct session *session, int need, enum need_state state)
{
    const struct guide_section *section = session_section(session);
    learner_record_set_need(&session->record, session->guide->id, session_path(session)->id,
                            section->id, section->needs[need].id,
                            session_list_month(session, section), state);
    session_effect(session, EFFECT_SAVE_PLACE);
}

/* True if the need that this one depends on is not needed: then it is not needed either. */
static bool matters(const struct session *session, int need)
{
    const struct guide_section *section = session_section(session);
    const char *with = section->needs[need].with;
    for (int i = 0; with && i < need; i++)
        if (!strcmp(section->needs[i].id, with))
            return session_need(session, section, i) != NEED_NOT_NEEDED;
    return true;
}

static bool is_to_be_asked(const struct session *session, int need)
{
    const enum need_state state = session_need(session, session_section(session), need);
    return session->asking_needs == NEEDS_ALL || state == NEED_OPEN ||
           (session->asking_needs == NEEDS_OPEN_OR_MISSING && state == NEED_MISSING);
}

struct next session_ask_needs(struct session *session, int from)
{
    const int count = (int)session_section(session)->need_count;
    for (session->need = from; session->need < count; session->need++) {
        const bool needed = matters(session, session->need);
        if (!needed &&
            session_need(session, session_section(session), session->need) != NEED_NOT_NEEDED)
            session_set_need(session, session->need, NEED_NOT_NEEDED);
        if (needed && is_to_be_asked(session, session->need))
            return next_ask(QUESTION_NEED);
    }
    return session->place == PLACE_STEP ? next_step(session->step) : next_tell();
}

struct next session_go_to_list(struct session *session, int section)
{
    session->section = section;
    session->place = PLACE_STEP;
    session->step = first_left(session, session_section(session));
    session->asking_needs = NEEDS_OPEN_OR_MISSING;
    /* Practice belongs to no month: what was answered last time is not asked after. */
    for (size_t i = 0; session_is_practice(session) && i < session_section(session)->need_count;
         i++)
        session_set_need(session, (int)i, NEED_OPEN);
    if (session_section(session)->need_count)
        session_save_place(session);
    return session_ask_needs(session, 0);
}

struct next session_go_on_in_list(struct session *session)
{
    const struct guide_section *section = session_section(session);
    int marked, left;
    bool begun = false;
    session_count(session, section, &marked, &left);
    for (size_t i = 0; i < section->need_count; i++)
        begun |= session_need(session, section, (int)i) != NEED_OPEN;
    /* They are there again, which is kept: of several guides this is the last one. */
    if (session->place != PLACE_STEP || (marked && !begun))
        return next_place(session->place);
    session->asking_needs = NEEDS_OPEN;
    return session_ask_needs(session, 0);
}

/* --- when the months were told ---------------------------------------------------------------- */

/* About as long as the line and what stands before it take to be heard. */
#define SECONDS_APART 10

void session_note_months_told(struct session *session)
{
    session->months_told.once = true;
    session->months_told.turn = session->turns;
    session->months_told.at = session->at;
}

bool session_months_were_told(const struct session *session)
{
    if (!session->months_told.once)
        return false;
    const bool just_now = session->at - session->months_told.at < SECONDS_APART;
    return session->turns - session->months_told.turn <= 1 || (session->config.speaks && just_now);
}

/* --- what is said of it ----------------------------------------------------------------------- */

char *session_counts_text(const struct session *session, int marked, int left)
{
    char done[NUMBER_TEXT_SIZE], rest[NUMBER_TEXT_SIZE];
    if (!marked)
        return session_text(session, MSG_COUNTS_NONE_DONE, "left", number_text(rest, left));
    if (!left)
        return session_text(session, MSG_COUNTS_NONE_LEFT, "done", number_text(done, marked));
    return session_text(session, MSG_COUNTS, "done", number_text(done, marked), "left",
                        number_text(rest, left));
}

char *session_deadline_text(const struct session *session, const struct guide_section *section)
{
    struct window window = session_window(session, section);
    if (window.state != WINDOW_OPEN)
        return NULL;
    if (window.days_left == 0)
        return session_text(session, MSG_DEADLINE_TODAY);
    char days[NUMBER_TEXT_SIZE];
    char *date = date_words_day(session->messages, window.closes);
    char *text = session_text(session, window.days_left == 1 ? MSG_DEADLINE_TOMORROW : MSG_DEADLINE,
                              "date", date, "days", number_text(days, window.days_left));
    free(date);
    return text;
}

void session_say_left(struct session *session)
{
    if (!session_is_unfinished(session))
        return;
    session_note_months_told(session);
    const struct guide_section *section = session_section(session);
    size_t count = (size_t)session_count_left(session, section), position = 0;
    struct strbuf list = {0};
    char number[NUMBER_TEXT_SIZE];
    for (size_t i = 0; i < section->step_count; i++) {
        if (!is_counted(section, i) || session_mark_of(session, section, (int)i))
            continue;
        char *item = session_text(session, MSG_LEFT_STEP, "step", number_text(number, (long)i + 1));
        session_list_add(session, &list, item, position++, count);
        free(item);
    }
    session_tell(session, session_text(session, MSG_LEFT_TO_DO, "left",
                                       number_text(number, (long)count), "list", list.text));
    session_tell(session, session_deadline_text(session, section));
    strbuf_free(&list);
}

/* --- needs ----------------------------------------------------------------------------------- */

void session_say_missing(struct session *session)
{
    const struct guide_section *section = session_section(session);
    struct strbuf list = {0};
    for (size_t i = 0; i < section->need_count; i++) {
        if (session_need(session, section, (int)i) != NEED_MISSING)
            continue;
        strbuf_add(&list, list.length ? ", " : "");
        strbuf_add(&list, section->needs[i].label);
    }
    if (list.length)
        session_tell(session, session_text(session, MSG_NEEDS_LEFT, "list", list.text));
    strbuf_free(&list);
}
