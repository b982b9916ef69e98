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
    return learner_record_mark(&session->record, session->guide->id, session_path(session)->id,
                               section->id, section->steps[step].id, month);
}

static const struct learner_record_mark *mark_of(const struct session *session,
                                                 const struct guide_section *section, int step)
{
    return mark_in(session, section, step, session_list_month(session, section));
}

const struct learner_record_mark *session_mark_here(const struct session *session)
{
    return mark_of(session, session_section(session), session->step);
}

static void count_in(const struct session *session, const struct guide_section *section,
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
    count_in(session, section, session_list_month(session, section), ret_marked, ret_left);
}

/* Steps that the monthly list counts and that are not marked. */
static int count_open_checks(const struct session *session, const struct guide_section *section)
{
    int open = 0;
    for (size_t i = 0; i < section->step_count; i++)
        if (section->steps[i].check && !mark_of(session, section, (int)i))
            open++;
    return open;
}

bool session_is_unfinished(const struct session *session)
{
    if (session->place != PLACE_STEP && session->place != PLACE_SECTION_END)
        return false;
    const struct guide_section *section = session_section(session);
    return session_window(session, section).state == WINDOW_OPEN &&
           count_open_checks(session, section) > 0;
}

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
    const struct guide_section *section = session_section(session);
    size_t count = (size_t)count_open_checks(session, section), position = 0;
    struct strbuf list = {0};
    char number[NUMBER_TEXT_SIZE];
    for (size_t i = 0; i < section->step_count; i++) {
        if (!section->steps[i].check || mark_of(session, section, (int)i))
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

/* --- windows --------------------------------------------------------------------------------- */

static void say_open(struct session *session, const struct guide_section *section,
                     const struct window *window)
{
    char *of = date_words_of_month(session->messages, window->month.month);
    bool done = session->path >= 0 && !count_open_checks(session, section);
    session_say(session, session_text(session, done ? MSG_PERIOD_DONE : MSG_PERIOD_OPEN, "title",
                                      section->title, "of", of));
    if (!done)
        session_say(session, session_deadline_text(session, section));
    free(of);
}

/* True if every step that counts was marked in a month's list. */
static bool was_completed(const struct session *session, const struct guide_section *section,
                          struct month month)
{
    for (size_t i = 0; i < section->step_count; i++)
        if (section->steps[i].check && !mark_in(session, section, (int)i, month))
            return false;
    return true;
}

static void say_closed(struct session *session, const struct guide_section *section,
                       const struct window *window)
{
    char *of = date_words_of_month(session->messages, window->month.month);
    char *opens = date_words_day(session->messages, window->next_opens);
    session_say(session,
                session_text(session, MSG_PERIOD_CLOSED, "title", section->title, "of", of));
    bool completed = session->path >= 0 && was_completed(session, section, window->month);
    if (!completed && section->period->missed)
        session_say(session, xstrdup(section->period->missed));
    session_say(session, session_text(session, MSG_PERIOD_NEXT, "date", opens));
    free(of);
    free(opens);
}

static void say_wrong_clock(struct session *session)
{
    char *date = date_words_date(session->messages, session->today);
    session_say(session, session_text(session, MSG_CLOCK_WRONG, "date", date));
    free(date);
}

/* The sections to speak of: those of the chosen path, or of the first one while none is chosen. */
static const struct guide_path *path_for_windows(const struct session *session)
{
    return session->path >= 0 ? session_path(session) : &session->guide->paths[0];
}

void session_say_window(struct session *session, const struct guide_section *section)
{
    if (!section->period)
        return;
    struct window window = session_window(session, section);
    if (window.state == WINDOW_OPEN)
        say_open(session, section, &window);
    else if (window.state == WINDOW_CLOSED)
        say_closed(session, section, &window);
    else
        say_wrong_clock(session);
}

void session_say_windows(struct session *session)
{
    const struct guide_path *path = path_for_windows(session);
    for (size_t i = 0; i < path->section_count; i++)
        session_say_window(session, path->sections[i]);
}

bool session_remind(struct session *session)
{
    const struct guide_path *path = path_for_windows(session);
    bool reminded = false;
    for (size_t i = 0; i < path->section_count; i++) {
        const struct guide_section *section = path->sections[i];
        if (session_window(session, section).state != WINDOW_OPEN ||
            (session->path >= 0 && !count_open_checks(session, section)))
            continue;
        if (!reminded)
            session_say(session, session_text(session, MSG_REMINDER));
        session_say_window(session, section);
        reminded = true;
    }
    return reminded;
}

/* --- history ---------------------------------------------------------------------------------- */

/* Months spoken at most: half a year is as much as an ear keeps. */
#define HISTORY_MONTHS 6

static void tell_month(struct session *session, const struct guide_section *section,
                       struct month month)
{
    int marked, left;
    char year[NUMBER_TEXT_SIZE];
    count_in(session, section, month, &marked, &left);
    if (!marked)
        return;
    char *name = date_words_month_name(session->messages, month.month);
    char *counts = session_counts_text(session, marked, left);
    session_tell(session, session_text(session, MSG_HISTORY_MONTH, "month", name, "year",
                                       number_text(year, month.year), "counts", counts));
    free(name);
    free(counts);
}

static void tell_months(struct session *session, const struct guide_section *section)
{
    struct month *months = NULL;
    size_t count = learner_record_months(&session->record, session->guide->id, &months);
    for (size_t i = 0, told = 0; i < count && told < HISTORY_MONTHS; i++) {
        if (!months[i].year)
            continue;
        tell_month(session, section, months[i]);
        told++;
    }
    free(months);
}

struct next session_history(struct session *session, const struct request *request)
{
    (void)request;
    session_new_topic(session);
    if (session->path >= 0) {
        const struct guide_path *path = session_path(session);
        for (size_t i = 0; i < path->section_count; i++)
            if (path->sections[i]->period)
                tell_months(session, path->sections[i]);
    }
    if (!session->last_count)
        session_tell(session, session_text(session, MSG_HISTORY_NONE));
    return next_stay();
}

void session_say_missing(struct session *session)
{
    const struct guide_section *section = session_section(session);
    struct month month = session_list_month(session, section);
    const char *path = session_path(session)->id;
    struct strbuf list = {0};
    for (size_t i = 0; i < section->need_count; i++) {
        if (!learner_record_is_missing(&session->record, session->guide->id, path, section->id,
                                       section->needs[i].id, month))
            continue;
        strbuf_add(&list, list.length ? ", " : "");
        strbuf_add(&list, section->needs[i].label);
    }
    if (list.length)
        session_tell(session, session_text(session, MSG_NEEDS_LEFT, "list", list.text));
    strbuf_free(&list);
}
