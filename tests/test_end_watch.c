/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * end_watch: who waits is woken; who is at work is left to it; the process ends in time, with the
 * code that was set. Children play the process that ends.
 */
#include "app/end_watch.h"
#include "base/mem.h"
#include "base/timer.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* What a busy machine adds, in ms. */
#define LATER 4000

static void block_signals(sigset_t *ret_signals)
{
    sigemptyset(ret_signals);
    sigaddset(ret_signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, ret_signals, NULL);
}

/* Nobody writes into it, and nobody closes it. */
static ssize_t wait_for_nobody(void)
{
    static int ends[2];
    char byte;
    if (pipe(ends))
        _exit(99);
    return read(ends[0], &byte, 1);
}

static void *wait_in_a_thread(void *context)
{
    (void)context;
    while (wait_for_nobody() < 0) {
    }
    return NULL;
}

static void compute(int64_t ms)
{
    const int64_t begun = timer_now();
    while (timer_now() - begun < ms) {
    }
}

/* How long it took (ms), and how it ended. */
static int64_t run_in_a_child(void (*play)(struct end_watch *watch), int *ret_status)
{
    const int64_t begun = timer_now();
    const pid_t child = fork();
    if (!child) {
        sigset_t signals;
        block_signals(&signals);
        struct end_watch *watch = end_watch_new(&signals);
        if (!watch)
            _exit(98);
        play(watch);
        _exit(97);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, ret_status, 0), child);
    assert_true(WIFEXITED(*ret_status));
    return timer_now() - begun;
}

static void wait_and_be_told(struct end_watch *watch)
{
    (void)watch;
    kill(getpid(), SIGTERM);
    wait_in_a_thread(NULL);
}

static void nobody_takes_the_signal(void **state)
{
    (void)state;
    int status;
    const int64_t took = run_in_a_child(wait_and_be_told, &status);
    assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
    assert_in_range(took, END_WATCH_MS, END_WATCH_MS + LATER);
}

static void end_with_a_code(struct end_watch *watch)
{
    end_watch_set_code(watch, 3);
    end_watch_begin(watch, SIGTERM);
    wait_in_a_thread(NULL);
}

static void the_code_is_that_which_was_set(void **state)
{
    (void)state;
    int status;
    (void)run_in_a_child(end_with_a_code, &status);
    assert_int_equal(WEXITSTATUS(status), 3);
}

static void be_woken(struct end_watch *watch)
{
    end_watch_begin(watch, SIGTERM);
    const ssize_t got = wait_for_nobody();
    _exit(got < 0 && errno == EINTR ? 5 : 6);
}

static void who_waits_is_woken(void **state)
{
    (void)state;
    int status;
    const int64_t took = run_in_a_child(be_woken, &status);
    assert_int_equal(WEXITSTATUS(status), 5);
    assert_in_range(took, 0, LATER);
}

static void work_for_a_while(struct end_watch *watch)
{
    end_watch_begin(watch, SIGTERM);
    compute(END_WATCH_MS + 700);
    end_watch_free(watch);
    _exit(7);
}

static void who_is_at_work_may_go_on(void **state)
{
    (void)state;
    int status;
    (void)run_in_a_child(work_for_a_while, &status);
    assert_int_equal(WEXITSTATUS(status), 7);
}

static void *work_in_a_thread(void *context)
{
    (void)context;
    compute(END_WATCH_MS + 700);
    return NULL;
}

static void wait_for_work(struct end_watch *watch)
{
    pthread_t thread;
    end_watch_begin(watch, SIGTERM);
    if (pthread_create(&thread, NULL, work_in_a_thread, NULL))
        _exit(96);
    pthread_join(thread, NULL);
    end_watch_free(watch);
    _exit(8);
}

static void so_may_who_waits_for_work(void **state)
{
    (void)state;
    int status;
    (void)run_in_a_child(wait_for_work, &status);
    assert_int_equal(WEXITSTATUS(status), 8);
}

static void wait_for_ever_for_a_thread(struct end_watch *watch)
{
    pthread_t thread;
    end_watch_begin(watch, SIGTERM);
    if (pthread_create(&thread, NULL, wait_in_a_thread, NULL))
        _exit(96);
    pthread_join(thread, NULL);
}

static void a_thread_that_waits_is_no_work(void **state)
{
    (void)state;
    int status;
    const int64_t took = run_in_a_child(wait_for_ever_for_a_thread, &status);
    assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
    assert_in_range(took, END_WATCH_MS, END_WATCH_MS + LATER);
}

static void work_for_ever(struct end_watch *watch)
{
    end_watch_begin(watch, SIGTERM);
    compute(60000);
}

static void work_has_its_end_too(void **state)
{
    (void)state;
    int status;
    const int64_t took = run_in_a_child(work_for_ever, &status);
    assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
    assert_in_range(took, END_WATCH_WORK_MS, END_WATCH_WORK_MS + LATER);
}

/* Here, so that all of it is seen by whoever measures what tests run. */
static void nothing_is_watched_any_more(void **state)
{
    (void)state;
    sigset_t signals;
    block_signals(&signals);
    struct end_watch *watch = end_watch_new(&signals);
    assert_non_null(watch);
    end_watch_free(watch);
    watch = end_watch_new(&signals);
    end_watch_set_code(watch, 2);
    end_watch_begin(watch, SIGTERM);
    compute(END_WATCH_MS + 300);
    end_watch_free(watch);
    end_watch_begin(NULL, SIGTERM);
    end_watch_set_code(NULL, 1);
    end_watch_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_takes_the_signal),
        cmocka_unit_test(the_code_is_that_which_was_set),
        cmocka_unit_test(who_waits_is_woken),
        cmocka_unit_test(who_is_at_work_may_go_on),
        cmocka_unit_test(so_may_who_waits_for_work),
        cmocka_unit_test(a_thread_that_waits_is_no_work),
        cmocka_unit_test(work_has_its_end_too),
        cmocka_unit_test(nothing_is_watched_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
