#include "period.h"

#include "guide.h"

static struct date day_of_month(struct month month, int day)
{
    int last = date_days_in_month(month.year, month.month);
    return (struct date){month.year, month.month, day < last ? day : last};
}

static int days_between(struct date from, struct date to)
{
    return (int)(date_to_days(to) - date_to_days(from));
}

struct date period_opens(const struct guide_period *rule, struct month month)
{
    bool february = month.month == 2 && rule->opens_february;
    return day_of_month(month, february ? rule->opens_february : rule->opens);
}

struct date period_closes(const struct guide_period *rule, struct month month)
{
    return day_of_month(month_next(month), rule->closes);
}

/* The month of the last window that has begun, but an earlier one that is still open comes first.
 */
static struct month current_month(const struct guide_period *rule, struct date today)
{
    struct month month = {today.year, today.month};
    struct month before = month_previous(month);
    if (date_compare(today, period_opens(rule, month)) < 0)
        return before;
    return date_compare(today, period_closes(rule, before)) <= 0 ? before : month;
}

struct period period_on(const struct guide_period *rule, struct date updated, struct date today)
{
    if (date_compare(today, updated) < 0)
        return (struct period){.state = PERIOD_WRONG_CLOCK};
    struct period period = {.month = current_month(rule, today)};
    period.opens = period_opens(rule, period.month);
    period.closes = period_closes(rule, period.month);
    int left = days_between(today, period.closes);
    period.state = left >= 0 ? PERIOD_OPEN : PERIOD_CLOSED;
    period.days_left = left > 0 ? left : 0;
    period.days_since = left < 0 ? -left : 0;
    period.next_month = month_next(period.month);
    period.next_opens = period_opens(rule, period.next_month);
    period.days_until_next = days_between(today, period.next_opens);
    return period;
}
