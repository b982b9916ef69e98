/* SPDX-License-Identifier: GPL-3.0-or-later */
/* period: the windows of a monthly section, for every day of 2024 to 2032. */
#include "base/mem.h"
#include "model/guide.h"
#include "model/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct guide_period usual = {.opens = 28, .opens_february = 26, .closes = 15};
static const struct date long_ago = {2020, 1, 1};

static struct date day(const char *text)
{
    struct date date;
    if (date_parse(text, &date))
        fail_msg("« %s » is no day", text);
    return date;
}

static struct month month(const char *text)
{
    struct month result;
    if (month_parse(text, &result))
        fail_msg("« %s » is no month", text);
    return result;
}

/* Told by hand, one line per case, so that the property below is not its own judge. */
static void known_days_are_right(void **state)
{
    (void)state;
    static const struct {
        const char *today, *month, *next_opens;
        enum window_state state;
        int left, since, until_next;
    } cases[] = {
        {"2026-11-23", "2026-10", "2026-11-28", WINDOW_CLOSED, 0, 8, 5},
        {"2026-11-27", "2026-10", "2026-11-28", WINDOW_CLOSED, 0, 12, 1},
        {"2026-11-28", "2026-11", "2026-12-28", WINDOW_OPEN, 17, 0, 30},
        {"2026-12-03", "2026-11", "2026-12-28", WINDOW_OPEN, 12, 0, 25},
        {"2026-12-14", "2026-11", "2026-12-28", WINDOW_OPEN, 1, 0, 14},
        {"2026-12-15", "2026-11", "2026-12-28", WINDOW_OPEN, 0, 0, 13},
        {"2026-12-16", "2026-11", "2026-12-28", WINDOW_CLOSED, 0, 1, 12},
        {"2026-12-31", "2026-12", "2027-01-28", WINDOW_OPEN, 15, 0, 28},
        {"2027-01-01", "2026-12", "2027-01-28", WINDOW_OPEN, 14, 0, 27},
        {"2027-01-16", "2026-12", "2027-01-28", WINDOW_CLOSED, 0, 1, 12},
        {"2027-02-25", "2027-01", "2027-02-26", WINDOW_CLOSED, 0, 10, 1},
        {"2027-02-26", "2027-02", "2027-03-28", WINDOW_OPEN, 17, 0, 30},
        {"2027-02-28", "2027-02", "2027-03-28", WINDOW_OPEN, 15, 0, 28},
        {"2028-02-26", "2028-02", "2028-03-28", WINDOW_OPEN, 18, 0, 31},
        {"2028-02-29", "2028-02", "2028-03-28", WINDOW_OPEN, 15, 0, 28},
        {"2028-03-15", "2028-02", "2028-03-28", WINDOW_OPEN, 0, 0, 13},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct window window = window_on(&usual, long_ago, day(cases[i].today));
        if (window.state != cases[i].state || month_compare(window.month, month(cases[i].month)) ||
            window.days_left != cases[i].left || window.days_since != cases[i].since ||
            date_compare(window.next_opens, day(cases[i].next_opens)) ||
            window.days_until_next != cases[i].until_next)
            fail_msg("%s: state %d, month %d-%d, left %d, since %d, next in %d", cases[i].today,
                     window.state, window.month.year, window.month.month, window.days_left,
                     window.days_since, window.days_until_next);
    }
}

/* The facts, stated by the day's number alone. */
static void check_state(struct date today, const struct window *window)
{
    int opening = today.month == 2 ? 26 : 28;
    bool open = today.day <= 15 || today.day >= opening;
    struct month here = {today.year, today.month};
    struct month expected = today.day >= opening ? here : month_previous(here);
    if (window->state != (open ? WINDOW_OPEN : WINDOW_CLOSED) ||
        month_compare(window->month, expected))
        fail_msg("%d-%d-%d", today.year, today.month, today.day);
}

static void check_distances(struct date today, const struct window *window)
{
    long now = date_to_days(today), closes = date_to_days(window->closes);
    assert_true(date_to_days(window->opens) <= now);
    assert_int_equal(window->closes.day, 15);
    if (window->state == WINDOW_OPEN) {
        assert_int_equal(now + window->days_left, closes);
        assert_int_equal(window->days_since, 0);
        assert_in_range(window->days_left, 0, 18);
    } else {
        assert_int_equal(closes + window->days_since, now);
        assert_int_equal(window->days_left, 0);
        assert_in_range(window->days_since, 1, 12);
    }
    assert_int_equal(now + window->days_until_next, date_to_days(window->next_opens));
    assert_true(window->days_until_next > 0);
    assert_int_equal(window->next_opens.day, window->next_opens.month == 2 ? 26 : 28);
    assert_int_equal(month_compare(month_previous(window->next_month), window->month), 0);
}

/* From one day to the next only the allowed changes happen, so no month is skipped or repeated. */
static void check_change(const struct window *before, const struct window *now)
{
    if (before->state == WINDOW_OPEN && now->state == WINDOW_OPEN) {
        assert_int_equal(now->days_left, before->days_left - 1);
        assert_int_equal(month_compare(now->month, before->month), 0);
    } else if (before->state == WINDOW_OPEN) {
        assert_int_equal(before->days_left, 0);
        assert_int_equal(now->days_since, 1);
        assert_int_equal(month_compare(now->month, before->month), 0);
    } else if (now->state == WINDOW_OPEN) {
        assert_int_equal(before->days_until_next, 1);
        assert_int_equal(month_compare(now->month, before->next_month), 0);
        assert_int_equal(date_compare(now->opens, before->next_opens), 0);
    } else {
        assert_int_equal(now->days_since, before->days_since + 1);
    }
}

static void every_day_of_nine_years_is_right(void **state)
{
    (void)state;
    long first = date_to_days(day("2024-01-01")), last = date_to_days(day("2032-12-31"));
    struct window before = window_on(&usual, long_ago, date_from_days(first - 1));
    int openings = 0;
    for (long days = first; days <= last; days++) {
        struct date today = date_from_days(days);
        struct window now = window_on(&usual, long_ago, today);
        check_state(today, &now);
        check_distances(today, &now);
        check_change(&before, &now);
        openings += before.state == WINDOW_CLOSED && now.state == WINDOW_OPEN;
        before = now;
    }
    assert_int_equal(openings, 9 * 12);
    assert_int_equal(last - first + 1, 3288);
}

static void a_clock_before_the_guide_is_wrong(void **state)
{
    (void)state;
    struct date updated = day("2026-11-20");
    struct window window = window_on(&usual, updated, day("2026-11-19"));
    assert_int_equal(window.state, WINDOW_WRONG_CLOCK);
    assert_int_equal(window.month.year, 0);
    assert_int_equal(window.closes.year, 0);
    assert_int_equal(window_on(&usual, updated, day("1970-01-01")).state, WINDOW_WRONG_CLOCK);
    assert_int_equal(window_on(&usual, updated, day("2026-11-20")).state, WINDOW_CLOSED);
    assert_int_equal(window_on(&usual, updated, day("2026-11-28")).state, WINDOW_OPEN);
}

/* Other guides have other days: a short month, a window that meets the next, one of a day. */
static void any_days_keep_the_books_straight(void **state)
{
    (void)state;
    struct guide_period late = {.opens = 31, .opens_february = 29, .closes = 31};
    assert_int_equal(date_compare(window_opens(&late, month("2027-02")), day("2027-02-28")), 0);
    assert_int_equal(date_compare(window_opens(&late, month("2028-02")), day("2028-02-29")), 0);
    assert_int_equal(date_compare(window_opens(&late, month("2027-04")), day("2027-04-30")), 0);
    assert_int_equal(date_compare(window_closes(&late, month("2027-01")), day("2027-02-28")), 0);

    /* Two windows are open on the same day: the one that closes first. */
    struct guide_period wide = {.opens = 10, .opens_february = 10, .closes = 20};
    struct window window = window_on(&wide, long_ago, day("2027-05-15"));
    assert_int_equal(month_compare(window.month, month("2027-04")), 0);
    assert_int_equal(window.days_left, 5);
    assert_true(window.days_until_next < 0);
    window = window_on(&wide, long_ago, day("2027-05-20"));
    assert_int_equal(month_compare(window.month, month("2027-04")), 0);
    assert_int_equal(window.days_left, 0);
    window = window_on(&wide, long_ago, day("2027-05-21"));
    assert_int_equal(month_compare(window.month, month("2027-05")), 0);
    assert_int_equal(window.days_left, 30);

    long first = date_to_days(day("2024-01-01"));
    for (int opens = 1; opens <= 31; opens++) {
        for (int closes = 1; closes <= 31; closes++) {
            struct guide_period rule = {.opens = opens, .closes = closes};
            for (long days = first; days < first + 3 * 366; days++) {
                struct date today = date_from_days(days);
                window = window_on(&rule, long_ago, today);
                bool open = date_compare(window.opens, today) <= 0 &&
                            date_compare(today, window.closes) <= 0;
                assert_int_equal(window.state, open ? WINDOW_OPEN : WINDOW_CLOSED);
                /* Closed means that no other window is open either. */
                struct month before = month_previous(window.month);
                if (!open)
                    assert_true(date_compare(window_closes(&rule, before), today) < 0 &&
                                date_compare(window.next_opens, today) > 0);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_are_right),
        cmocka_unit_test(every_day_of_nine_years_is_right),
        cmocka_unit_test(a_clock_before_the_guide_is_wrong),
        cmocka_unit_test(any_days_keep_the_books_straight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
