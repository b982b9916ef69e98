/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A library that has no memory says nothing about the file it reads: libyaml's first allocation
 * fails, then its second, and so on, while a document and a store are read, each time in a child
 * process. It ends, with nothing put aside; or reads all of it.
 */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/ydoc.h"
#include "store/learner_store.h"
#include "support/store.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* libyaml calls these by name, so that ours are taken. */
void *yaml_malloc(size_t size);
void *yaml_realloc(void *block, size_t size);

static long fail_at; /* which of them gets nothing; 0: none */
static long calls;

static bool fails(void)
{
    return ++calls == fail_at;
}

void *yaml_malloc(size_t size)
{
    return fails() ? NULL : malloc(size ? size : 1);
}

void *yaml_realloc(void *block, size_t size)
{
    return fails() ? NULL : realloc(block, size ? size : 1);
}

/* What a child ends with. */
enum { IS_READ = 40, IS_OTHER, NOT_REACHED, ABORTED };

static int open_store(const struct store_home *home)
{
    struct learner_store *store;
    struct learner_record record;
    struct learner_store_report report;
    learner_store_open("zoe", false, home->messages, &store, &record, &report);
    return report.state == LEARNER_STORE_LOADED && record.mark_count == 1 ? IS_READ : IS_OTHER;
}

static int read_document(const struct store_home *home)
{
    static const char text[] = "format: 1\nlist: [{a: b}, \"c\", {d: [e, f]}]\n";
    struct diags diags;
    struct ydoc *doc;
    diags_init(&diags, home->messages);
    return ydoc_parse(text, sizeof text - 1, &diags, &doc) ? IS_OTHER : IS_READ;
}

/* What becomes of a child in which the allocation `at` fails. */
static int attempt(const struct store_home *home, int (*read)(const struct store_home *home),
                   long at)
{
    int status;
    const pid_t child = fork();
    if (!child) {
        const struct rlimit none = {0};
        setrlimit(RLIMIT_CORE, &none);
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        calls = 0;
        fail_at = at;
        const int code = read(home);
        _exit(calls < at ? NOT_REACHED : code);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
        return ABORTED;
    return WIFEXITED(status) ? WEXITSTATUS(status) : IS_OTHER;
}

/* Each of them: how many there are. */
static long fail_each(const struct store_home *home, int (*read)(const struct store_home *home))
{
    for (long at = 1;; at++) {
        const int end = attempt(home, read, at);
        if (end == NOT_REACHED)
            return at - 1;
        if (end != ABORTED && end != IS_READ)
            fail_msg("without the allocation %ld: %d", at, end);
    }
}

static void a_document_is_not_taken_for_wrong(void **state)
{
    assert_true(fail_each(*state, read_document) > 10);
}

static void a_store_is_not_taken_for_damaged(void **state)
{
    const struct store_home *home = *state;
    struct learner_store *store;
    struct learner_record record;
    struct learner_store_report report;
    learner_store_open("zoe", false, home->messages, &store, &record, &report);
    learner_record_set_mark(&record, "g", "p", "s", "a", (struct month){0}, MARK_DONE, 1795000000);
    assert_int_equal(learner_store_save(store, &record), 0);
    learner_store_close(store);
    learner_record_free(&record);
    learner_store_report_free(&report);

    assert_true(fail_each(home, open_store) > 10);
    char *folder = store_path(home->root, "zoe", "");
    assert_int_equal(store_count(folder, "progress.yaml.damaged-", NULL), 0);
    assert_int_equal(store_count(folder, "progress.yaml.copy.damaged-", NULL), 0);
    assert_int_equal(attempt(home, open_store, 100000), NOT_REACHED);
    free(folder);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, store_set_up, store_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_document_is_not_taken_for_wrong),
        TEST(a_store_is_not_taken_for_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
