/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/ics.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/strbuf.h"
#include "model/date_words.h"
#include "model/guide.h"
#include "model/window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RFC 5545, 3.1: lines of at most 75 octets, without their end; more are folded. */
#define LINE_OCTETS 75

/* How long before the end the second event stands, in days. */
#define SOON_DAYS 3

/* The alarm, from the beginning of the day (RFC 5545, 3.3.6): at 9 in the morning of the day
 * before. Outlook leaves out alarms that come after the beginning. */
#define ALARM_TRIGGER "-PT15H"

/* --- lines ----------------------------------------------------------------------------------- */

/* The octets of one character, so that folding never cuts it. */
static size_t character_octets(const char *at)
{
    size_t length = 1;
    while (((unsigned char)at[length] & 0xc0) == 0x80)
        length++;
    return length;
}

static void add_line(struct strbuf *calendar, const char *line)
{
    size_t octets = 0;
    while (*line) {
        size_t length = character_octets(line);
        if (octets + length > LINE_OCTETS) {
            strbuf_add(calendar, "\r\n ");
            octets = 1;
        }
        strbuf_add_bytes(calendar, line, length);
        octets += length;
        line += length;
    }
    strbuf_add(calendar, "\r\n");
}

/* A property whose value is a text (RFC 5545, 3.3.11). Takes the text over. */
static void add_text(struct strbuf *calendar, const char *property, char *text)
{
    struct strbuf line = {0};
    strbuf_addf(&line, "%s:", property);
    for (const char *at = text; *at; at++) {
        if (strchr("\\;,", *at))
            strbuf_add_char(&line, '\\');
        if (*at == '\n')
            strbuf_add(&line, "\\n");
        else
            strbuf_add_char(&line, *at);
    }
    add_line(calendar, line.text);
    strbuf_free(&line);
    free(text);
}

static void add_date(struct strbuf *calendar, const char *property, struct date date)
{
    char *line = xasprintf("%s;VALUE=DATE:%04d%02d%02d", property, date.year, date.month, date.day);
    add_line(calendar, line);
    free(line);
}

/* --- events ---------------------------------------------------------------------------------- */

/* What all events of a guide have. */
struct writing {
    struct strbuf *calendar;
    const struct messages *messages;
    const struct guide *guide;
    const char *stamp; /* the line that says when it was written */
};

/* What an event tells. */
struct ics_event {
    const char *kind; /* in its UID */
    enum message summary;
    struct date day;
};

static void add_alarm(struct strbuf *calendar, const struct messages *messages, const char *summary)
{
    add_line(calendar, "BEGIN:VALARM");
    add_line(calendar, "ACTION:DISPLAY");
    add_text(calendar, "DESCRIPTION", messages_format(messages, MSG_ICS_ALARM, "event", summary));
    add_line(calendar, "TRIGGER:" ALARM_TRIGGER);
    add_line(calendar, "END:VALARM");
}

static void add_event(const struct writing *writing, const struct guide_section *section,
                      struct month month, const struct ics_event *event)
{
    struct strbuf *calendar = writing->calendar;
    const struct messages *messages = writing->messages;
    const struct guide *guide = writing->guide;
    struct date closes = window_closes(section->period, month);
    char *name = date_words_month(messages, month), *until = date_words_date(messages, closes);
    char *summary =
        messages_format(messages, event->summary, "title", section->title, "month", name);
    char *uid = xasprintf("UID:%04d-%02d-%s-%s-%s@pasapas", month.year, month.month, event->kind,
                          section->id, guide->id);
    add_line(calendar, "BEGIN:VEVENT");
    add_line(calendar, uid);
    add_line(calendar, writing->stamp);
    add_date(calendar, "DTSTART", event->day);
    add_date(calendar, "DTEND", date_from_days(date_to_days(event->day) + 1));
    add_text(calendar, "SUMMARY", xstrdup(summary));
    add_text(calendar, "DESCRIPTION",
             messages_format(messages, MSG_ICS_DESCRIPTION, "date", until, "guide", guide->title));
    add_line(calendar, "TRANSP:TRANSPARENT");
    add_alarm(calendar, messages, summary);
    add_line(calendar, "END:VEVENT");
    free(name);
    free(until);
    free(summary);
    free(uid);
}

static size_t add_window(const struct writing *writing, const struct guide_section *section,
                         struct month month, struct date today)
{
    struct date opens = window_opens(section->period, month);
    struct date closes = window_closes(section->period, month);
    struct ics_event events[] = {
        {"opens", MSG_ICS_OPENS, opens},
        {"soon", MSG_ICS_SOON, date_from_days(date_to_days(closes) - SOON_DAYS)},
        {"last", MSG_ICS_LAST, closes},
    };
    size_t added = 0;
    for (size_t i = 0; i < COUNT_OF(events); i++) {
        if (date_compare(events[i].day, today) < 0 || date_compare(events[i].day, opens) < 0)
            continue;
        add_event(writing, section, month, &events[i]);
        added++;
    }
    return added;
}

/* True if an earlier section has the same id: the same thing, told for another path. */
static bool is_told(const struct guide *guide, size_t section)
{
    for (size_t i = 0; i < section; i++)
        if (guide->sections[i].period &&
            !strcmp(guide->sections[i].id, guide->sections[section].id))
            return true;
    return false;
}

/* "DTSTAMP:20261128T091200Z" */
static void make_stamp(int64_t written, char ret_stamp[32])
{
    char moment[21];
    clock_format(written, moment);
    snprintf(ret_stamp, 32, "DTSTAMP:%.4s%.2s%.2sT%.2s%.2s%.2sZ", moment, moment + 5, moment + 8,
             moment + 11, moment + 14, moment + 17);
}

bool ics_has_windows(const struct guide *guide)
{
    for (size_t i = 0; i < guide->section_count; i++)
        if (guide->sections[i].period)
            return true;
    return false;
}

size_t ics_add_guide(struct strbuf *calendar, const struct messages *messages,
                     const struct guide *guide, struct date today, int64_t written)
{
    char stamp[32];
    const struct writing writing = {calendar, messages, guide, stamp};
    size_t added = 0;
    make_stamp(written, stamp);
    for (size_t i = 0; i < guide->section_count; i++) {
        const struct guide_section *section = &guide->sections[i];
        if (!section->period || is_told(guide, i))
            continue;
        struct window now = window_on(section->period, guide->updated, today);
        if (now.state == WINDOW_WRONG_CLOCK)
            continue;
        struct month month = now.state == WINDOW_OPEN ? now.month : now.next_month;
        for (int windows = 0; windows < ICS_MONTHS; windows++, month = month_next(month))
            added += add_window(&writing, section, month, today);
    }
    return added;
}

void ics_begin(struct strbuf *calendar, const struct messages *messages)
{
    add_line(calendar, "BEGIN:VCALENDAR");
    add_line(calendar, "VERSION:2.0");
    add_line(calendar, "PRODID:-//pasapas//pasapas " PACKAGE_VERSION "//FR");
    add_line(calendar, "CALSCALE:GREGORIAN");
    add_text(calendar, "X-WR-CALNAME", messages_format(messages, MSG_ICS_NAME));
}

void ics_end(struct strbuf *calendar)
{
    add_line(calendar, "END:VCALENDAR");
}
