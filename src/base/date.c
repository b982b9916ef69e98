/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <string.h>

/* From 0001-01-01 to 1970-01-01. */
#define DAYS_BEFORE_1970 719162L

bool date_is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int date_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && date_is_leap(year) ? 29 : days[month - 1];
}

bool date_is_valid(struct date date)
{
    return date.year >= 1 && date.year <= 9999 && date.day >= 1 &&
           date.day <= date_days_in_month(date.year, date.month);
}

/* --- counting days ------------------------------------------------------------------------ */

/* Days from 0001-01-01 to the first of January of `year`. */
static long days_before_year(int year)
{
    long past = year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400;
}

long date_to_days(struct date date)
{
    long days = days_before_year(date.year) + date.day - 1;
    for (int month = 1; month < date.month; month++)
        days += date_days_in_month(date.year, month);
    return days - DAYS_BEFORE_1970;
}

struct date date_from_days(long days)
{
    days += DAYS_BEFORE_1970;
    /* A year has at least 365 days, so the first guess is never too early. */
    int year = (int)(days / 365) + 1;
    while (days_before_year(year) > days)
        year--;
    days -= days_before_year(year);
    int month = 1;
    while (days >= date_days_in_month(year, month))
        days -= date_days_in_month(year, month++);
    return (struct date){year, month, (int)days + 1};
}

/* --- order -------------------------------------------------------------------------------- */

int month_compare(struct month a, struct month b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    return (a.month > b.month) - (a.month < b.month);
}

int date_compare(struct date a, struct date b)
{
    int months = month_compare((struct month){a.year, a.month}, (struct month){b.year, b.month});
    return months ? months : (a.day > b.day) - (a.day < b.day);
}

struct month month_next(struct month month)
{
    if (month.month == 12)
        return (struct month){month.year + 1, 1};
    return (struct month){month.year, month.month + 1};
}

struct month month_previous(struct month month)
{
    if (month.month == 1)
        return (struct month){month.year - 1, 12};
    return (struct month){month.year, month.month - 1};
}

/* --- text --------------------------------------------------------------------------------- */

/* Exactly `count` digits at *text, which moves behind them. */
static int take_digits(const char **text, int count, int *ret_number)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        char digit = (*text)[i];
        if (digit < '0' || digit > '9')
            return -1;
        number = number * 10 + (digit - '0');
    }
    *text += count;
    *ret_number = number;
    return 0;
}

static int take_month(const char **text, struct month *ret_month)
{
    struct month month;
    if (take_digits(text, 4, &month.year) || *(*text)++ != '-' ||
        take_digits(text, 2, &month.month))
        return -1;
    if (month.year < 1 || month.month < 1 || month.month > 12)
        return -1;
    *ret_month = month;
    return 0;
}

int date_parse(const char *text, struct date *ret_date)
{
    struct month month;
    struct date date;
    if (take_month(&text, &month) || *text++ != '-' || take_digits(&text, 2, &date.day) || *text)
        return -1;
    date.year = month.year;
    date.month = month.month;
    if (!date_is_valid(date))
        return -1;
    *ret_date = date;
    return 0;
}

int month_parse(const char *text, struct month *ret_month)
{
    struct month month;
    if (take_month(&text, &month) || *text)
        return -1;
    *ret_month = month;
    return 0;
}

/* Writes `number`, 0..9999, as `count` digits. */
static void put_digits(char *text, int number, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + number % 10);
        number /= 10;
    }
}

void month_format(struct month month, char ret_text[8])
{
    memcpy(ret_text, "0000-00", 8);
    put_digits(ret_text, month.year, 4);
    put_digits(ret_text + 5, month.month, 2);
}

void date_format(struct date date, char ret_text[11])
{
    month_format((struct month){date.year, date.month}, ret_text);
    ret_text[7] = '-';
    put_digits(ret_text + 8, date.day, 2);
    ret_text[10] = '\0';
}
