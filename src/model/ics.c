/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/ics.h"

#include "base/mem.h"
#include "base/messages.h"
#include "base/strbuf.h"
#include "model/date_words.h"
#include "model/guide.h"
#include "model/window.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RFC 5545, 3.1: lines of at most 75 octets, without their end; more are folded. */
#define LINE_OCTETS 75

/* How long before the end the second event stands, in days. */
#define SOON_DAYS 3

/* The alarm, from the beginning of the day (RFC 5545, 3.3.6). */
#define ALARM_TRIGGER "PT9H"

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

/* What an event tells. */
struct ics_event {
    const char *kind; /* in its UID */
    enum message summary;
    struct date day;
};

static void add_alarm(struct strbuf *calendar, const char *summary)
{
    add_line(calendar, "BEGIN:VALARM");
    add_line(calendar, "ACTION:DISPLAY");
    add_text(calendar, "DESCRIPTION", xstrdup(summary));
    add_line(calendar, "TRIGGER:" ALARM_TRIGGER);
    add_line(calendar, "END:VALARM");
}

static void add_event(struct strbuf *calendar, const struct messages *messages,
                      const struct guide *guide, const struct guide_section *section,
                      struct month month, const struct ics_event *event)
{
    struct date closes = window_closes(section->period, month);
    char *name = date_words_month(messages, month), *until = date_words_date(messages, closes);
    char *summary =
        messages_format(messages, event->summary, "title", section->title, "month", name);
    char *uid = xasprintf("UID:%04d-%02d-%s-%s-%s@pasapas", month.year, month.month, event->kind,
                          section->id, guide->id);
    char *stamp = xasprintf("DTSTAMP:%04d%02d%02dT000000Z", guide->updated.year,
                            guide->updated.month, guide->updated.day);
    add_line(calendar, "BEGIN:VEVENT");
    add_line(calendar, uid);
    add_line(calendar, stamp);
    add_date(calendar, "DTSTART", event->day);
    add_date(calendar, "DTEND", date_from_days(date_to_days(event->day) + 1));
    add_text(calendar, "SUMMARY", xstrdup(summary));
    add_text(calendar, "DESCRIPTION",
             messages_format(messages, MSG_ICS_DESCRIPTION, "date", until, "guide", guide->title));
    add_line(calendar, "TRANSP:TRANSPARENT");
    add_alarm(calendar, summary);
    add_line(calendar, "END:VEVENT");
    free(name);
    free(until);
    free(summary);
    free(uid);
    free(stamp);
}

static size_t add_window(struct strbuf *calendar, const struct messages *messages,
                         const struct guide *guide, const struct guide_section *section,
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
        add_event(calendar, messages, guide, section, month, &events[i]);
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

size_t ics_add_guide(struct strbuf *calendar, const struct messages *messages,
                     const struct guide *guide, struct date today)
{
    size_t added = 0;
    for (size_t i = 0; i < guide->section_count; i++) {
        const struct guide_section *section = &guide->sections[i];
        if (!section->period || is_told(guide, i))
            continue;
        struct window now = window_on(section->period, guide->updated, today);
        if (now.state == WINDOW_WRONG_CLOCK)
            continue;
        struct month month = now.state == WINDOW_OPEN ? now.month : now.next_month;
        for (int windows = 0; windows < ICS_MONTHS; windows++, month = month_next(month))
            added += add_window(calendar, messages, guide, section, month, today);
    }
    return added;
}

void ics_begin(struct strbuf *calendar, const struct messages *messages)
{
    add_line(calendar, "BEGIN:VCALENDAR");
    add_line(calendar, "VERSION:2.0");
    add_line(calendar, "PRODID:-//pasapas//pasapas " PACKAGE_VERSION "//FR");
    add_line(calendar, "CALSCALE:GREGORIAN");
    add_line(calendar, "METHOD:PUBLISH");
    add_text(calendar, "X-WR-CALNAME", messages_format(messages, MSG_ICS_NAME));
}

void ics_end(struct strbuf *calendar)
{
    add_line(calendar, "END:VCALENDAR");
}
