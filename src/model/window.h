/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * window: which month is to be declared on a given day, until when, and when the next one opens.
 * Pure: the days come from a guide's `period`, today from the caller (clock_today()).
 *
 * A month is declared from a day of that month to a day of the month after. A day that the month
 * does not have is its last day. Days count whole: the last day is open until midnight.
 * Thread: any.
 */
#ifndef PASAPAS_MODEL_WINDOW_H
#define PASAPAS_MODEL_WINDOW_H

#include "base/date.h"

struct guide_period;

enum window_state {
    WINDOW_OPEN,       /* `month` can be declared today */
    WINDOW_CLOSED,     /* between two windows: `month` is the one that closed last */
    WINDOW_WRONG_CLOCK /* today is before the guide was written: nothing is computed */
};

struct window {
    enum window_state state;
    struct month month;      /* the month declared, or the one that closed last */
    struct date opens;       /* first day of its window */
    struct date closes;      /* last day of its window */
    int days_left;           /* open: days after today until it closes; 0 on the last day; else 0 */
    int days_since;          /* closed: days since its last day, from 1; else 0 */
    struct month next_month; /* the month after */
    struct date next_opens;  /* first day of its window */
    int days_until_next;     /* days from today until then; 0 or less if windows overlap */
};

/* First and last day on which `month` is declared. */
struct date window_opens(const struct guide_period *rule, struct month month);
struct date window_closes(const struct guide_period *rule, struct month month);

/*
 * What holds on `today`, for a guide that was `updated` on that day. With WINDOW_WRONG_CLOCK every
 * other field is zero. Where windows overlap (a guide that opens before it closes), the one that
 * closes first counts.
 */
struct window window_on(const struct guide_period *rule, struct date updated, struct date today);

#endif
