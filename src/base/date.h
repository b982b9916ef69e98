/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * date: days of the Gregorian calendar, without time or zone. Pure.
 */
#ifndef PASAPAS_BASE_DATE_H
#define PASAPAS_BASE_DATE_H

#include <stdbool.h>

struct date {
    int year;  /* 1..9999 */
    int month; /* 1..12 */
    int day;   /* 1..31 */
};

/* A month of a year, the key of a monthly list. */
struct month {
    int year;
    int month; /* 1..12 */
};

bool date_is_valid(struct date date);
int date_days_in_month(int year, int month);
bool date_is_leap(int year);

/* Days since 1970-01-01 (negative before) and back, for valid dates only. */
long date_to_days(struct date date);
struct date date_from_days(long days);

/* <0, 0, >0 as `a` is before, the same as, after `b`. */
int date_compare(struct date a, struct date b);

/* "2026-11-23" read strictly: four, two and two digits, a day that exists. 0 or -1. */
int date_parse(const char *text, struct date *ret_date);
/* "2026-11". 0 or -1. */
int month_parse(const char *text, struct month *ret_month);
int month_compare(struct month a, struct month b);
struct month month_next(struct month month);
struct month month_previous(struct month month);

/* Writes "2026-11-23" (11 bytes with the NUL) and "2026-11" (8 bytes). */
void date_format(struct date date, char ret_text[11]);
void month_format(struct month month, char ret_text[8]);

#endif
