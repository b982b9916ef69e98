/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record: places, marks and needs of one learner, in memory. */
#include "base/mem.h"
#include "model/learner_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct month none = {0}, october = {2026, 10}, november = {2026, 11};

static int set_up(void **state)
{
    struct learner_record *record = xcalloc(1, sizeof *record);
    learner_record_init(record, "Zoé");
    *state = record;
    return 0;
}

static int tear_down(void **state)
{
    learner_record_free(*state);
    free(*state);
    return 0;
}

static enum mark_state state_of(const struct learner_record *record, const char *step,
                                struct month month)
{
    const struct learner_record_mark *mark =
        learner_record_mark(record, "g", "p", "s", step, month);
    return mark ? mark->state : MARK_OPEN;
}

static void a_fresh_record_is_empty(void **state)
{
    struct learner_record *record = *state;
    struct month *months;
    assert_string_equal(record->name, "Zoé");
    assert_null(learner_record_place(record, "g"));
    assert_null(learner_record_mark(record, "g", "p", "s", "t", none));
    assert_int_equal(learner_record_need(record, "g", "p", "s", "n", none), NEED_OPEN);
    assert_int_equal(learner_record_months(record, "g", &months), 0);
    assert_null(months);
}

static void there_is_one_place_per_guide(void **state)
{
    struct learner_record *record = *state;
    learner_record_set_place(record, "g", "p", "s", "t", false, 10);
    learner_record_set_place(record, "h", "q", NULL, NULL, false, 20);
    learner_record_set_place(record, "g", "p2", "s2", NULL, true, 30);
    assert_int_equal(record->place_count, 2);
    const struct learner_record_place *place = learner_record_place(record, "g");
    assert_string_equal(place->path, "p2");
    assert_string_equal(place->section, "s2");
    assert_null(place->step);
    assert_true(place->finished);
    assert_int_equal(place->at, 30);
    assert_null(learner_record_place(record, "h")->section);
    /* The texts of the place itself may be handed back. */
    place = learner_record_place(record, "g");
    learner_record_set_place(record, "g", place->path, place->section, place->section, false, 40);
    assert_string_equal(learner_record_place(record, "g")->path, "p2");
    assert_string_equal(learner_record_place(record, "g")->step, "s2");
}

static void each_month_has_its_own_marks(void **state)
{
    struct learner_record *record = *state;
    learner_record_set_mark(record, "g", "p", "s", "t", october, MARK_DONE, 1);
    learner_record_set_mark(record, "g", "p", "s", "t", november, MARK_NOT_NEEDED, 2);
    learner_record_set_mark(record, "g", "p", "s", "u", none, MARK_DONE, 3);
    assert_int_equal(state_of(record, "t", october), MARK_DONE);
    assert_int_equal(state_of(record, "t", november), MARK_NOT_NEEDED);
    assert_int_equal(state_of(record, "t", none), MARK_OPEN);
    assert_int_equal(state_of(record, "u", none), MARK_DONE);
    assert_int_equal(state_of(record, "u", november), MARK_OPEN);
    assert_int_equal(learner_record_mark(record, "g", "p", "s", "t", november)->at, 2);
}

static void a_mark_belongs_to_all_of_its_ids(void **state)
{
    struct learner_record *record = *state;
    learner_record_set_mark(record, "g", "p", "s", "t", none, MARK_DONE, 1);
    assert_null(learner_record_mark(record, "x", "p", "s", "t", none));
    assert_null(learner_record_mark(record, "g", "x", "s", "t", none));
    assert_null(learner_record_mark(record, "g", "p", "x", "t", none));
    assert_null(learner_record_mark(record, "g", "p", "s", "x", none));
    assert_non_null(learner_record_mark(record, "g", "p", "s", "t", none));
}

static void marks_change_and_open_again(void **state)
{
    struct learner_record *record = *state;
    learner_record_set_mark(record, "g", "p", "s", "a", november, MARK_DONE, 1);
    learner_record_set_mark(record, "g", "p", "s", "b", november, MARK_DONE, 2);
    learner_record_set_mark(record, "g", "p", "s", "c", november, MARK_DONE, 3);
    learner_record_set_mark(record, "g", "p", "s", "a", november, MARK_OPEN, 4);
    assert_int_equal(record->mark_count, 2);
    assert_int_equal(state_of(record, "a", november), MARK_OPEN);
    assert_int_equal(state_of(record, "b", november), MARK_DONE);
    learner_record_set_mark(record, "g", "p", "s", "c", november, MARK_NOT_NEEDED, 5);
    assert_int_equal(record->mark_count, 2);
    assert_int_equal(state_of(record, "c", november), MARK_NOT_NEEDED);
    assert_int_equal(learner_record_mark(record, "g", "p", "s", "c", november)->at, 5);
    learner_record_set_mark(record, "g", "p", "s", "d", november, MARK_OPEN, 6);
    assert_int_equal(record->mark_count, 2); /* open is never stored */
}

static void needs_come_and_go(void **state)
{
    struct learner_record *record = *state;
    learner_record_set_need(record, "g", "p", "s", "pay", november, NEED_MISSING);
    learner_record_set_need(record, "g", "p", "s", "pay", november, NEED_MISSING);
    learner_record_set_need(record, "g", "p", "s", "hours", november, NEED_MISSING);
    assert_int_equal(record->need_count, 2);
    assert_int_equal(learner_record_need(record, "g", "p", "s", "pay", november), NEED_MISSING);
    assert_int_equal(learner_record_need(record, "g", "p", "s", "pay", october), NEED_OPEN);
    assert_int_equal(learner_record_need(record, "g", "x", "s", "pay", november), NEED_OPEN);
    learner_record_set_need(record, "g", "p", "s", "pay", november, NEED_AT_HAND);
    assert_int_equal(learner_record_need(record, "g", "p", "s", "pay", november), NEED_AT_HAND);
    learner_record_set_need(record, "g", "p", "s", "pay", november, NEED_OPEN);
    learner_record_set_need(record, "g", "p", "s", "other", november, NEED_OPEN);
    assert_int_equal(record->need_count, 1);
    assert_int_equal(learner_record_need(record, "g", "p", "s", "pay", november), NEED_OPEN);
    assert_int_equal(learner_record_need(record, "g", "p", "s", "hours", november), NEED_MISSING);
}

static void months_come_newest_first_and_once(void **state)
{
    struct learner_record *record = *state;
    learner_record_set_mark(record, "g", "p", "s", "a", (struct month){2025, 12}, MARK_DONE, 1);
    learner_record_set_mark(record, "g", "p", "s", "a", november, MARK_DONE, 1);
    learner_record_set_mark(record, "g", "p", "s", "b", november, MARK_DONE, 1);
    learner_record_set_mark(record, "g", "p", "s", "c", none, MARK_DONE, 1);
    learner_record_set_mark(record, "h", "p", "s", "a", (struct month){2024, 1}, MARK_DONE, 1);
    learner_record_set_need(record, "g", "p", "s", "n", october, NEED_MISSING);
    learner_record_set_need(record, "h", "p", "s", "n", (struct month){2023, 1}, NEED_MISSING);
    struct month *months;
    assert_int_equal(learner_record_months(record, "g", &months), 3);
    assert_int_equal(month_compare(months[0], november), 0);
    assert_int_equal(month_compare(months[1], october), 0);
    assert_int_equal(month_compare(months[2], (struct month){2025, 12}), 0);
    free(months);
}

static void a_copy_stands_alone(void **state)
{
    struct learner_record *record = *state, twin;
    learner_record_set_place(record, "g", "p", NULL, NULL, true, 7);
    learner_record_set_mark(record, "g", "p", "s", "a", november, MARK_NOT_NEEDED, 8);
    learner_record_set_need(record, "g", "p", "s", "n", november, NEED_MISSING);
    learner_record_copy(&twin, record);
    learner_record_set_mark(record, "g", "p", "s", "a", november, MARK_OPEN, 9);
    learner_record_set_place(record, "g", "other", "s", "t", false, 9);
    learner_record_set_need(record, "g", "p", "s", "n", november, NEED_OPEN);
    assert_string_equal(twin.name, "Zoé");
    assert_string_equal(learner_record_place(&twin, "g")->path, "p");
    assert_true(learner_record_place(&twin, "g")->finished);
    assert_null(learner_record_place(&twin, "g")->section);
    assert_int_equal(state_of(&twin, "a", november), MARK_NOT_NEEDED);
    assert_int_equal(learner_record_mark(&twin, "g", "p", "s", "a", november)->at, 8);
    assert_int_equal(learner_record_need(&twin, "g", "p", "s", "n", november), NEED_MISSING);
    learner_record_free(&twin);
    learner_record_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_fresh_record_is_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_is_one_place_per_guide, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_month_has_its_own_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mark_belongs_to_all_of_its_ids, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks_change_and_open_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(needs_come_and_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(months_come_newest_first_and_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_copy_stands_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
