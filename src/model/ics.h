/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ics: a calendar file (RFC 5545, iCalendar) with the days of a guide's monthly windows. Pure.
 *
 * Each window gives three events of one day: it opens, three days are left, it is the last day.
 * Each has an alarm at 9 in the morning of the day before. An event has a date and no time or zone
 * (RFC 5545, 3.3.4), so it stands on the same day wherever the calendar is read. UID comes from
 * guide, section, month and kind, so importing it again changes the events instead of doubling
 * them; DTSTAMP says when it was written.
 * Thread: any.
 */
#ifndef PASAPAS_MODEL_ICS_H
#define PASAPAS_MODEL_ICS_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guide;
struct messages;
struct strbuf;

/* Windows that a calendar holds for each section. */
#define ICS_MONTHS 12

/* Opens and closes the calendar; every line ends with CR LF. */
void ics_begin(struct strbuf *calendar, const struct messages *messages);
void ics_end(struct strbuf *calendar);

/*
 * Appends the events of a guide's windows that are not over on `today`, those of ICS_MONTHS months
 * from the one that is open or opens next; no event before today. Returns how many were appended: 0
 * if the guide has no section with a period, or if today is before the guide was updated.
 * `written`: now, in seconds since 1970.
 */
size_t ics_add_guide(struct strbuf *calendar, const struct messages *messages,
                     const struct guide *guide, struct date today, int64_t written);

/* True if the guide has a section with a period, whatever the day. */
bool ics_has_windows(const struct guide *guide);

#endif
