/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ics: which days of a window become events, and the form of their lines. tests/reminders.sh has
 * them read by another program. */
#include "base/mem.h"
#include "base/messages.h"
#include "base/strbuf.h"
#include "model/guide.h"
#include "model/ics.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WRITTEN INT64_C(1795857120) /* 2026-11-28T09:12:00Z */

static struct guide_period usual = {.opens = 28, .opens_february = 26, .closes = 15};

struct calendar {
    struct guide_section sections[3];
    struct guide guide;
    struct strbuf text;
    size_t events;
};

static void make(struct calendar *calendar, const struct words *words, struct date today)
{
    *calendar = (struct calendar){
        .sections = {{.id = "s", .title = "Partie", .period = &usual},
                     {.id = "s", .title = "La même", .period = &usual},
                     {.id = "t", .title = "Sans mois"}},
        .guide = {.id = "g", .title = "Guide", .updated = {2026, 1, 1}, .section_count = 3}};
    calendar->guide.sections = calendar->sections;
    calendar->events =
        ics_add_guide(&calendar->text, words->messages, &calendar->guide, today, WRITTEN);
}

static size_t count(const char *text, const char *what)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, what)); at += strlen(what))
        found++;
    return found;
}

static void assert_events(const struct words *words, struct date today, size_t events,
                          const char *first)
{
    struct calendar calendar;
    make(&calendar, words, today);
    assert_int_equal(calendar.events, events);
    assert_int_equal(count(calendar.text.text, "BEGIN:VEVENT\r\n"), events);
    assert_int_equal(count(calendar.text.text, "END:VEVENT\r\n"), events);
    const char *uid = strstr(calendar.text.text, "UID:");
    assert_memory_equal(uid, first, strlen(first));
    strbuf_free(&calendar.text);
}

static void past_days_are_left_out(void **state)
{
    assert_events(*state, (struct date){2026, 11, 20}, 36, "UID:2026-11-opens-s-g@pasapas\r\n");
    assert_events(*state, (struct date){2026, 11, 28}, 36, "UID:2026-11-opens-s-g@pasapas\r\n");
    assert_events(*state, (struct date){2026, 11, 29}, 35, "UID:2026-11-soon-s-g@pasapas\r\n");
    assert_events(*state, (struct date){2026, 12, 12}, 35, "UID:2026-11-soon-s-g@pasapas\r\n");
    assert_events(*state, (struct date){2026, 12, 13}, 34, "UID:2026-11-last-s-g@pasapas\r\n");
    assert_events(*state, (struct date){2026, 12, 15}, 34, "UID:2026-11-last-s-g@pasapas\r\n");
    assert_events(*state, (struct date){2026, 12, 16}, 36, "UID:2026-12-opens-s-g@pasapas\r\n");
}

/* A window of two days opens after "three days are left". */
static void soon_is_not_before_it_opens(void **state)
{
    struct guide_period brief = {.opens = 30, .closes = 1};
    struct guide_section section = {.id = "s", .title = "Partie", .period = &brief};
    struct guide guide = {.id = "g",
                          .title = "Guide",
                          .updated = {2026, 1, 1},
                          .sections = &section,
                          .section_count = 1};
    const struct words *words = *state;
    struct strbuf text = {0};
    const size_t events =
        ics_add_guide(&text, words->messages, &guide, (struct date){2026, 3, 2}, WRITTEN);
    /* February's opens on the 28th at most, and closes on March 1: it is over. March's, April's and
     * so on to next February's: only a February opens three days before. */
    assert_int_equal(count(text.text, "-soon-"), 0);
    assert_int_equal(events, 24);
    strbuf_free(&text);
}

static void an_event_is_written_so(void **state)
{
    struct calendar calendar;
    make(&calendar, *state, (struct date){2026, 12, 15});
    const char *expected = "BEGIN:VEVENT\r\n"
                           "UID:2026-11-last-s-g@pasapas\r\n"
                           "DTSTAMP:20261128T091200Z\r\n"
                           "DTSTART;VALUE=DATE:20261215\r\n"
                           "DTEND;VALUE=DATE:20261216\r\n"
                           "SUMMARY:Partie\\, novembre 2026 : dernier jour\r\n";
    assert_memory_equal(calendar.text.text, expected, strlen(expected));
    assert_non_null(strstr(calendar.text.text, "DESCRIPTION:Vous avez jusqu'au 15 décembre 2026."));
    assert_non_null(strstr(calendar.text.text, "TRIGGER:-PT15H\r\n"));
    strbuf_free(&calendar.text);
}

/* Of the guide's own clock. */
static void nothing_where_the_clock_is_wrong(void **state)
{
    struct calendar calendar;
    make(&calendar, *state, (struct date){2025, 12, 31});
    assert_int_equal(calendar.events, 0);
    assert_int_equal(calendar.text.length, 0);
    assert_true(ics_has_windows(&calendar.guide));
    calendar.sections[0].period = NULL;
    assert_true(ics_has_windows(&calendar.guide));
    calendar.sections[1].period = NULL;
    assert_false(ics_has_windows(&calendar.guide));
}

/* RFC 5545, 3.1: 75 octets and the end of the line; no character is cut. */
static void long_lines_are_folded(void **state)
{
    static const char *const letters[] = {"a", "é", "€", "😀"};
    const struct words *words = *state;
    for (size_t letter = 0; letter < COUNT_OF(letters); letter++)
        for (size_t length = 1; length < 100; length++) {
            struct strbuf title = {0}, text = {0};
            for (size_t i = 0; i < length; i++)
                strbuf_add(&title, letters[letter]);
            struct guide_section section = {.id = title.text, .title = "T", .period = &usual};
            struct guide guide = {.id = "g",
                                  .title = "G",
                                  .updated = {2026, 1, 1},
                                  .sections = &section,
                                  .section_count = 1};
            ics_add_guide(&text, words->messages, &guide, (struct date){2026, 11, 20}, WRITTEN);
            char *uid = xasprintf("UID:2026-11-opens-%s-g@pasapas", title.text);
            const char *at = strstr(text.text, "UID:"), *whole = uid;
            size_t octets = 0;
            for (; *whole; whole++, at++, octets++) {
                if (!strncmp(at, "\r\n ", 3)) {
                    const size_t next = strlen(letters[letter]);
                    assert_true(octets <= 75 &&
                                octets + (*whole == *letters[letter] ? next : 1) > 75);
                    assert_int_not_equal((unsigned char)*whole & 0xc0, 0x80);
                    at += 3;
                    octets = 1;
                }
                assert_int_equal(*at, *whole);
            }
            assert_true(octets <= 75);
            assert_memory_equal(at, "\r\nDTSTAMP", 9);
            free(uid);
            strbuf_free(&title);
            strbuf_free(&text);
        }
}

static void texts_are_escaped(void **state)
{
    struct guide_section section = {.id = "s", .title = "a;b,c\\d\ne", .period = &usual};
    struct guide guide = {
        .id = "g", .title = "G", .updated = {2026, 1, 1}, .sections = &section, .section_count = 1};
    const struct words *words = *state;
    struct strbuf text = {0};
    ics_add_guide(&text, words->messages, &guide, (struct date){2026, 11, 20}, WRITTEN);
    assert_non_null(strstr(text.text, "SUMMARY:a\\;b\\,c\\\\d\\ne"));
    strbuf_free(&text);
}

static void it_begins_and_ends(void **state)
{
    const struct words *words = *state;
    struct strbuf text = {0};
    ics_begin(&text, words->messages);
    assert_memory_equal(text.text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:", 37);
    strbuf_truncate(&text, 0);
    ics_end(&text);
    assert_string_equal(text.text, "END:VCALENDAR\r\n");
    strbuf_free(&text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, words_set_up, words_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(past_days_are_left_out), TEST(soon_is_not_before_it_opens),
        TEST(an_event_is_written_so), TEST(nothing_where_the_clock_is_wrong),
        TEST(long_lines_are_folded),  TEST(texts_are_escaped),
        TEST(it_begins_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
