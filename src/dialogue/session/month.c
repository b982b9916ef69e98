/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/month.h"

#include "base/mem.h"
#include "base/number.h"
#include "dialogue/session/checklist.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"
#include "model/date_words.h"

#include <stdlib.h>
#include <string.h>

/* --- which lists ------------------------------------------------------------------------------ */

/* The sections to speak of: those of the chosen path, or of the first one while none is chosen. */
static const struct guide_path *path_of(const struct session *session)
{
    return session->path >= 0 ? session_path(session) : &session->guide->paths[0];
}

int session_unfinished_month(const struct session *session)
{
    const struct guide_path *path = path_of(session);
    for (size_t i = 0; session->path >= 0 && i < path->section_count; i++)
        if (session_is_open_list(session, path->sections[i]))
            return (int)i;
    return -1;
}

bool session_is_last_day(const struct session *session)
{
    const struct guide_path *path = path_of(session);
    for (size_t i = 0; i < path->section_count; i++)
        if (session_is_open_list(session, path->sections[i]) &&
            session_window(session, path->sections[i]).days_left == 0)
            return true;
    return false;
}

static bool was_completed(const struct session *session, const struct guide_section *section,
                          struct month month)
{
    int marked, left;
    session_count_listed(session, section, month, &marked, &left);
    return !left;
}

/* --- sentences -------------------------------------------------------------------------------- */

/* Takes both over. */
static char *join(char *first, char *second)
{
    char *text = xasprintf("%s %s", first, second);
    free(first);
    free(second);
    return text;
}

static char *days_text(const struct session *session, const struct window *window)
{
    char days[NUMBER_TEXT_SIZE];
    if (!window->days_left)
        return session_text(session, MSG_DEADLINE_TODAY);
    return session_text(session, MSG_DAYS_LEFT, "days", number_text(days, window->days_left));
}

/* How many steps are done. Before anything was begun it is only open. */
static char *progress_text(const struct session *session, const struct guide_section *section,
                           const struct window *window)
{
    int marked, left;
    char done[NUMBER_TEXT_SIZE], steps[NUMBER_TEXT_SIZE];
    session_count_listed(session, section, window->month, &marked, &left);
    char *of = date_words_of_month(session->messages, window->month.month);
    char *text = session_text(session,
                              session->path < 0 ? MSG_PERIOD_OPEN
                              : marked          ? MSG_MONTH_STATE
                                                : MSG_MONTH_STATE_NONE,
                              "title", section->title, "of", of, "done", number_text(done, marked),
                              "steps", number_text(steps, marked + left));
    free(of);
    return text;
}

/* That a month is done, in the guide's words if it has some. */
static char *done_text(const struct session *session, const struct guide_section *section,
                       struct month month)
{
    const char *own = section->period->done, *gap = own ? strstr(own, GUIDE_MONTH_GAP) : NULL;
    char *of = date_words_of_month(session->messages, month.month);
    struct strbuf text = {0};
    if (gap) {
        strbuf_add_bytes(&text, own, (size_t)(gap - own));
        strbuf_add(&text, of);
        strbuf_add(&text, gap + strlen(GUIDE_MONTH_GAP));
    } else if (own) {
        strbuf_add(&text, own);
    } else {
        char *generic = session_text(session, MSG_PERIOD_DONE, "title", section->title, "of", of);
        strbuf_add(&text, generic);
        free(generic);
    }
    free(of);
    return strbuf_take(&text);
}

static char *next_text(const struct session *session, const struct window *window)
{
    char *date = date_words_day(session->messages, window->next_opens);
    char *text = session_text(session, MSG_PERIOD_NEXT, "date", date);
    free(date);
    return text;
}

/* A message that says only of which list and month. */
static char *named_text(const struct session *session, const struct guide_section *section,
                        const struct window *window, enum message id)
{
    char *of = date_words_of_month(session->messages, window->month.month);
    char *text = session_text(session, id, "title", section->title, "of", of);
    free(of);
    return text;
}

char *session_month_name(const struct session *session, const struct guide_section *section)
{
    const struct window window = session_window(session, section);
    return named_text(session, section, &window, MSG_MONTH_NAME);
}

/* Before anything was begun there is nothing to count. */
static char *new_text(const struct session *session, const struct guide_section *section,
                      const struct window *window)
{
    char days[NUMBER_TEXT_SIZE], *of = date_words_of_month(session->messages, window->month.month);
    char *text = session_text(session, MSG_MONTH_NEW, "title", section->title, "of", of, "days",
                              number_text(days, window->days_left));
    free(of);
    return text;
}

static char *coming_text(const struct session *session, const struct guide_section *section,
                         const struct window *window)
{
    char *of = date_words_of_month(session->messages, window->next_month.month);
    char *date = date_words_day(session->messages, window->next_opens);
    char *text =
        session_text(session, MSG_PERIOD_COMING, "title", section->title, "of", of, "date", date);
    free(of);
    free(date);
    return text;
}

static char *wrong_clock_text(const struct session *session)
{
    char *date = date_words_date(session->messages, session->today);
    char *text = session_text(session, MSG_CLOCK_WRONG, "date", date);
    free(date);
    return text;
}

/* --- in a line -------------------------------------------------------------------------------- */

/* True if something is known of that month or of one before it. */
static bool has_begun_by(const struct session *session, struct month month)
{
    struct month *months = NULL;
    const size_t count = learner_record_months(&session->record, session->guide->id, &months);
    const bool begun = count && month_compare(months[count - 1], month) <= 0;
    free(months);
    return begun;
}

/* Whoever had not begun yet has missed nothing: they hear when the next one opens. */
static char *closed_line(const struct session *session, const struct guide_section *section,
                         const struct window *window)
{
    if (was_completed(session, section, window->month))
        return join(done_text(session, section, window->month), next_text(session, window));
    if (!has_begun_by(session, window->month))
        return coming_text(session, section, window);
    return named_text(session, section, window,
                      section->period->missed ? MSG_PERIOD_MISSED_HELP : MSG_PERIOD_MISSED);
}

char *session_month_text(const struct session *session, const struct guide_section *section)
{
    const struct window window = session_window(session, section);
    if (window.state == WINDOW_WRONG_CLOCK)
        return wrong_clock_text(session);
    if (window.state == WINDOW_CLOSED)
        return closed_line(session, section, &window);
    if (!session_is_open_list(session, section))
        return done_text(session, section, window.month);
    if (session->path < 0 && window.days_left)
        return new_text(session, section, &window);
    return join(progress_text(session, section, &window), days_text(session, &window));
}

/* Tells the state of a list. */
static void tell_month_state(struct session *session, const struct guide_section *section)
{
    session_tell(session, session_month_text(session, section));
    session_note_months_told(session);
}

void session_say_months(struct session *session, int except)
{
    const struct guide_path *path = path_of(session);
    for (size_t i = 0; i < path->section_count; i++)
        if (path->sections[i]->period && (int)i != except)
            session_say(session, session_month_text(session, path->sections[i]));
    /* The one that was left out is still to be told. */
    if (except < 0)
        session_note_months_told(session);
}

void session_say_months_on_entry(struct session *session)
{
    const struct guide_path *path = session_path(session);
    if (session_months_were_told(session))
        return;
    for (size_t i = 0; i < path->section_count; i++)
        if ((int)i != session->section && session_is_open_list(session, path->sections[i])) {
            session_say(session, session_month_text(session, path->sections[i]));
            session_note_months_told(session);
        }
}

void session_tell_months_on_the_way(struct session *session)
{
    const struct guide_path *path = session_path(session);
    for (size_t i = 0; i < path->section_count; i++) {
        const struct guide_section *section = path->sections[i];
        const bool here = section == session_section(session);
        if (session_window(session, section).state == WINDOW_OPEN &&
            here != session_is_open_list(session, section))
            tell_month_state(session, section);
    }
}

bool session_remind(struct session *session)
{
    const struct guide_path *path = path_of(session);
    bool reminded = false;
    for (size_t i = 0; i < path->section_count; i++) {
        if (!session_is_open_list(session, path->sections[i]))
            continue;
        if (!reminded && session->settings.reminders)
            session_say(session, session_text(session, MSG_REMINDER));
        tell_month_state(session, path->sections[i]);
        reminded = true;
    }
    return reminded;
}

/* --- in full ---------------------------------------------------------------------------------- */

static void tell_closed(struct session *session, const struct guide_section *section,
                        const struct window *window)
{
    if (was_completed(session, section, window->month)) {
        session_tell(session, closed_line(session, section, window));
        return;
    }
    session_tell(session, named_text(session, section, window, MSG_PERIOD_CLOSED));
    if (section->period->missed)
        session_tell(session, xstrdup(section->period->missed));
    session_tell(session, next_text(session, window));
}

void session_tell_window(struct session *session, const struct guide_section *section)
{
    const struct window window = session_window(session, section);
    if (!section->period)
        return;
    session_note_months_told(session);
    if (window.state == WINDOW_CLOSED)
        tell_closed(session, section, &window);
    else if (session_is_open_list(session, section))
        session_tell(session, join(progress_text(session, section, &window),
                                   session_deadline_text(session, section)));
    else
        session_tell(session, session_month_text(session, section));
}

void session_tell_windows(struct session *session)
{
    const struct guide_path *path = path_of(session);
    for (size_t i = 0; i < path->section_count; i++)
        session_tell_window(session, path->sections[i]);
}

/* --- history ---------------------------------------------------------------------------------- */

/* Months spoken at most: half a year is as much as an ear keeps. */
#define HISTORY_MONTHS 6

/* A month that closed without being done is told as missed; an open one only if it was begun. */
static void tell_month(struct session *session, const struct guide_section *section,
                       struct month month, bool closed)
{
    int marked, left;
    char year[NUMBER_TEXT_SIZE];
    session_count_in(session, section, month, &marked, &left);
    if (!marked && !closed)
        return;
    const bool missed = closed && !was_completed(session, section, month);
    char *name = date_words_month_name(session->messages, month.month);
    char *counts = session_counts_text(session, marked, left);
    session_tell(session, session_text(session,
                                       !missed  ? MSG_HISTORY_MONTH
                                       : marked ? MSG_HISTORY_MISSED
                                                : MSG_HISTORY_MISSED_ALL,
                                       "month", name, "year", number_text(year, month.year),
                                       "counts", counts));
    free(name);
    free(counts);
}

/* From the newest month back to the first that something is known of. */
static void tell_months(struct session *session, const struct guide_section *section)
{
    struct month *months = NULL;
    const struct window now = session_window(session, section);
    const size_t count = learner_record_months(&session->record, session->guide->id, &months);
    struct month month = count ? months[0] : (struct month){0};
    if (count && month_compare(month, now.month) < 0)
        month = now.month;
    for (int told = 0; count && told < HISTORY_MONTHS; told++, month = month_previous(month)) {
        const int age = month_compare(month, now.month);
        if (month_compare(month, months[count - 1]) < 0)
            break;
        tell_month(session, section, month,
                   now.month.year && (age < 0 || (!age && now.state == WINDOW_CLOSED)));
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
