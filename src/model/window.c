/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/window.h"

#include "model/guide.h"

static struct date day_of_month(struct month month, int day)
{
    int last = date_days_in_month(month.year, month.month);
    return (struct date){month.year, month.month, day < last ? day : last};
}

static int days_between(struct date from, struct date to)
{
    return (int)(date_to_days(to) - date_to_days(from));
}

struct date window_opens(const struct guide_period *rule, struct month month)
{
    bool february = month.month == 2 && rule->opens_february;
    return day_of_month(month, february ? rule->opens_february : rule->opens);
}

struct date window_closes(const struct guide_period *rule, struct month month)
{
    return day_of_month(month_next(month), rule->closes);
}

/* The month of the last window that has begun, but an earlier one that is still open comes first.
 */
static struct month current_month(const struct guide_period *rule, struct date today)
{
    struct month month = {today.year, today.month};
    struct month before = month_previous(month);
    if (date_compare(today, window_opens(rule, month)) < 0)
        return before;
    return date_compare(today, window_closes(rule, before)) <= 0 ? before : month;
}

struct window window_on(const struct guide_period *rule, struct date updated, struct date today)
{
    if (date_compare(today, updated) < 0)
        return (struct window){.state = WINDOW_WRONG_CLOCK};
    struct window window = {.month = current_month(rule, today)};
    window.opens = window_opens(rule, window.month);
    window.closes = window_closes(rule, window.month);
    int left = days_between(today, window.closes);
    window.state = left >= 0 ? WINDOW_OPEN : WINDOW_CLOSED;
    window.days_left = left > 0 ? left : 0;
    window.days_since = left < 0 ? -left : 0;
    window.next_month = month_next(window.month);
    window.next_opens = window_opens(rule, window.next_month);
    window.days_until_next = days_between(today, window.next_opens);
    return window;
}
