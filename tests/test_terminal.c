/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal: whoever ends the process, and however, the terminal is as it was before. */
#include "app/terminal.h"
#include "base/mem.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    int ours, its;
    struct termios before;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    struct winsize size = {.ws_col = 33, .ws_row = 4};
    assert_int_equal(openpty(&fixture->ours, &fixture->its, NULL, NULL, &size), 0);
    assert_int_equal(tcgetattr(fixture->its, &fixture->before), 0);
    setenv("TERM", "xterm", 1);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    close(fixture->ours);
    close(fixture->its);
    free(fixture);
    return 0;
}

static void assert_as_before(const struct fixture *fixture)
{
    struct termios now;
    assert_int_equal(tcgetattr(fixture->its, &now), 0);
    assert_int_equal(now.c_lflag, fixture->before.c_lflag);
    assert_int_equal(now.c_iflag, fixture->before.c_iflag);
    assert_memory_equal(now.c_cc, fixture->before.c_cc, sizeof now.c_cc);
}

/* What came out of it by now. */
static void assert_came(const struct fixture *fixture, const char *expected)
{
    char bytes[64] = "";
    fcntl(fixture->ours, F_SETFL, O_NONBLOCK);
    const ssize_t got = read(fixture->ours, bytes, sizeof bytes - 1);
    bytes[got < 0 ? 0 : got] = '\0';
    assert_string_equal(bytes, expected);
}

static void it_is_taken_and_given_back(void **state)
{
    struct fixture *fixture = *state;
    struct terminal terminal;
    struct termios now;
    terminal_open(&terminal, fixture->its);
    assert_true(terminal.is_terminal);
    assert_int_equal(terminal_columns(&terminal), 33);
    terminal_take(&terminal);
    assert_true(terminal.taken);
    assert_int_equal(tcgetattr(fixture->its, &now), 0);
    assert_int_equal(now.c_lflag & (ICANON | ECHO | ECHONL | IEXTEN), 0);
    assert_int_equal(now.c_lflag & ISIG, ISIG);
    assert_int_equal(now.c_iflag & (IXON | IXOFF), 0);
    assert_came(fixture, "\x1b[?2004h");
    terminal_give_back(&terminal);
    assert_false(terminal.taken);
    assert_as_before(fixture);
    assert_came(fixture, "\x1b[?2004l");
    /* Once is enough. */
    terminal_give_back(&terminal);
    terminal_give_back_at_once();
    assert_came(fixture, "");
}

static void what_was_typed_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    struct terminal terminal;
    struct pollfd typed = {.fd = fixture->its, .events = POLLIN};
    int waiting = 0;
    terminal_open(&terminal, fixture->its);
    terminal_take(&terminal);
    assert_int_equal(write(fixture->ours, "secret", 6), 6);
    assert_int_equal(poll(&typed, 1, 10000), 1);
    assert_int_equal(ioctl(fixture->its, FIONREAD, &waiting), 0);
    assert_int_equal(waiting, 6);
    terminal_forget_input(&terminal);
    assert_int_equal(ioctl(fixture->its, FIONREAD, &waiting), 0);
    assert_int_equal(waiting, 0);
    assert_int_equal(write(fixture->ours, "ls\r", 3), 3);
    assert_int_equal(poll(&typed, 1, 10000), 1);
    terminal_give_back(&terminal);
    assert_int_equal(ioctl(fixture->its, FIONREAD, &waiting), 0);
    assert_int_equal(waiting, 0);
}

static void marks_are_asked_of_those_who_know_them(void **state)
{
    struct fixture *fixture = *state;
    static const char *const without[] = {"dumb", "unknown", "", "linux", "vt52"};
    for (size_t i = 0; i < COUNT_OF(without); i++) {
        struct terminal terminal;
        setenv("TERM", without[i], 1);
        terminal_open(&terminal, fixture->its);
        assert_int_equal(terminal.simple, i < 3);
        terminal_take(&terminal);
        terminal_give_back(&terminal);
        assert_came(fixture, "");
    }
    unsetenv("TERM");
    struct terminal terminal;
    terminal_open(&terminal, fixture->its);
    assert_true(terminal.simple);
}

static void what_is_no_terminal_is_left_alone(void **state)
{
    (void)state;
    struct terminal terminal;
    int ends[2], waiting = 0;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "typed", 5), 5);
    terminal_open(&terminal, ends[0]);
    assert_false(terminal.is_terminal);
    assert_int_equal(terminal_columns(&terminal), 0);
    terminal_take(&terminal);
    assert_false(terminal.taken);
    terminal_give_back(&terminal);
    terminal_forget_input(&terminal);
    assert_int_equal(ioctl(ends[0], FIONREAD, &waiting), 0);
    assert_int_equal(waiting, 5);
    close(ends[0]);
    close(ends[1]);
}

/* --- however it ends -------------------------------------------------------------------------- */

/* As libraries do it who think that they may. */
static void leave(void)
{
    exit(3);
}

static void crash(void)
{
    raise(SIGSEGV);
}

static void give_up(void)
{
    raise(SIGABRT);
}

static int run_in_a_child(const struct fixture *fixture, void (*end)(void))
{
    int status = 0;
    const pid_t child = fork();
    if (!child) {
        struct terminal terminal;
        /* As the system has them: a sanitizer would have its own last word. */
        signal(SIGSEGV, SIG_DFL);
        signal(SIGABRT, SIG_DFL);
        terminal_open(&terminal, fixture->its);
        terminal_take(&terminal);
        struct termios now;
        if (tcgetattr(fixture->its, &now) || now.c_lflag & ECHO)
            _exit(99);
        end();
        _exit(98);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void it_is_given_back_when_somebody_calls_exit(void **state)
{
    struct fixture *fixture = *state;
    const int status = run_in_a_child(fixture, leave);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 3);
    assert_as_before(fixture);
    assert_came(fixture, "\x1b[?2004h\x1b[?2004l");
}

static void it_is_given_back_after_a_crash(void **state)
{
    struct fixture *fixture = *state;
    int status = run_in_a_child(fixture, crash);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSEGV);
    assert_as_before(fixture);
    status = run_in_a_child(fixture, give_up);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_as_before(fixture);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(it_is_given_back_when_somebody_calls_exit),
        TEST(it_is_given_back_after_a_crash),
        TEST(it_is_taken_and_given_back),
        TEST(what_was_typed_is_forgotten),
        TEST(marks_are_asked_of_those_who_know_them),
        TEST(what_is_no_terminal_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
