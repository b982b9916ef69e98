/* SPDX-License-Identifier: GPL-3.0-or-later */
/* learner_yaml: any record comes back from its bytes; what is not in the format is damage. */
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "base/strbuf.h"
#include "model/learner_record.h"
#include "store/learner_yaml.h"
#include "support/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Words that YAML would like to take for something else. */
static const char *random_word(unsigned *seed)
{
    static const char *const words[] = {
        "a",
        "etape-1",
        "null",
        "yes",
        "no",
        "~",
        "1",
        "2026-11",
        "- x",
        "a: b",
        "#c",
        "'q'",
        "\"q\"",
        "é è",
        "  sp  ",
        "日本語",
        "{x}",
        "[y]",
        "&a",
        "*a",
        "!t",
        "history",
        "sum",
        "a,b",
        "%41",
        "?",
        "|",
        ">",
        "...",
        "--- x",
        "\xf0\x9f\x98\x80",
        "done",
        "missing",
        "a\\b",
        ":",
        "-",
    };
    return words[next_random(seed) % COUNT_OF(words)];
}

static void random_change(struct learner_record *record, unsigned *seed)
{
    struct month month = {0};
    if (next_random(seed) % 4)
        month =
            (struct month){2024 + (int)(next_random(seed) % 5), 1 + (int)(next_random(seed) % 12)};
    const char *guide = random_word(seed), *path = random_word(seed), *section = random_word(seed);
    const char *step = random_word(seed);
    int64_t at = (int64_t)next_random(seed) * 65536;
    switch (next_random(seed) % 4) {
    case 0:
        learner_record_set_place(record, guide, path, next_random(seed) % 2 ? section : NULL,
                                 next_random(seed) % 2 ? step : NULL, next_random(seed) % 2, at);
        break;
    case 1:
        learner_record_set_need(record, guide, path, section, step, month,
                                (enum need_state)(next_random(seed) % 5));
        break;
    default:
        learner_record_set_mark(record, guide, path, section, step, month,
                                (enum mark_state)(next_random(seed) % 3), at);
    }
}

static size_t count_marks(const struct learner_record *record, struct month month)
{
    size_t count = 0;
    for (size_t i = 0; i < record->mark_count; i++)
        count += !month_compare(record->marks[i].month, month);
    return count;
}

/* A look at one month finds it whole, and of the others only the newest. */
static void assert_months(const struct learner_record *record, const struct strbuf *bytes,
                          const struct messages *messages)
{
    struct month newest = {0};
    for (size_t i = 0; i < record->mark_count; i++)
        if (month_compare(newest, record->marks[i].month) < 0)
            newest = record->marks[i].month;
    for (size_t i = 0; i < record->need_count; i++)
        if (month_compare(newest, record->needs[i].month) < 0)
            newest = record->needs[i].month;
    for (size_t i = 0; i < record->mark_count; i++) {
        struct month month = record->marks[i].month;
        struct learner_record part;
        learner_record_init(&part, "x");
        assert_int_equal(learner_yaml_parse(bytes->text, bytes->length, &month, messages, &part),
                         LEARNER_YAML_READ);
        assert_int_equal(count_marks(&part, month), count_marks(record, month));
        for (size_t j = 0; j < part.mark_count; j++) {
            struct month other = part.marks[j].month;
            assert_true(!other.year || !month_compare(other, month) ||
                        !month_compare(other, newest));
        }
        learner_record_free(&part);
    }
}

static void any_record_comes_back(void **state)
{
    const struct messages *messages = *state;
    for (unsigned round = 0; round < 300; round++) {
        unsigned seed = round;
        struct learner_record record, read;
        struct strbuf bytes = {0}, twice = {0};
        learner_record_init(&record, "x");
        learner_record_init(&read, "x");
        for (unsigned i = next_random(&seed) % 80; i > 0; i--)
            random_change(&record, &seed);
        assert_int_equal(learner_yaml_write(&record, &bytes), 0);
        assert_int_equal(learner_yaml_parse(bytes.text, bytes.length, NULL, messages, &read),
                         LEARNER_YAML_READ);
        record_assert_same(&record, &read);
        record_assert_same(&read, &record);
        assert_months(&record, &bytes, messages);
        /* The same record gives the same bytes but for the order of the marks in a list. */
        assert_int_equal(learner_yaml_write(&read, &twice), 0);
        assert_int_equal(twice.length, bytes.length);
        strbuf_free(&bytes);
        strbuf_free(&twice);
        learner_record_free(&record);
        learner_record_free(&read);
    }
}

static void what_is_not_in_the_format_is_damage(void **state)
{
    const struct messages *messages = *state;
    static const char *const wrong[] = {
        "",
        "x",
        "format: 0\n",
        "format: 1",
        "format: x\n",
        "format: -1\n",
        "format: 1 \n",
        "format: 1\nother: 1\n",
        "format: 1\nplaces: x\n",
        "format: 1\nplaces: [x]\n",
        "format: 1\nplaces: [{guide: g}]\n",
        "format: 1\nplaces: [{guide: g, at: 2026-11-20T10:00:00Z}]\n",
        "format: 1\nplaces: [{guide: g, path: p}]\n",
        "format: 1\nplaces: [{path: p, at: 2026-11-20T10:00:00Z}]\n",
        "format: 1\nplaces: [{guide: g, path: p, at: now}]\n",
        "format: 1\nplaces: [{guide: g, path: p, at: 2026-11-28T09:12:00Z, x: y}]\n",
        "format: 1\nplaces: [{guide: g, path: p, finished: no, at: 2026-11-28T09:12:00Z}]\n",
        "format: 1\nplaces: [{guide: [g], path: p, at: 2026-11-28T09:12:00Z}]\n",
        "format: 1\nlists: {}\n",
        "format: 1\nlists: [{guide: g, path: p}]\n",
        "format: 1\nlists: [{guide: g, path: p, section: s, month: 2026-13}]\n",
        "format: 1\nlists: [{guide: g, path: p, section: s, done: [a]}]\n",
        "format: 1\nlists: [{guide: g, path: p, section: s, done: {a: b}}]\n",
        "format: 1\nlists: [{guide: g, path: p, section: s, done: {a: [b]}}]\n",
        "format: 1\nlists: [{guide: g, path: p, section: s, missing: a}]\n",
        "format: 1\nlists: [{guide: g, path: p, section: s, missing: [[a]]}]\n",
        "format: 3\nlists: [{guide: g, path: p, section: s, needs: [a]}]\n",
        "format: 1\nlists: [{guide: g, path: p, section: s, needs: {a: lost}}]\n",
        "format: 1\nlists: [{guide: g, path: p, section: s, needs: {a: [left]}}]\n",
        "format: 1\nplaces:\n  - x: [\n",
        "format: 1\n\xff\n",
        "format: 2\n",
        "format: 2\nsum: 0000000000000000\n",
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct learner_record record;
        learner_record_init(&record, "x");
        if (learner_yaml_parse(wrong[i], strlen(wrong[i]), NULL, messages, &record) !=
            LEARNER_YAML_DAMAGED)
            fail_msg("understood: %s", wrong[i]);
        assert_int_equal(record.mark_count + record.place_count, 0);
        learner_record_free(&record);
    }
}

static int make_messages(void **state)
{
    *state = messages_load_builtin();
    return 0;
}

static int free_messages(void **state)
{
    messages_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_record_comes_back),
        cmocka_unit_test(what_is_not_in_the_format_is_damage),
    };
    return cmocka_run_group_tests(tests, make_messages, free_messages);
}
