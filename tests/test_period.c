/* period: the windows of a monthly section, for every day of 2024 to 2032. */
#include "guide.h"
#include "mem.h"
#include "period.h"

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
        enum period_state state;
        int left, since, until_next;
    } cases[] = {
        {"2026-11-23", "2026-10", "2026-11-28", PERIOD_CLOSED, 0, 8, 5},
        {"2026-11-27", "2026-10", "2026-11-28", PERIOD_CLOSED, 0, 12, 1},
        {"2026-11-28", "2026-11", "2026-12-28", PERIOD_OPEN, 17, 0, 30},
        {"2026-12-03", "2026-11", "2026-12-28", PERIOD_OPEN, 12, 0, 25},
        {"2026-12-14", "2026-11", "2026-12-28", PERIOD_OPEN, 1, 0, 14},
        {"2026-12-15", "2026-11", "2026-12-28", PERIOD_OPEN, 0, 0, 13},
        {"2026-12-16", "2026-11", "2026-12-28", PERIOD_CLOSED, 0, 1, 12},
        {"2026-12-31", "2026-12", "2027-01-28", PERIOD_OPEN, 15, 0, 28},
        {"2027-01-01", "2026-12", "2027-01-28", PERIOD_OPEN, 14, 0, 27},
        {"2027-01-16", "2026-12", "2027-01-28", PERIOD_CLOSED, 0, 1, 12},
        {"2027-02-25", "2027-01", "2027-02-26", PERIOD_CLOSED, 0, 10, 1},
        {"2027-02-26", "2027-02", "2027-03-28", PERIOD_OPEN, 17, 0, 30},
        {"2027-02-28", "2027-02", "2027-03-28", PERIOD_OPEN, 15, 0, 28},
        {"2028-02-26", "2028-02", "2028-03-28", PERIOD_OPEN, 18, 0, 31},
        {"2028-02-29", "2028-02", "2028-03-28", PERIOD_OPEN, 15, 0, 28},
        {"2028-03-15", "2028-02", "2028-03-28", PERIOD_OPEN, 0, 0, 13},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period period = period_on(&usual, long_ago, day(cases[i].today));
        if (period.state != cases[i].state || month_compare(period.month, month(cases[i].month)) ||
            period.days_left != cases[i].left || period.days_since != cases[i].since ||
            date_compare(period.next_opens, day(cases[i].next_opens)) ||
            period.days_until_next != cases[i].until_next)
            fail_msg("%s: state %d, month %d-%d, left %d, since %d, next in %d", cases[i].today,
                     period.state, period.month.year, period.month.month, period.days_left,
                     period.days_since, period.days_until_next);
    }
}

/* The facts, stated by the day's number alone. */
static void check_state(struct date today, const struct period *period)
{
    int opening = today.month == 2 ? 26 : 28;
    bool open = today.day <= 15 || today.day >= opening;
    struct month here = {today.year, today.month};
    struct month expected = today.day >= opening ? here : month_previous(here);
    if (period->state != (open ? PERIOD_OPEN : PERIOD_CLOSED) ||
        month_compare(period->month, expected))
        fail_msg("%d-%d-%d", today.year, today.month, today.day);
}

static void check_distances(struct date today, const struct period *period)
{
    long now = date_to_days(today), closes = date_to_days(period->closes);
    assert_true(date_to_days(period->opens) <= now);
    assert_int_equal(period->closes.day, 15);
    if (period->state == PERIOD_OPEN) {
        assert_int_equal(now + period->days_left, closes);
        assert_int_equal(period->days_since, 0);
        assert_in_range(period->days_left, 0, 18);
    } else {
        assert_int_equal(closes + period->days_since, now);
        assert_int_equal(period->days_left, 0);
        assert_in_range(period->days_since, 1, 12);
    }
    assert_int_equal(now + period->days_until_next, date_to_days(period->next_opens));
    assert_true(period->days_until_next > 0);
    assert_int_equal(period->next_opens.day, period->next_opens.month == 2 ? 26 : 28);
    assert_int_equal(month_compare(month_previous(period->next_month), period->month), 0);
}

/* From one day to the next only the allowed changes happen, so no month is skipped or repeated. */
static void check_change(const struct period *before, const struct period *now)
{
    if (before->state == PERIOD_OPEN && now->state == PERIOD_OPEN) {
        assert_int_equal(now->days_left, before->days_left - 1);
        assert_int_equal(month_compare(now->month, before->month), 0);
    } else if (before->state == PERIOD_OPEN) {
        assert_int_equal(before->days_left, 0);
        assert_int_equal(now->days_since, 1);
        assert_int_equal(month_compare(now->month, before->month), 0);
    } else if (now->state == PERIOD_OPEN) {
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
    struct period before = period_on(&usual, long_ago, date_from_days(first - 1));
    int openings = 0;
    for (long days = first; days <= last; days++) {
        struct date today = date_from_days(days);
        struct period now = period_on(&usual, long_ago, today);
        check_state(today, &now);
        check_distances(today, &now);
        check_change(&before, &now);
        openings += before.state == PERIOD_CLOSED && now.state == PERIOD_OPEN;
        before = now;
    }
    assert_int_equal(openings, 9 * 12);
    assert_int_equal(last - first + 1, 3288);
}

static void a_clock_before_the_guide_is_wrong(void **state)
{
    (void)state;
    struct date updated = day("2026-11-20");
    struct period period = period_on(&usual, updated, day("2026-11-19"));
    assert_int_equal(period.state, PERIOD_WRONG_CLOCK);
    assert_int_equal(period.month.year, 0);
    assert_int_equal(period.closes.year, 0);
    assert_int_equal(period_on(&usual, updated, day("1970-01-01")).state, PERIOD_WRONG_CLOCK);
    assert_int_equal(period_on(&usual, updated, day("2026-11-20")).state, PERIOD_CLOSED);
    assert_int_equal(period_on(&usual, updated, day("2026-11-28")).state, PERIOD_OPEN);
}

/* Other guides have other days: a short month, a window that meets the next, one of a day. */
static void any_days_keep_the_books_straight(void **state)
{
    (void)state;
    struct guide_period late = {.opens = 31, .opens_february = 29, .closes = 31};
    assert_int_equal(date_compare(period_opens(&late, month("2027-02")), day("2027-02-28")), 0);
    assert_int_equal(date_compare(period_opens(&late, month("2028-02")), day("2028-02-29")), 0);
    assert_int_equal(date_compare(period_opens(&late, month("2027-04")), day("2027-04-30")), 0);
    assert_int_equal(date_compare(period_closes(&late, month("2027-01")), day("2027-02-28")), 0);

    /* Two windows are open on the same day: the one that closes first. */
    struct guide_period wide = {.opens = 10, .opens_february = 10, .closes = 20};
    struct period period = period_on(&wide, long_ago, day("2027-05-15"));
    assert_int_equal(month_compare(period.month, month("2027-04")), 0);
    assert_int_equal(period.days_left, 5);
    assert_true(period.days_until_next < 0);
    period = period_on(&wide, long_ago, day("2027-05-20"));
    assert_int_equal(month_compare(period.month, month("2027-04")), 0);
    assert_int_equal(period.days_left, 0);
    period = period_on(&wide, long_ago, day("2027-05-21"));
    assert_int_equal(month_compare(period.month, month("2027-05")), 0);
    assert_int_equal(period.days_left, 30);

    long first = date_to_days(day("2024-01-01"));
    for (int opens = 1; opens <= 31; opens++) {
        for (int closes = 1; closes <= 31; closes++) {
            struct guide_period rule = {opens, 0, closes, NULL};
            for (long days = first; days < first + 3 * 366; days++) {
                struct date today = date_from_days(days);
                period = period_on(&rule, long_ago, today);
                bool open = date_compare(period.opens, today) <= 0 &&
                            date_compare(today, period.closes) <= 0;
                assert_int_equal(period.state, open ? PERIOD_OPEN : PERIOD_CLOSED);
                /* Closed means that no other window is open either. */
                struct month before = month_previous(period.month);
                if (!open)
                    assert_true(date_compare(period_closes(&rule, before), today) < 0 &&
                                date_compare(period.next_opens, today) > 0);
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
