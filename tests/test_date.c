/* SPDX-License-Identifier: GPL-3.0-or-later */
/* date: days, months, order, and their texts. */
#include "base/date.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void leap_years_follow_the_calendar(void **state)
{
    (void)state;
    static const int leap[] = {4, 1600, 1996, 2000, 2024, 2028, 2032, 2400};
    static const int common[] = {1, 1700, 1900, 2023, 2025, 2026, 2027, 2100};
    for (size_t i = 0; i < COUNT_OF(leap); i++) {
        assert_true(date_is_leap(leap[i]));
        assert_int_equal(date_days_in_month(leap[i], 2), 29);
    }
    for (size_t i = 0; i < COUNT_OF(common); i++) {
        assert_false(date_is_leap(common[i]));
        assert_int_equal(date_days_in_month(common[i], 2), 28);
    }
    assert_int_equal(date_days_in_month(2026, 4), 30);
    assert_int_equal(date_days_in_month(2026, 12), 31);
    assert_int_equal(date_days_in_month(2026, 0), 0);
    assert_int_equal(date_days_in_month(2026, 13), 0);
}

static void known_days_have_their_number(void **state)
{
    (void)state;
    assert_int_equal(date_to_days((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_to_days((struct date){1969, 12, 31}), -1);
    assert_int_equal(date_to_days((struct date){2000, 3, 1}), 11017);
    assert_int_equal(date_to_days((struct date){2026, 11, 23}), 20780);
    assert_int_equal(date_to_days((struct date){1, 1, 1}), -719162);
    assert_int_equal(date_to_days((struct date){9999, 12, 31}), 2932896);
}

/* Walks through every day of the calendar: each follows the one before it. */
static void every_day_goes_there_and_back(void **state)
{
    (void)state;
    struct date expected = {1, 1, 1};
    for (long days = -719162; days <= 2932896; days++) {
        struct date date = date_from_days(days);
        if (date_compare(date, expected) || date_to_days(date) != days)
            fail_msg("day %ld is %d-%d-%d", days, date.year, date.month, date.day);
        if (++expected.day > date_days_in_month(expected.year, expected.month)) {
            struct month next = month_next((struct month){expected.year, expected.month});
            expected = (struct date){next.year, next.month, 1};
        }
    }
    assert_int_equal(expected.year, 10000);
}

static void order_is_by_year_month_day(void **state)
{
    (void)state;
    struct date middle = {2026, 6, 15};
    assert_int_equal(date_compare(middle, middle), 0);
    assert_true(date_compare(middle, (struct date){2026, 6, 16}) < 0);
    assert_true(date_compare(middle, (struct date){2026, 7, 1}) < 0);
    assert_true(date_compare(middle, (struct date){2027, 1, 1}) < 0);
    assert_true(date_compare(middle, (struct date){2026, 6, 14}) > 0);
    assert_true(date_compare(middle, (struct date){2026, 5, 30}) > 0);
    assert_true(date_compare(middle, (struct date){2025, 12, 31}) > 0);
    assert_int_equal(month_compare((struct month){2026, 6}, (struct month){2026, 6}), 0);
    assert_true(month_compare((struct month){2025, 12}, (struct month){2026, 1}) < 0);
    assert_true(month_compare((struct month){2026, 2}, (struct month){2026, 1}) > 0);
}

static void months_follow_each_other_over_the_year(void **state)
{
    (void)state;
    struct month december = {2026, 12}, january = {2027, 1}, june = {2026, 6};
    assert_int_equal(month_compare(month_next(december), january), 0);
    assert_int_equal(month_compare(month_previous(january), december), 0);
    assert_int_equal(month_compare(month_previous(month_next(june)), june), 0);
}

static void texts_are_read_strictly(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2026",       "2026-11",     "2026-11-",     "2026-11-3",   "2026-11-031",
        "2026-11-31", "2026-02-29", "2026-13-01",  "2026-00-01",   "2026-01-00",  "0000-01-01",
        "26-11-23",   "2026/11/23", "2026-11-23 ", " 2026-11-23",  "+026-11-23",  "2026-1-023",
        "2026-11-2x", "20261123",   "-026-11-23",  "2026-11-23\n", "12026-11-23",
    };
    struct date date = {1, 2, 3};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (!date_parse(wrong[i], &date))
            fail_msg("« %s » was taken for a date", wrong[i]);
    assert_int_equal(date.year * 100 + date.month * 10 + date.day, 123); /* left alone */

    static const char *const wrong_months[] = {"",        "2026",     "2026-",   "2026-1",
                                               "2026-13", "2026-00",  "0000-01", "2026-11-",
                                               "2026-1x", "2026-111", "2026 11"};
    struct month month = {1, 2};
    for (size_t i = 0; i < COUNT_OF(wrong_months); i++)
        if (!month_parse(wrong_months[i], &month))
            fail_msg("« %s » was taken for a month", wrong_months[i]);
    assert_int_equal(month.year * 10 + month.month, 12);
}

static void texts_go_there_and_back(void **state)
{
    (void)state;
    struct date date;
    struct month month;
    char text[11], month_text[8];
    assert_int_equal(date_parse("2024-02-29", &date), 0);
    assert_int_equal(date_compare(date, (struct date){2024, 2, 29}), 0);
    date_format(date, text);
    assert_string_equal(text, "2024-02-29");
    date_format((struct date){7, 1, 2}, text);
    assert_string_equal(text, "0007-01-02");
    assert_int_equal(month_parse("2026-09", &month), 0);
    assert_int_equal(month_compare(month, (struct month){2026, 9}), 0);
    month_format(month, month_text);
    assert_string_equal(month_text, "2026-09");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leap_years_follow_the_calendar),
        cmocka_unit_test(known_days_have_their_number),
        cmocka_unit_test(every_day_goes_there_and_back),
        cmocka_unit_test(order_is_by_year_month_day),
        cmocka_unit_test(months_follow_each_other_over_the_year),
        cmocka_unit_test(texts_are_read_strictly),
        cmocka_unit_test(texts_go_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
