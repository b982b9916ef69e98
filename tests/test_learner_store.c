/* SPDX-License-Identifier: GPL-3.0-or-later */
/* learner_store: a record on disk: there and back, damage, newer files, two instances. */
#include "base/bytes.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "base/strbuf.h"
#include "store/learner_store.h"
#include "store/learner_yaml.h"
#include "store/learners.h"
#include "support/record.h"
#include "support/store.h"

#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct month none = {0}, october = {2026, 10}, november = {2026, 11};

/* --- helpers ------------------------------------------------------------------------------ */

/* A session's view of a store. */
struct session {
    struct learner_store *store;
    struct learner_record record;
    struct learner_store_report report;
};

static struct session start(struct store_home *home, const char *learner)
{
    struct session session;
    learner_store_open(learner, false, home->messages, &session.store, &session.record,
                       &session.report);
    return session;
}

static void end(struct session *session)
{
    learner_store_close(session->store);
    learner_record_free(&session->record);
    learner_store_report_free(&session->report);
}

static void mark(struct session *session, const char *step, struct month month)
{
    learner_record_set_mark(&session->record, "g", "p", "s", step, month, MARK_DONE, 1795000000);
}

static bool is_done(const struct learner_record *record, const char *step, struct month month)
{
    return learner_record_mark(record, "g", "p", "s", step, month) != NULL;
}

/* Leaves a store in which "a" and "b" are done. */
static void keep_two_marks(struct store_home *home)
{
    struct session session = start(home, "zoe");
    mark(&session, "a", november);
    assert_int_equal(learner_store_save(session.store, &session.record), 0);
    mark(&session, "b", november);
    assert_int_equal(learner_store_save(session.store, &session.record), 0);
    end(&session);
}

/* --- there and back ------------------------------------------------------------------------- */

static void what_is_saved_comes_back(void **state)
{
    struct store_home *home = *state;
    struct session session = start(home, "Zoé");
    assert_int_equal(session.report.state, LEARNER_STORE_FRESH);
    assert_true(learner_store_is_writable(session.store));
    learner_record_set_place(&session.record, "g", "p", NULL, NULL, true, 1795000001);
    learner_record_set_place(&session.record, "h", "q", "s", "t", false, 1795000002);
    mark(&session, "a", november);
    mark(&session, "b", october);
    mark(&session, "c", none);
    learner_record_set_mark(&session.record, "g", "p", "s", "d", november, MARK_NOT_NEEDED,
                            1795000003);
    learner_record_set_need(&session.record, "g", "p", "s", "pay", october, NEED_MISSING);
    learner_record_set_need(&session.record, "g", "p", "s", "hours", october, NEED_NOT_NEEDED);
    assert_int_equal(learner_store_save(session.store, &session.record), 0);

    struct session again;
    learner_store_close(session.store);
    session.store = NULL;
    again = start(home, "Zoé");
    assert_int_equal(again.report.state, LEARNER_STORE_LOADED);
    assert_string_equal(again.record.name, "Zoé");
    record_assert_same(&session.record, &again.record);
    record_assert_same(&again.record, &session.record);
    end(&session);
    end(&again);
}

static void a_look_at_the_present_leaves_out_the_past(void **state)
{
    struct store_home *home = *state;
    struct session session = start(home, "zoe");
    mark(&session, "a", november);
    mark(&session, "b", october);
    mark(&session, "c", none);
    learner_record_set_place(&session.record, "g", "p", "s", "a", false, 1);
    assert_int_equal(learner_store_save(session.store, &session.record), 0);
    struct learner_record record;
    assert_int_equal(learner_store_read("zoe", &none, home->messages, &record),
                     LEARNER_STORE_LOADED);
    assert_int_equal(record.mark_count, 2);
    assert_true(is_done(&record, "a", november));
    assert_true(is_done(&record, "c", none));
    assert_non_null(learner_record_place(&record, "g"));
    learner_record_free(&record);
    assert_int_equal(learner_store_read("zoe", &october, home->messages, &record),
                     LEARNER_STORE_LOADED);
    assert_int_equal(record.mark_count, 3);
    learner_record_free(&record);
    assert_int_equal(learner_store_read("zoe", NULL, home->messages, &record),
                     LEARNER_STORE_LOADED);
    assert_int_equal(record.mark_count, 3);
    learner_record_free(&record);
    end(&session);
}

static void only_the_learner_may_look(void **state)
{
    struct store_home *home = *state;
    mode_t mask = umask(0);
    keep_two_marks(home);
    umask(mask);
    static const char *const files[] = {"progress.yaml", "progress.yaml.copy", "name", "lock"};
    struct stat status;
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char *path = store_path(home->root, "zoe", files[i]);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
        free(path);
    }
    char *folder = store_path(home->root, "zoe", "");
    assert_int_equal(stat(folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(store_count(folder, "progress.yaml.tmp", NULL), 0);
    /* A folder that was made too open is closed. */
    assert_int_equal(chmod(folder, 0755), 0);
    struct session session = start(home, "zoe");
    assert_int_equal(stat(folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    end(&session);
    free(folder);
}

static void a_guest_leaves_nothing(void **state)
{
    struct store_home *home = *state;
    struct session session;
    learner_store_open("zoe", true, home->messages, &session.store, &session.record,
                       &session.report);
    assert_int_equal(session.report.state, LEARNER_STORE_FRESH);
    assert_false(learner_store_is_writable(session.store));
    assert_int_equal(learner_store_save(session.store, &session.record), -1);
    end(&session);
    assert_int_equal(store_count(home->root, "state", NULL), 0);
}

static void looking_leaves_nothing(void **state)
{
    struct store_home *home = *state;
    struct learner_record record;
    assert_int_equal(learner_store_read("zoe", NULL, home->messages, &record), LEARNER_STORE_FRESH);
    learner_record_free(&record);
    char **names;
    assert_int_equal(learners_list(&names), 0);
    assert_null(names);
    assert_int_equal(learner_store_reset("zoe", NULL), 0);
    assert_int_equal(store_count(home->root, "state", NULL), 0);
}

/* --- damage ------------------------------------------------------------------------------- */

/* Whatever is in the record's file, both marks are still there, and it is moved aside. */
static void assert_survives(struct store_home *home, const char *bytes, size_t length)
{
    char *path = store_path(home->root, "zoe", "progress.yaml");
    char *folder = store_path(home->root, "zoe", "");
    size_t before = store_count(folder, "progress.yaml.damaged-", NULL);
    store_write(path, bytes, length);
    struct session session = start(home, "zoe");
    if (session.report.state != LEARNER_STORE_DAMAGED || !session.report.aside)
        fail_msg("not seen as damaged: %.60s", bytes);
    assert_true(session.report.restored);
    assert_true(is_done(&session.record, "a", november));
    assert_true(is_done(&session.record, "b", november));
    assert_int_equal(store_count(folder, "progress.yaml.damaged-", NULL), before + 1);
    char *aside = store_path(home->root, "zoe", session.report.aside);
    size_t kept_length;
    char *kept = store_read(aside, &kept_length);
    assert_int_equal(kept_length, length);
    assert_memory_equal(kept, bytes, length);
    end(&session);
    /* It is told once. */
    session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_LOADED);
    assert_null(session.report.aside);
    end(&session);
    free(kept);
    free(aside);
    free(folder);
    free(path);
}

static void a_file_cut_anywhere_loses_nothing(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    char *path = store_path(home->root, "zoe", "progress.yaml");
    size_t length;
    char *bytes = store_read(path, &length);
    for (size_t cut = 0; cut < length; cut++)
        assert_survives(home, bytes, cut);
    free(bytes);
    free(path);
}

static void any_wrong_bit_loses_nothing(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    char *path = store_path(home->root, "zoe", "progress.yaml");
    size_t length;
    char *bytes = store_read(path, &length);
    /* From the second line: the first one can become that of a newer version, tested below. */
    for (size_t at = strlen("format: 3\n"); at < length; at++) {
        bytes[at] ^= 1 << (at % 8);
        assert_survives(home, bytes, length);
        bytes[at] ^= 1 << (at % 8);
    }
    free(bytes);
    free(path);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void random_bytes_lose_nothing(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    for (unsigned round = 0; round < 100; round++) {
        char bytes[3000];
        unsigned seed = round;
        size_t length = next_random(&seed) % sizeof bytes;
        for (size_t i = 0; i < length; i++)
            bytes[i] = (char)next_random(&seed);
        assert_survives(home, bytes, length);
    }
    char *huge = xcalloc(1, LEARNER_YAML_BYTES_MAX + 1);
    memcpy(huge, "format: 1\n", 10);
    assert_survives(home, huge, LEARNER_YAML_BYTES_MAX + 1);
    free(huge);
}

static void a_damaged_copy_is_no_harm(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    char *copy = store_path(home->root, "zoe", "progress.yaml.copy");
    store_write(copy, "x", 1);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_LOADED);
    assert_true(is_done(&session.record, "b", november));
    assert_int_equal(learner_store_save(session.store, &session.record), 0);
    end(&session);
    assert_survives(home, "x", 1);
    free(copy);
}

/* The sum is right: nothing happened to it, so it is nobody's to put aside. */
static void what_is_whole_and_not_understood_stays(void **state)
{
    struct store_home *home = *state;
    static const char text[] = "format: 3\nunheard-of: yes\n";
    keep_two_marks(home);
    char *path = store_path(home->root, "zoe", "progress.yaml");
    char *copy = store_path(home->root, "zoe", "progress.yaml.copy");
    char *folder = store_path(home->root, "zoe", "");
    char *bytes = xasprintf("%ssum: %016" PRIx64 "\n", text, bytes_sum(text, sizeof text - 1));
    store_write(path, bytes, strlen(bytes));
    store_write(copy, bytes, strlen(bytes));
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_UNWRITABLE);
    assert_false(learner_store_is_writable(session.store));
    end(&session);
    size_t length;
    char *kept = store_read(path, &length);
    assert_string_equal(kept, bytes);
    assert_int_equal(store_count(folder, "progress.yaml.damaged-", NULL), 0);
    free(kept);
    free(bytes);
    free(folder);
    free(copy);
    free(path);
}

static void without_any_good_file_both_are_kept_aside(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    char *path = store_path(home->root, "zoe", "progress.yaml");
    char *copy = store_path(home->root, "zoe", "progress.yaml.copy");
    char *folder = store_path(home->root, "zoe", "");
    store_write(path, "x", 1);
    store_write(copy, "y", 1);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_DAMAGED);
    assert_false(session.report.restored);
    assert_true(learner_store_is_writable(session.store));
    assert_int_equal(session.record.mark_count, 0);
    assert_int_equal(store_count(folder, "progress.yaml.damaged-", NULL), 1);
    assert_int_equal(store_count(folder, "progress.yaml.copy.damaged-", NULL), 1);
    mark(&session, "c", none);
    assert_int_equal(learner_store_save(session.store, &session.record), 0);
    end(&session);
    free(folder);
    free(copy);
    free(path);
}

static void a_lost_record_is_read_from_its_copy(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    char *path = store_path(home->root, "zoe", "progress.yaml");
    assert_int_equal(unlink(path), 0);
    struct learner_record record;
    assert_int_equal(learner_store_read("zoe", NULL, home->messages, &record),
                     LEARNER_STORE_LOADED);
    assert_true(is_done(&record, "b", november));
    learner_record_free(&record);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_LOADED);
    assert_true(is_done(&session.record, "b", november));
    assert_int_equal(access(path, F_OK), 0);
    end(&session);
    free(path);
}

static void a_file_that_cannot_be_read_is_left_alone(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    char *path = store_path(home->root, "zoe", "progress.yaml");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_UNWRITABLE);
    assert_int_equal(session.report.error, EINVAL);
    assert_false(learner_store_is_writable(session.store));
    assert_true(is_done(&session.record, "b", november));
    assert_int_equal(learner_store_save(session.store, &session.record), -1);
    end(&session);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    free(path);
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
    struct store_home *home = *state;
    char *path = xasprintf("%s/state", home->root);
    store_write(path, "", 0);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_UNWRITABLE);
    assert_int_equal(session.report.error, ENOTDIR);
    assert_false(learner_store_is_writable(session.store));
    mark(&session, "a", none);
    assert_int_equal(learner_store_save(session.store, &session.record), -1);
    assert_int_equal(errno, ENOTDIR);
    end(&session);
    free(path);
}

/* --- versions ----------------------------------------------------------------------------- */

static void a_newer_file_is_never_touched(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    static const char newer[] = "format: 4\nwhat: we do not know yet\n";
    char *path = store_path(home->root, "zoe", "progress.yaml");
    store_write(path, newer, sizeof newer - 1);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_NEWER);
    assert_false(learner_store_is_writable(session.store));
    mark(&session, "c", none);
    assert_int_equal(learner_store_save(session.store, &session.record), -1);
    end(&session);
    char *kept = store_read(path, NULL);
    assert_string_equal(kept, newer);
    free(kept);
    free(path);
}

static void the_first_format_becomes_the_third(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    static const char first[] = "format: 1\r\n"
                                "lists:\r\n"
                                "  - guide: g\r\n"
                                "    path: p\r\n"
                                "    section: s\r\n"
                                "    month: 2026-11\r\n"
                                "    not-needed: {a: 2026-11-28T09:12:00Z}\r\n"
                                "    missing: [pay]\r\n"
                                "history:\r\n"
                                "  - {guide: g, path: p, section: s, month: 2026-10,\r\n"
                                "     done: {a: 2026-10-28T09:12:00Z}}\r\n";
    char *path = store_path(home->root, "zoe", "progress.yaml");
    store_write(path, first, sizeof first - 1);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_LOADED);
    assert_int_equal(session.record.mark_count, 2);
    const struct learner_record_mark *kept =
        learner_record_mark(&session.record, "g", "p", "s", "a", november);
    assert_int_equal(kept->state, MARK_NOT_NEEDED);
    assert_true(is_done(&session.record, "a", october));
    assert_int_equal(learner_record_need(&session.record, "g", "p", "s", "pay", november),
                     NEED_MISSING);
    assert_int_equal(learner_store_save(session.store, &session.record), 0);
    struct session again;
    learner_store_close(session.store);
    session.store = NULL;
    again = start(home, "zoe");
    record_assert_same(&session.record, &again.record);
    end(&again);
    end(&session);
    char *bytes = store_read(path, NULL);
    assert_memory_equal(bytes, "format: 3\n", 10);
    assert_non_null(strstr(bytes, "\nsum: "));
    free(bytes);
    free(path);
}

/* A file of the version before, with its sum: what was missing is missing still. */
static void the_second_format_becomes_the_third(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    struct strbuf second = {0};
    strbuf_add(&second, "format: 2\nlists:\n- guide: g\n  path: p\n  section: s\n"
                        "  month: 2026-11\n  done:\n    a: 2026-11-28T09:12:00Z\n"
                        "  missing:\n  - pay\n");
    strbuf_addf(&second, "sum: %016" PRIx64 "\n", bytes_sum(second.text, second.length));
    char *path = store_path(home->root, "zoe", "progress.yaml");
    store_write(path, second.text, second.length);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_LOADED);
    assert_true(is_done(&session.record, "a", november));
    assert_int_equal(learner_record_need(&session.record, "g", "p", "s", "pay", november),
                     NEED_MISSING);
    assert_int_equal(learner_store_save(session.store, &session.record), 0);
    end(&session);
    char *bytes = store_read(path, NULL);
    assert_memory_equal(bytes, "format: 3\n", 10);
    assert_non_null(strstr(bytes, "pay: missing\n"));
    free(bytes);
    free(path);
    strbuf_free(&second);
}

/* --- two instances ------------------------------------------------------------------------ */

static void the_second_instance_only_reads(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    struct session first = start(home, "Zoe"), second = start(home, "zoe");
    assert_int_equal(first.report.state, LEARNER_STORE_LOADED);
    assert_int_equal(second.report.state, LEARNER_STORE_BUSY);
    assert_false(learner_store_is_writable(second.store));
    assert_true(is_done(&second.record, "b", november));
    assert_int_equal(learner_store_save(second.store, &second.record), -1);
    assert_int_equal(errno, EWOULDBLOCK);
    assert_int_equal(learner_store_reset("zoe", NULL), -1);
    assert_int_equal(errno, EWOULDBLOCK);
    struct session other = start(home, "other");
    assert_int_equal(other.report.state, LEARNER_STORE_FRESH);
    end(&other);
    end(&first);
    end(&second);
    first = start(home, "zoe");
    assert_int_equal(first.report.state, LEARNER_STORE_LOADED);
    end(&first);
}

static void a_killed_instance_leaves_no_lock(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (!child) {
        struct session session = start(home, "zoe");
        byte = session.report.state == LEARNER_STORE_LOADED ? 'y' : 'n';
        if (write(ready[1], &byte, 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_BUSY);
    end(&session);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_LOADED);
    assert_true(learner_store_is_writable(session.store));
    end(&session);
    close(ready[0]);
    close(ready[1]);
}

static void a_damaged_file_stays_where_it_is_for_the_second(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    struct session first = start(home, "zoe");
    char *path = store_path(home->root, "zoe", "progress.yaml");
    store_write(path, "x", 1);
    struct session second = start(home, "zoe");
    assert_int_equal(second.report.state, LEARNER_STORE_BUSY);
    assert_null(second.report.aside);
    assert_true(is_done(&second.record, "b", november));
    char *bytes = store_read(path, NULL);
    assert_string_equal(bytes, "x");
    end(&second);
    end(&first);
    free(bytes);
    free(path);
}

/* --- reset -------------------------------------------------------------------------------- */

static void a_reset_keeps_the_old_file_aside(void **state)
{
    struct store_home *home = *state;
    keep_two_marks(home);
    char *path = store_path(home->root, "zoe", "progress.yaml");
    char *before = store_read(path, NULL), *aside = NULL;
    assert_int_equal(learner_store_reset("zoe", &aside), 0);
    assert_memory_equal(aside, "progress.yaml.reset-", 20);
    char *kept_path = store_path(home->root, "zoe", aside);
    char *kept = store_read(kept_path, NULL);
    assert_string_equal(kept, before);
    free(aside);
    struct session session = start(home, "zoe");
    assert_int_equal(session.report.state, LEARNER_STORE_FRESH);
    assert_int_equal(session.record.mark_count, 0);
    mark(&session, "c", none);
    assert_int_equal(learner_store_save(session.store, &session.record), 0);
    end(&session);
    /* A second one does not overwrite what the first one kept, nor is nothing kept as something. */
    assert_int_equal(learner_store_reset("zoe", &aside), 0);
    free(aside);
    assert_int_equal(learner_store_reset("zoe", &aside), 0);
    assert_null(aside);
    char *folder = store_path(home->root, "zoe", "");
    assert_int_equal(store_count(folder, "progress.yaml.reset-", NULL), 2);
    free(kept);
    kept = store_read(kept_path, NULL);
    assert_string_equal(kept, before);
    free(kept);
    free(kept_path);
    free(folder);
    free(before);
    free(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, store_set_up, store_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_saved_comes_back),
        TEST(a_look_at_the_present_leaves_out_the_past),
        TEST(only_the_learner_may_look),
        TEST(a_guest_leaves_nothing),
        TEST(looking_leaves_nothing),
        TEST(a_file_cut_anywhere_loses_nothing),
        TEST(any_wrong_bit_loses_nothing),
        TEST(random_bytes_lose_nothing),
        TEST(a_damaged_copy_is_no_harm),
        TEST(what_is_whole_and_not_understood_stays),
        TEST(without_any_good_file_both_are_kept_aside),
        TEST(a_lost_record_is_read_from_its_copy),
        TEST(a_file_that_cannot_be_read_is_left_alone),
        TEST(a_folder_that_cannot_be_made_is_told),
        TEST(a_newer_file_is_never_touched),
        TEST(the_first_format_becomes_the_third),
        TEST(the_second_format_becomes_the_third),
        TEST(the_second_instance_only_reads),
        TEST(a_killed_instance_leaves_no_lock),
        TEST(a_damaged_file_stays_where_it_is_for_the_second),
        TEST(a_reset_keeps_the_old_file_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
