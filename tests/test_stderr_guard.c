/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stderr_guard: what a library prints while it is guarded is gone, and what this thread prints
 * before, after and beside it is not. */
#include "audio/stderr_guard.h"
#include "base/mem.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

/* Standard error goes into a file meanwhile; nothing may fail. */
struct caught {
    FILE *file;
    int error;
};

static struct caught begin(void)
{
    const struct caught caught = {tmpfile(), dup(STDERR_FILENO)};
    dup2(fileno(caught.file), STDERR_FILENO);
    return caught;
}

static void end(struct caught caught, char ret_text[200])
{
    dup2(caught.error, STDERR_FILENO);
    close(caught.error);
    rewind(caught.file);
    ret_text[fread(ret_text, 1, 199, caught.file)] = '\0';
    fclose(caught.file);
}

static void what_is_guarded_is_gone(void **state)
{
    (void)state;
    char text[200];
    struct caught caught = begin();
    dprintf(STDERR_FILENO, "before ");
    const int saved = stderr_guard_begin();
    dprintf(STDERR_FILENO, "meanwhile ");
    const int flags = fcntl(saved, F_GETFD);
    stderr_guard_end(saved);
    dprintf(STDERR_FILENO, "after");
    const int left = fcntl(saved, F_GETFD);
    end(caught, text);
    assert_string_equal(text, "before after");
    assert_int_equal(flags & FD_CLOEXEC, FD_CLOEXEC);
    assert_int_equal(left, -1);
}

/* With no descriptor to be had it stays as it is, and is not lost. */
static void without_a_descriptor_nothing_changes(void **state)
{
    (void)state;
    char text[200];
    struct rlimit before, none;
    struct caught caught = begin();
    getrlimit(RLIMIT_NOFILE, &before);
    none = before;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &none);
    const int saved = stderr_guard_begin();
    dprintf(STDERR_FILENO, "meanwhile ");
    stderr_guard_end(saved);
    setrlimit(RLIMIT_NOFILE, &before);
    dprintf(STDERR_FILENO, "after");
    end(caught, text);
    assert_string_equal(text, "meanwhile after");
}

static void *print_in_a_thread(void *context)
{
    (void)context;
    fprintf(stderr, "from a library's thread ");
    return NULL;
}

/* It cannot be undone: the last test of all. */
static void only_this_thread_is_heard(void **state)
{
    (void)state;
    char text[200];
    pthread_t thread;
    stderr_guard_threads();
    stderr_guard_threads();
    stderr_guard_alsa();
    struct caught caught = begin();
    fprintf(stderr, "from here ");
    if (!pthread_create(&thread, NULL, print_in_a_thread, NULL))
        pthread_join(thread, NULL);
    fprintf(stderr, "and here");
    end(caught, text);
    assert_string_equal(text, "from here and here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_guarded_is_gone),
        cmocka_unit_test(without_a_descriptor_nothing_changes),
        cmocka_unit_test(only_this_thread_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
