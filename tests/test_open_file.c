/* SPDX-License-Identifier: GPL-3.0-or-later */
/* open_file: nobody is waited for, and what is there is written into, whatever it is. */
#include "base/mem.h"
#include "base/open_file.h"
#include "support/store.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char *root;
    char *path;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    fixture->path = xasprintf("%s/file", fixture->root);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    store_remove(fixture->root);
    free(fixture->path);
    free(fixture);
    return 0;
}

static void assert_holds(const struct fixture *fixture, const char *expected)
{
    char *text = store_read(fixture->path, NULL);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void what_is_not_there_is_not_read(void **state)
{
    const struct fixture *fixture = *state;
    assert_int_equal(open_file_to_read(fixture->path), -1);
    assert_int_equal(errno, ENOENT);
}

static void reading_and_writing_are_as_usual(void **state)
{
    const struct fixture *fixture = *state;
    store_write(fixture->path, "un", 2);
    const int fds[] = {open_file_to_read(fixture->path),
                       open_file_to_write(fixture->path, O_APPEND)};
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        assert_true(fds[i] >= 0);
        assert_int_equal(fcntl(fds[i], F_GETFL) & O_NONBLOCK, 0);
        assert_int_equal(fcntl(fds[i], F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
        close(fds[i]);
    }
}

static void a_new_file_is_its_owners_alone(void **state)
{
    const struct fixture *fixture = *state;
    struct stat status;
    const mode_t before = umask(0);
    const int fd = open_file_to_write(fixture->path, O_TRUNC);
    umask(before);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    close(fd);
}

static void what_is_there_is_added_to_or_begun_anew(void **state)
{
    const struct fixture *fixture = *state;
    store_write(fixture->path, "un", 2);
    FILE *file = open_file_stream_to_append(fixture->path);
    assert_non_null(file);
    fputs("deux", file);
    assert_int_equal(fclose(file), 0);
    assert_holds(fixture, "undeux");
    const int fd = open_file_to_write(fixture->path, O_TRUNC);
    assert_int_equal(write(fd, "x", 1), 1);
    close(fd);
    assert_holds(fixture, "x");
}

static void a_pipe_without_its_other_end_is_not_waited_for(void **state)
{
    const struct fixture *fixture = *state;
    char byte;
    assert_int_equal(mkfifo(fixture->path, 0600), 0);
    assert_int_equal(open_file_to_write(fixture->path, O_APPEND), -1);
    assert_int_equal(errno, ENXIO);
    assert_null(open_file_stream_to_append(fixture->path));
    assert_int_equal(errno, ENXIO);
    const int fd = open_file_to_read(fixture->path);
    assert_true(fd >= 0);
    assert_int_equal(read(fd, &byte, 1), 0);
    const int other = open_file_to_write(fixture->path, O_APPEND);
    assert_true(other >= 0);
    close(other);
    close(fd);
}

static void a_folder_is_not_written(void **state)
{
    const struct fixture *fixture = *state;
    assert_int_equal(open_file_to_write(fixture->root, O_APPEND), -1);
    assert_int_equal(errno, EISDIR);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_not_there_is_not_read),
        TEST(reading_and_writing_are_as_usual),
        TEST(a_new_file_is_its_owners_alone),
        TEST(what_is_there_is_added_to_or_begun_anew),
        TEST(a_pipe_without_its_other_end_is_not_waited_for),
        TEST(a_folder_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
