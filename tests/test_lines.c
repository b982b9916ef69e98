/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines: every line of a text, or none. */
#include "base/lines.h"
#include "base/mem.h"
#include "support/store.h"

#include <errno.h>
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
    struct lines lines;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    fixture->path = xasprintf("%s/text", fixture->root);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    lines_free(&fixture->lines);
    store_remove(fixture->root);
    free(fixture->path);
    free(fixture);
    return 0;
}

static void assert_lines(struct fixture *fixture, const char *bytes, size_t length,
                         const char *const *expected)
{
    store_write(fixture->path, bytes, length);
    assert_int_equal(lines_read(fixture->path, LINES_BYTES_MAX, &fixture->lines), 0);
    for (; *expected; expected++) {
        const char *line = lines_next(&fixture->lines);
        assert_non_null(line);
        assert_string_equal(line, *expected);
    }
    assert_null(lines_next(&fixture->lines));
    assert_null(lines_next(&fixture->lines));
    lines_free(&fixture->lines);
}

static void lines_come_without_their_ends(void **state)
{
    struct fixture *fixture = *state;
    assert_lines(fixture, "", 0, (const char *[]){NULL});
    assert_lines(fixture, "\n", 1, (const char *[]){"", NULL});
    assert_lines(fixture, "\r\n\r\n", 4, (const char *[]){"", "", NULL});
    assert_lines(fixture, "un\ndeux\n", 8, (const char *[]){"un", "deux", NULL});
    assert_lines(fixture, "un\r\n\ndeux", 9, (const char *[]){"un", "", "deux", NULL});
    assert_lines(fixture, "u\rn\r", 4, (const char *[]){"u\rn", NULL});
    /* What is behind a NUL is left out, but not the next line. */
    assert_lines(fixture, "u\0x\nd", 5, (const char *[]){"u", "d", NULL});
}

static void what_is_too_long_is_not_read(void **state)
{
    struct fixture *fixture = *state;
    store_write(fixture->path, "12345678", 8);
    assert_int_equal(lines_read(fixture->path, 8, &fixture->lines), 0);
    lines_free(&fixture->lines);
    errno = 0;
    assert_int_equal(lines_read(fixture->path, 7, &fixture->lines), -1);
    assert_int_equal(errno, EFBIG);
    assert_null(fixture->lines.bytes.text);
}

static void what_cannot_be_read_says_why(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(lines_read(fixture->path, 8, &fixture->lines), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(lines_read(fixture->root, 8, &fixture->lines), -1);
    assert_int_equal(errno, EISDIR);
}

static void a_pipe_that_nobody_writes_into_is_empty(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mkfifo(fixture->path, 0600), 0);
    assert_int_equal(lines_read(fixture->path, 8, &fixture->lines), 0);
    assert_null(lines_next(&fixture->lines));
}

static void a_pipe_is_read_to_its_end(void **state)
{
    struct fixture *fixture = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "un\ndeux", 7), 7);
    close(ends[1]);
    char *path = xasprintf("/proc/self/fd/%d", ends[0]);
    assert_int_equal(lines_read(path, LINES_BYTES_MAX, &fixture->lines), 0);
    assert_string_equal(lines_next(&fixture->lines), "un");
    assert_string_equal(lines_next(&fixture->lines), "deux");
    close(ends[0]);
    free(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(lines_come_without_their_ends), TEST(what_is_too_long_is_not_read),
        TEST(what_cannot_be_read_says_why),  TEST(a_pipe_that_nobody_writes_into_is_empty),
        TEST(a_pipe_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
