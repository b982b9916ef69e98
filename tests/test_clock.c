/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock: Paris time without tzdata, a clock moved by hand, a fixed day. */
#include "base/clock.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static int64_t moment(const char *text)
{
    int64_t seconds;
    if (clock_parse(text, &seconds))
        fail_msg("« %s » is no moment", text);
    return seconds;
}

static void assert_day(int64_t seconds, const char *expected)
{
    char text[11];
    date_format(clock_date(seconds), text);
    assert_string_equal(text, expected);
}

/* The changes of 2024 to 2032 as published in the Official Journal and the French tables. */
static void summer_begins_and_ends_on_the_published_days(void **state)
{
    (void)state;
    static const char *const changes[][2] = {
        {"2024-03-31", "2024-10-27"}, {"2025-03-30", "2025-10-26"}, {"2026-03-29", "2026-10-25"},
        {"2027-03-28", "2027-10-31"}, {"2028-03-26", "2028-10-29"}, {"2029-03-25", "2029-10-28"},
        {"2030-03-31", "2030-10-27"}, {"2031-03-30", "2031-10-26"}, {"2032-03-28", "2032-10-31"},
    };
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        char text[21];
        snprintf(text, sizeof text, "%sT01:00:00Z", changes[i][0]);
        assert_int_equal(clock_offset(moment(text) - 1), 3600);
        assert_int_equal(clock_offset(moment(text)), 7200);
        snprintf(text, sizeof text, "%sT01:00:00Z", changes[i][1]);
        assert_int_equal(clock_offset(moment(text) - 1), 7200);
        assert_int_equal(clock_offset(moment(text)), 3600);
    }
}

/* Where the machine has a zone file, every hour must agree with it. */
static void every_hour_agrees_with_tzdata(void **state)
{
    (void)state;
    setenv("TZ", CLOCK_ZONE, 1);
    tzset();
    time_t summer = (time_t)moment("2026-07-01T12:00:00Z");
    struct tm local;
    localtime_r(&summer, &local);
    bool here = local.tm_gmtoff == 7200;
    int64_t end = moment("2033-01-01T00:00:00Z");
    for (int64_t at = moment("2024-01-01T00:00:00Z"); here && at < end; at += 1800) {
        time_t now = (time_t)at;
        localtime_r(&now, &local);
        if (local.tm_gmtoff != clock_offset(at))
            fail_msg("offset of %lld", (long long)at);
        struct date date = clock_date(at);
        assert_int_equal(date.day, local.tm_mday);
        assert_int_equal(clock_time_of_day(at), local.tm_hour * 3600 + local.tm_min * 60);
    }
    unsetenv("TZ");
    tzset();
    if (!here)
        skip();
}

static void the_day_ends_at_midnight_in_paris_whatever_the_machine(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "Pacific/Auckland", "America/Martinique", "XYZ-3"};
    for (size_t i = 0; i < COUNT_OF(zones); i++) {
        setenv("TZ", zones[i], 1);
        tzset();
        assert_day(moment("2026-12-15T22:59:59Z"), "2026-12-15");
        assert_day(moment("2026-12-15T23:00:00Z"), "2026-12-16");
        assert_day(moment("2026-07-15T21:59:59Z"), "2026-07-15");
        assert_day(moment("2026-07-15T22:00:00Z"), "2026-07-16");
        assert_day(moment("2026-12-31T23:00:00Z"), "2027-01-01");
    }
    unsetenv("TZ");
    tzset();
    assert_day(moment("1969-12-31T22:59:59Z"), "1969-12-31");
}

static void moments_go_there_and_back(void **state)
{
    (void)state;
    static const char *const texts[] = {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
                                        "2026-11-23T08:05:09Z", "9999-12-31T23:59:59Z",
                                        "0001-01-01T00:00:00Z", "2024-02-29T12:34:56Z"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char text[21];
        clock_format(moment(texts[i]), text);
        assert_string_equal(text, texts[i]);
    }
    assert_int_equal(moment("1970-01-02T00:00:01Z"), 86401);
    assert_int_equal(moment("2026-11-23T08:05:09Z"), 20780LL * 86400 + 8 * 3600 + 5 * 60 + 9);
    static const char *const wrong[] = {"",
                                        "2026-11-23",
                                        "2026-11-23T08:05:09",
                                        "2026-11-23T08:05:09+",
                                        "2026-11-23 08:05:09Z",
                                        "2026-11-23T24:00:00Z",
                                        "2026-11-23T08:60:00Z",
                                        "2026-11-23T08:00:60Z",
                                        "2026-11-31T08:00:00Z",
                                        "2026-11-23T-1:00:00Z",
                                        "2026-11-23T08:05:09Zx"};
    int64_t seconds = 7;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (!clock_parse(wrong[i], &seconds))
            fail_msg("« %s » was taken for a moment", wrong[i]);
    assert_int_equal(seconds, 7);
}

static void people_are_told_local_time_with_its_offset(void **state)
{
    (void)state;
    static const char *const told[][3] = {
        {"2026-12-02T23:16:00Z", "2026-12-03T00:16:00+01:00", "20261203-001600"},
        {"2026-07-14T22:05:09Z", "2026-07-15T00:05:09+02:00", "20260715-000509"},
        {"2026-12-31T23:30:00Z", "2027-01-01T00:30:00+01:00", "20270101-003000"},
        {"2028-02-29T22:59:59Z", "2028-02-29T23:59:59+01:00", "20280229-235959"},
        {"2028-02-29T23:00:00Z", "2028-03-01T00:00:00+01:00", "20280301-000000"},
        {"2027-03-28T00:59:59Z", "2027-03-28T01:59:59+01:00", "20270328-015959"},
        {"2027-03-28T01:00:00Z", "2027-03-28T03:00:00+02:00", "20270328-030000"},
        /* The hour that comes twice is told apart by its offset. */
        {"2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00", "20261025-023000"},
        {"2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00", "20261025-023000"},
    };
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        char text[26], name[16];
        clock_format_local(moment(told[i][0]), text);
        assert_string_equal(text, told[i][1]);
        clock_format_name(moment(told[i][0]), name);
        assert_string_equal(name, told[i][2]);
    }
}

static void a_simulated_clock_only_moves_by_hand(void **state)
{
    (void)state;
    struct clock clock;
    clock_init_simulated(&clock, moment("2026-12-15T22:59:59Z"));
    assert_int_equal(clock_milliseconds(&clock), 0);
    assert_int_equal(clock_today(&clock).day, 15);
    clock_advance(&clock, 999);
    assert_int_equal(clock_today(&clock).day, 15);
    clock_advance(&clock, 1);
    assert_int_equal(clock_milliseconds(&clock), 1000);
    assert_int_equal(clock_seconds(&clock), moment("2026-12-15T23:00:00Z"));
    assert_int_equal(clock_today(&clock).day, 16);
}

/* A clock that somebody set far away shows the calendar's first or last day. */
static void a_clock_stays_in_the_calendar(void **state)
{
    (void)state;
    static const int64_t far[] = {INT64_MIN / 4, -62135596800 - 86400, 253402300799 + 86400,
                                  INT64_MAX / 4};
    static const char *const days[] = {"0001-01-02", "0001-01-02", "9999-12-30", "9999-12-30"};
    for (size_t i = 0; i < COUNT_OF(far); i++) {
        struct clock clock;
        char day[11];
        clock_init_simulated(&clock, far[i]);
        date_format(clock_today(&clock), day);
        assert_string_equal(day, days[i]);
        assert_int_equal(clock_seconds(&clock) / 86400, far[i] < 0 ? -719161 : 2932895);
    }
}

static void a_real_clock_agrees_with_the_machine(void **state)
{
    (void)state;
    struct clock clock;
    clock_init(&clock);
    int64_t before = time(NULL), milliseconds = clock_milliseconds(&clock);
    int64_t seconds = clock_seconds(&clock);
    /* time() may read the coarse clock, which lags behind by a tick. */
    assert_true(before <= seconds && seconds <= time(NULL) + 1);
    clock_advance(&clock, 1000000000);
    assert_true(clock_milliseconds(&clock) - milliseconds < 1000000000);
    assert_true(clock_milliseconds(&clock) >= milliseconds);
}

static void a_fixed_day_stays(void **state)
{
    (void)state;
    /* At every quarter of an hour of days around a change of the hour, and every day of a year. */
    struct clock clock;
    clock_init_simulated(&clock, moment("2026-03-28T00:00:00Z"));
    for (int quarter = 0; quarter < 4 * 24 * 3; quarter++, clock_advance(&clock, 900000)) {
        for (long day = 0; day < 366; day++) {
            struct date today = date_from_days(date_to_days((struct date){2028, 1, 1}) + day);
            clock_fix_today(&clock, today);
            assert_int_equal(date_compare(clock_today(&clock), today), 0);
            assert_int_equal(date_compare(clock_date(clock_seconds(&clock)), today), 0);
        }
    }
    /* The time of day is kept, also in the hour before the change. */
    clock_init_simulated(&clock, moment("2026-12-01T00:30:00Z"));
    clock_fix_today(&clock, (struct date){2026, 3, 29});
    assert_int_equal(clock_time_of_day(clock_seconds(&clock)), 5400);
    clock_fix_today(&clock, (struct date){2026, 12, 1});
    int64_t first = clock_seconds(&clock);
    clock_advance(&clock, 5000);
    assert_int_equal(clock_seconds(&clock) - first, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summer_begins_and_ends_on_the_published_days),
        cmocka_unit_test(every_hour_agrees_with_tzdata),
        cmocka_unit_test(the_day_ends_at_midnight_in_paris_whatever_the_machine),
        cmocka_unit_test(moments_go_there_and_back),
        cmocka_unit_test(people_are_told_local_time_with_its_offset),
        cmocka_unit_test(a_simulated_clock_only_moves_by_hand),
        cmocka_unit_test(a_clock_stays_in_the_calendar),
        cmocka_unit_test(a_real_clock_agrees_with_the_machine),
        cmocka_unit_test(a_fixed_day_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
