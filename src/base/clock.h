/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clock: what time it is, and which day it is in CLOCK_ZONE.
 *
 * The real clock asks the machine; a simulated one only moves by clock_advance(), so that a
 * recording can be run as fast as it can be processed, and a test always sees the same times.
 *
 * The day is that of the office whose windows the guides tell of, not that of the machine: a laptop
 * set to another zone still closes a window at 23:59 in Paris. The zone's rule is computed here, so
 * nothing depends on a tzdata package: UTC+1, and UTC+2 from the last Sunday of March to the last
 * Sunday of October, both at 01:00 UTC (Directive 2000/84/EC, articles 1 to 3; the hours are the
 * same since 1996, and a clock before that year is wrong anyway).
 *
 * Thread: clock_milliseconds(), clock_seconds() and clock_today() from any; the others from the
 * thread that made the clock.
 */
#ifndef PASAPAS_BASE_CLOCK_H
#define PASAPAS_BASE_CLOCK_H

#include "base/date.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define CLOCK_ZONE "Europe/Paris"

/* Treat the fields as private. */
struct clock {
    bool simulated;
    int64_t start;            /* simulated: seconds since 1970-01-01 UTC at its start */
    _Atomic(int64_t) elapsed; /* simulated: milliseconds since its start */
    struct date today;        /* year 0 unless fixed */
};

void clock_init(struct clock *clock);

/* A clock that stands at `start` (seconds since 1970-01-01 UTC) until it is advanced. */
void clock_init_simulated(struct clock *clock, int64_t start);

/* Moves a simulated clock on; does nothing to a real one. `milliseconds` is not negative. */
void clock_advance(struct clock *clock, int64_t milliseconds);

/* From now on it is `today` (--today), at the same time of day; it stays so over midnight. */
void clock_fix_today(struct clock *clock, struct date today);

/* Never goes back; 0 means nothing. For intervals. */
int64_t clock_milliseconds(const struct clock *clock);

/* Seconds since 1970-01-01 UTC, for keeping; on the fixed day if there is one. Always in the years
 * 1 to 9999, whatever the system's clock is set to. */
int64_t clock_seconds(const struct clock *clock);

/* The day in CLOCK_ZONE. */
struct date clock_today(const struct clock *clock);

/* --- pure ---------------------------------------------------------------------------------- */

/* How many seconds CLOCK_ZONE is ahead of UTC at a moment: 3600 or 7200. */
int clock_offset(int64_t seconds);

/* The day in CLOCK_ZONE at a moment (years 1..9999). */
struct date clock_date(int64_t seconds);

/* The local time of day in CLOCK_ZONE at a moment, in seconds since its midnight, 0..86399. */
int clock_time_of_day(int64_t seconds);

/* Writes a moment for keeping, "2026-11-23T08:05:00Z" (RFC 3339, UTC; years 1..9999), and reads it
 * back strictly: 0 or -1. */
void clock_format(int64_t seconds, char ret_text[21]);
int clock_parse(const char *text, int64_t *ret_seconds);

/* Writes a moment for people, in CLOCK_ZONE: "2026-12-03T00:16:00+01:00" (RFC 3339; years
 * 1..9999), and as a part of a file's name, "20261203-001600", which comes twice in the hour that
 * comes twice. */
void clock_format_local(int64_t seconds, char ret_text[26]);
void clock_format_name(int64_t seconds, char ret_text[16]);

#endif
