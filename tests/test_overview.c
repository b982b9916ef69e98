/* SPDX-License-Identifier: GPL-3.0-or-later */
/* overview: which list is shown, and every step of the path with its mark. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "model/guide_load.h"
#include "model/overview.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char guide_text[] =
    "format: 1\n"
    "id: g\n"
    "title: Le guide\n"
    "updated: 2026-01-01\n"
    "welcome: Bonjour.\n"
    "closing: Bravo.\n"
    "paths:\n"
    "  - {id: p, title: Un, place: en un, phrases: [un]}\n"
    "  - {id: q, title: Deux, place: en deux, phrases: [deux]}\n"
    "sections:\n"
    "  - id: a\n"
    "    title: La partie A\n"
    "    phrases: [partie a]\n"
    "    steps:\n"
    "      - {id: a1, say: Un., simple: Un., more: Un.}\n"
    "      - {id: a2, say: Un., simple: Un., more: Un.}\n"
    "  - id: m\n"
    "    title: Le mois\n"
    "    phrases: [le mois]\n"
    "    paths: [p]\n"
    "    period: {every: month, opens: 28, opens_february: 26, closes: 15, missed: Appelez.}\n"
    "    steps:\n"
    "      - {id: m1, say: Un., simple: Un., more: Un., check: true}\n"
    "      - {id: m2, say: Un., simple: Un., more: Un., check: true, not_needed: true}\n";

static const struct month none = {0}, october = {2026, 10}, november = {2026, 11};
static const struct date between = {2026, 11, 23}, open_day = {2026, 12, 3};

struct fixture {
    struct messages *messages;
    struct guide *guide;
    struct learner_record record;
    struct overview overview;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    struct diags diags;
    fixture->messages = messages_load_builtin();
    diags_init(&diags, fixture->messages);
    diags_set_file(&diags, "g.yaml");
    if (guide_parse(guide_text, sizeof guide_text - 1, &diags, &fixture->guide))
        diags_print(&diags, stderr);
    diags_free(&diags);
    learner_record_init(&fixture->record, "zoe");
    learner_record_set_place(&fixture->record, "g", "p", "m", "m2", false, 1);
    *state = fixture;
    return fixture->guide ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    overview_free(&fixture->overview);
    learner_record_free(&fixture->record);
    guide_free(fixture->guide);
    messages_free(fixture->messages);
    free(fixture);
    return 0;
}

static void mark(struct fixture *fixture, const char *section, const char *step, struct month month,
                 int64_t at)
{
    learner_record_set_mark(&fixture->record, "g", "p", section, step, month, MARK_DONE, at);
}

/* The month shown on a day, and the states of the four steps as letters. */
static void assert_shown(struct fixture *fixture, struct month asked, struct date today,
                         struct month month, const char *states)
{
    static const char letters[] = "odn";
    struct overview *overview = &fixture->overview;
    overview_free(overview);
    overview_init(overview, fixture->guide, &fixture->record, asked, today);
    if (month_compare(overview->month, month))
        fail_msg("month %d-%d", overview->month.year, overview->month.month);
    char got[8] = "";
    assert_int_equal(overview->step_count, strlen(states));
    for (size_t i = 0; i < overview->step_count; i++)
        got[i] = letters[overview->steps[i].state];
    assert_string_equal(got, states);
}

static void every_step_of_the_path_is_there(void **state)
{
    struct fixture *fixture = *state;
    mark(fixture, "a", "a2", none, 7);
    learner_record_set_mark(&fixture->record, "g", "q", "a", "a1", none, MARK_DONE, 8);
    assert_shown(fixture, none, between, none, "odoo");
    struct overview *overview = &fixture->overview;
    assert_string_equal(overview->steps[1].step->id, "a2");
    assert_string_equal(overview->steps[1].section->id, "a");
    assert_int_equal(overview->steps[1].number, 2);
    assert_int_equal(overview->steps[1].at, 7);
    assert_string_equal(overview->section->id, "m");
    assert_int_equal(overview->step, 2);
    size_t marked, left;
    overview_count(overview, &fixture->guide->sections[0], &marked, &left);
    assert_int_equal(marked, 1);
    assert_int_equal(left, 1);
}

static void a_month_that_opens_has_a_new_list(void **state)
{
    struct fixture *fixture = *state;
    mark(fixture, "m", "m1", october, 1);
    learner_record_set_mark(&fixture->record, "g", "p", "m", "m2", october, MARK_NOT_NEEDED, 2);
    assert_shown(fixture, none, between, october, "oodn");
    assert_shown(fixture, none, open_day, november, "oooo");
    mark(fixture, "m", "m2", november, 3);
    assert_shown(fixture, none, open_day, november, "oood");
    /* The newest stays shown on a machine whose clock is behind (a simulated day was used). */
    assert_shown(fixture, none, between, november, "oood");
    assert_shown(fixture, october, open_day, october, "oodn");
    assert_shown(fixture, (struct month){2025, 1}, open_day, (struct month){2025, 1}, "oooo");
}

static void practice_between_windows_is_shown_until_the_next_opens(void **state)
{
    struct fixture *fixture = *state;
    mark(fixture, "m", "m1", october, 10);
    mark(fixture, "m", "m2", none, 20);
    assert_shown(fixture, none, between, none, "oood");
    assert_shown(fixture, none, open_day, november, "oooo");
    /* Another section's marks have nothing to do with it. */
    learner_record_set_mark(&fixture->record, "g", "p", "m", "m2", none, MARK_OPEN, 0);
    mark(fixture, "a", "a1", none, 30);
    assert_shown(fixture, none, between, october, "dodo");
}

static void a_wrong_clock_opens_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_shown(fixture, none, (struct date){2025, 12, 3}, none, "oooo");
}

static void what_is_not_begun_or_not_there_is_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct learner_record record;
    learner_record_init(&record, "new");
    struct overview overview;
    overview_init(&overview, fixture->guide, &record, none, open_day);
    assert_null(overview.place);
    assert_null(overview.path);
    assert_int_equal(overview.month.year, 0);
    assert_int_equal(overview.step_count, 0);
    overview_free(&overview);
    learner_record_set_place(&record, "g", "gone", "m", "m1", false, 1);
    overview_init(&overview, fixture->guide, &record, none, open_day);
    assert_non_null(overview.place);
    assert_null(overview.path);
    assert_int_equal(overview.step_count, 0);
    overview_free(&overview);
    learner_record_set_place(&record, "g", "q", "m", "m1", false, 1); /* not in that path */
    overview_init(&overview, fixture->guide, &record, none, open_day);
    assert_null(overview.section);
    assert_int_equal(overview.step, 0);
    assert_int_equal(overview.step_count, 2);
    assert_int_equal(overview.month.year, 0);
    overview_free(&overview);
    learner_record_set_place(&record, "g", "p", "m", "gone", false, 1);
    overview_init(&overview, fixture->guide, &record, none, open_day);
    assert_string_equal(overview.section->id, "m");
    assert_int_equal(overview.step, 0);
    overview_free(&overview);
    learner_record_free(&record);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_step_of_the_path_is_there),
        TEST(a_month_that_opens_has_a_new_list),
        TEST(practice_between_windows_is_shown_until_the_next_opens),
        TEST(a_wrong_clock_opens_nothing),
        TEST(what_is_not_begun_or_not_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
