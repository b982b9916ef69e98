/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * learner_folder: two instances at the same folder. What one does while the other stands between
 * opening a folder and locking it is done here from within flock(), which this test puts in the
 * library's place.
 */
#include "base/mem.h"
#include "base/messages.h"
#include "store/learner_store.h"
#include "store/learners.h"
#include "support/store.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

/* Done once, before the next lock is taken. */
static void (*meanwhile)(const struct store_home *home);
static const struct store_home *meanwhile_home;

int flock(int fd, int operation)
{
    void (*other)(const struct store_home *home) = meanwhile;
    meanwhile = NULL;
    if (other)
        other(meanwhile_home);
    return (int)syscall(SYS_flock, fd, operation);
}

static void let(const struct store_home *home, void (*other)(const struct store_home *home))
{
    meanwhile = other;
    meanwhile_home = home;
}

/* Opens a learner's store, marks one step, and closes it. */
static enum learner_store_state mark(const struct store_home *home, const char *learner,
                                     const char *step)
{
    struct learner_store *store;
    struct learner_record record;
    struct learner_store_report report;
    learner_store_open(learner, false, home->messages, &store, &record, &report);
    learner_record_set_mark(&record, "g", "p", "s", step, (struct month){0}, MARK_DONE, 1795000000);
    if (learner_store_is_writable(store))
        assert_int_equal(learner_store_save(store, &record), 0);
    const enum learner_store_state state = report.state;
    learner_store_close(store);
    learner_record_free(&record);
    learner_store_report_free(&report);
    return state;
}

/* Whether that step, and so many in all, are done by that learner. */
static void assert_done(const struct store_home *home, const char *learner, const char *step,
                        size_t count)
{
    struct learner_record record;
    assert_int_equal(learner_store_read(learner, NULL, home->messages, &record),
                     LEARNER_STORE_LOADED);
    assert_int_equal(record.mark_count, count);
    assert_non_null(learner_record_mark(&record, "g", "p", "s", step, (struct month){0}));
    assert_string_equal(record.name, learner);
    learner_record_free(&record);
}

static void rename_zoe(const struct store_home *home)
{
    (void)home;
    assert_int_equal(learners_rename("zoe", "ana"), 0);
}

static void delete_zoe(const struct store_home *home)
{
    (void)home;
    assert_int_equal(learners_delete("zoe"), 0);
}

static void a_mark_never_goes_to_whoever_was_renamed(void **state)
{
    const struct store_home *home = *state;
    mark(home, "zoe", "first");
    let(home, rename_zoe);
    assert_int_equal(mark(home, "zoe", "second"), LEARNER_STORE_FRESH);
    assert_done(home, "ana", "first", 1);
    assert_done(home, "zoe", "second", 1);
}

static void a_mark_never_goes_into_what_was_deleted(void **state)
{
    const struct store_home *home = *state;
    mark(home, "zoe", "first");
    let(home, delete_zoe);
    assert_int_equal(mark(home, "zoe", "second"), LEARNER_STORE_FRESH);
    assert_done(home, "zoe", "second", 1);
}

/* The other one is quicker: there is nobody of that name any more. */
static void nobody_is_renamed_twice(void **state)
{
    const struct store_home *home = *state;
    mark(home, "zoe", "first");
    let(home, rename_zoe);
    assert_int_equal(learners_rename("zoe", "eva"), -1);
    assert_int_equal(errno, ENOENT);
    assert_done(home, "ana", "first", 1);
}

static void nobody_else_is_reset(void **state)
{
    const struct store_home *home = *state;
    char *aside = NULL;
    mark(home, "zoe", "first");
    let(home, rename_zoe);
    assert_int_equal(learner_store_reset("zoe", &aside), 0);
    assert_null(aside);
    assert_done(home, "ana", "first", 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, store_set_up, store_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_mark_never_goes_to_whoever_was_renamed),
        TEST(a_mark_never_goes_into_what_was_deleted),
        TEST(nobody_is_renamed_twice),
        TEST(nobody_else_is_reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
