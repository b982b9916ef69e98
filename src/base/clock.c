/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include "base/timer.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY 86400

/* --- pure ---------------------------------------------------------------------------------- */

/* Days since 1970 before `seconds`, rounded down also before 1970. */
static int64_t whole_days(int64_t seconds)
{
    return (seconds >= 0 ? seconds : seconds - (DAY - 1)) / DAY;
}

/* 01:00 UTC of the last Sunday of a month that has 31 days. */
static int64_t last_sunday(int year, int month)
{
    long last = date_to_days((struct date){year, month, 31});
    /* 1970-01-01 was a Thursday, so day 3 and every seventh from it is a Sunday. */
    long since_sunday = ((last - 3) % 7 + 7) % 7;
    return (int64_t)(last - since_sunday) * DAY + 3600;
}

int clock_offset(int64_t seconds)
{
    int year = date_from_days((long)whole_days(seconds)).year;
    bool summer = seconds >= last_sunday(year, 3) && seconds < last_sunday(year, 10);
    return summer ? 7200 : 3600;
}

struct date clock_date(int64_t seconds)
{
    return date_from_days((long)whole_days(seconds + clock_offset(seconds)));
}

int clock_time_of_day(int64_t seconds)
{
    int64_t local = seconds + clock_offset(seconds);
    return (int)(local - whole_days(local) * DAY);
}

/* Day and time of day, as a clock shows them that is set to `seconds`: 19 bytes and a NUL. */
static void format_moment(int64_t seconds, char ret_text[20])
{
    int64_t days = whole_days(seconds);
    unsigned in_day = (unsigned)(seconds - days * DAY) % DAY;
    date_format(date_from_days((long)days), ret_text);
    snprintf(ret_text + 10, 10, "T%02u:%02u:%02u", in_day / 3600, in_day / 60 % 60, in_day % 60);
}

void clock_format(int64_t seconds, char ret_text[21])
{
    format_moment(seconds, ret_text);
    strcpy(ret_text + 19, "Z");
}

void clock_format_local(int64_t seconds, char ret_text[26])
{
    int offset = clock_offset(seconds);
    format_moment(seconds + offset, ret_text);
    strcpy(ret_text + 19, offset == 7200 ? "+02:00" : "+01:00");
}

void clock_format_name(int64_t seconds, char ret_text[16])
{
    char local[26];
    clock_format_local(seconds, local);
    snprintf(ret_text, 16, "%.4s%.2s%.2s-%.2s%.2s%.2s", local, local + 5, local + 8, local + 11,
             local + 14, local + 17);
}

/* Two digits below `limit`, or -1. */
static int two_digits(const char *text, int limit)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return -1;
    int number = (text[0] - '0') * 10 + (text[1] - '0');
    return number < limit ? number : -1;
}

int clock_parse(const char *text, int64_t *ret_seconds)
{
    if (strlen(text) != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text[19] != 'Z')
        return -1;
    char day[11];
    memcpy(day, text, 10);
    day[10] = '\0';
    struct date date;
    int hour = two_digits(text + 11, 24), minute = two_digits(text + 14, 60);
    int second = two_digits(text + 17, 60);
    if (date_parse(day, &date) || hour < 0 || minute < 0 || second < 0)
        return -1;
    *ret_seconds = (int64_t)date_to_days(date) * DAY + hour * 3600 + minute * 60 + second;
    return 0;
}

/* --- the clock ----------------------------------------------------------------------------- */

void clock_init(struct clock *clock)
{
    *clock = (struct clock){0};
}

void clock_init_simulated(struct clock *clock, int64_t start)
{
    *clock = (struct clock){.simulated = true, .start = start};
}

void clock_advance(struct clock *clock, int64_t milliseconds)
{
    if (clock->simulated)
        atomic_fetch_add(&clock->elapsed, milliseconds);
}

void clock_fix_today(struct clock *clock, struct date today)
{
    clock->today = today;
}

int64_t clock_milliseconds(const struct clock *clock)
{
    if (clock->simulated)
        return atomic_load(&clock->elapsed);
    return timer_now();
}

/* The calendar has the years 1 to 9999; a clock that is set to another shows its first or last day,
 * with a day to spare on either side for the zone. */
static int64_t in_calendar(int64_t seconds)
{
    const int64_t first = date_to_days((struct date){1, 1, 2}) * (int64_t)DAY;
    const int64_t last = date_to_days((struct date){9999, 12, 30}) * (int64_t)DAY;
    return seconds < first ? first : seconds > last ? last : seconds;
}

static int64_t true_seconds(const struct clock *clock)
{
    if (clock->simulated)
        return in_calendar(clock->start + atomic_load(&clock->elapsed) / 1000);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return in_calendar(now.tv_sec);
}

/* The moment of the same local time of day on another day. */
static int64_t move_to_day(int64_t seconds, struct date day)
{
    int64_t local = (int64_t)date_to_days(day) * DAY + clock_time_of_day(seconds);
    /* Which offset applies is known but for the hour that is skipped or repeated; taking winter
     * time for the question keeps even those on the day that was asked for. */
    return local - clock_offset(local - 3600);
}

int64_t clock_seconds(const struct clock *clock)
{
    int64_t seconds = true_seconds(clock);
    return clock->today.year ? move_to_day(seconds, clock->today) : seconds;
}

struct date clock_today(const struct clock *clock)
{
    return clock->today.year ? clock->today : clock_date(true_seconds(clock));
}
