/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standard_fds: no file that is opened later gets the number of one of the three. */
#include "base/mem.h"
#include "base/standard_fds.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

/* The three as they were, with numbers beyond them. */
static void keep(int saved[3])
{
    for (int fd = 0; fd < 3; fd++)
        saved[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static void put_back(const int saved[3])
{
    for (int fd = 0; fd < 3; fd++) {
        if (saved[fd] < 0)
            close(fd);
        else
            dup2(saved[fd], fd);
        if (saved[fd] >= 0)
            close(saved[fd]);
    }
}

/* Nothing may fail in between: what cmocka prints then would be lost. */
static void closed_ones_lead_nowhere(void **state)
{
    (void)state;
    static const int sets[] = {1, 2, 4, 3, 5, 6, 7};
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        int saved[3], result, next, ended = 0, refused = 1, dropped = 1;
        char byte;
        keep(saved);
        for (int fd = 0; fd < 3; fd++)
            if (sets[i] & 1 << fd)
                close(fd);
        result = standard_fds_open();
        next = open("/dev/null", O_RDONLY);
        if (sets[i] & 1)
            ended = (int)read(0, &byte, 1);
        if (sets[i] & 2)
            refused = write(1, "x", 1) < 0 && errno == EBADF;
        if (sets[i] & 4)
            dropped = write(2, "x", 1) == 1;
        close(next);
        put_back(saved);
        assert_int_equal(result, 0);
        assert_true(next > 2);
        assert_int_equal(ended, 0);
        assert_true(refused);
        assert_true(dropped);
    }
}

static void open_ones_stay_as_they_are(void **state)
{
    (void)state;
    int ends[2], saved[3], result;
    char byte = 0;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "y", 1), 1);
    keep(saved);
    dup2(ends[0], 0);
    result = standard_fds_open();
    const ssize_t got = read(0, &byte, 1);
    put_back(saved);
    close(ends[0]);
    close(ends[1]);
    assert_int_equal(result, 0);
    assert_int_equal(got, 1);
    assert_int_equal(byte, 'y');
}

/* Where not even /dev/null can be opened it is told. */
static void without_any_descriptor_it_fails(void **state)
{
    (void)state;
    int saved[3], result;
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    keep(saved);
    close(0);
    setrlimit(RLIMIT_NOFILE, &none);
    result = standard_fds_open();
    setrlimit(RLIMIT_NOFILE, &before);
    put_back(saved);
    assert_int_equal(result, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_ones_lead_nowhere),
        cmocka_unit_test(open_ones_stay_as_they_are),
        cmocka_unit_test(without_any_descriptor_it_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
