/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input: lines from a pipe, keys and lines from a terminal (a pseudo-terminal). */
#include "app/keyboard.h"
#include "base/mem.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

static void assert_next(struct keyboard *input, enum keyboard_kind kind, const char *text)
{
    const char *got = "";
    assert_int_equal(keyboard_next(input, &got), kind);
    if (text)
        assert_string_equal(got, text);
}

static void type(int fd, const char *text)
{
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

static void a_pipe_gives_lines(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct keyboard *input = keyboard_open(ends[0], true);
    assert_false(keyboard_is_terminal(input));
    type(ends[1], "suivant\r\n\nrépé");
    keyboard_read(input);
    assert_next(input, KEYBOARD_LINE, "suivant");
    assert_next(input, KEYBOARD_LINE, "");
    assert_next(input, KEYBOARD_NOTHING, NULL);
    type(ends[1], "ter");
    close(ends[1]);
    keyboard_read(input);
    assert_next(input, KEYBOARD_NOTHING, NULL);
    keyboard_read(input);
    assert_next(input, KEYBOARD_LINE, "répéter");
    assert_next(input, KEYBOARD_END, NULL);
    assert_next(input, KEYBOARD_NOTHING, NULL);
    assert_int_equal(keyboard_fd(input), -1);
    keyboard_close(input);
    close(ends[0]);
}

/* A pseudo-terminal: the program's side is opened by input, the person's side is returned. */
static int open_terminal(int *ret_program)
{
    int person = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(person >= 0);
    assert_int_equal(grantpt(person), 0);
    assert_int_equal(unlockpt(person), 0);
    *ret_program = open(ptsname(person), O_RDWR | O_NOCTTY);
    assert_true(*ret_program >= 0);
    return person;
}

static void wait_for(int fd)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&wait, 1, 5000), 1);
}

static void press(struct keyboard *input, int person, const char *text)
{
    type(person, text);
    wait_for(keyboard_fd(input));
    keyboard_read(input);
}

static void a_terminal_gives_keys_at_once(void **state)
{
    (void)state;
    int program, person = open_terminal(&program);
    struct termios before, after;
    tcgetattr(program, &before);
    struct keyboard *input = keyboard_open(program, true);
    assert_true(keyboard_is_terminal(input));
    press(input, person, "s");
    assert_next(input, KEYBOARD_KEY, "s");
    assert_next(input, KEYBOARD_NOTHING, NULL);
    press(input, person, "é");
    assert_next(input, KEYBOARD_KEY, "é");
    press(input, person, "\x1b[C\x1b[D\x1b[A\x1b[B");
    assert_next(input, KEYBOARD_KEY, "right");
    assert_next(input, KEYBOARD_KEY, "left");
    assert_next(input, KEYBOARD_KEY, "up");
    assert_next(input, KEYBOARD_KEY, "down");
    press(input, person, "\x1b");
    assert_next(input, KEYBOARD_KEY, "escape");
    /* An unknown sequence (F5) is no letters. */
    press(input, person, "\x1b[15~s");
    assert_next(input, KEYBOARD_KEY, "s");
    /* Two keys pressed fast are two keys. */
    press(input, person, "sr");
    assert_next(input, KEYBOARD_KEY, "s");
    assert_next(input, KEYBOARD_KEY, "r");
    keyboard_close(input);
    tcgetattr(program, &after);
    assert_int_equal(before.c_lflag, after.c_lflag);
    close(program);
    close(person);
}

static void a_terminal_gives_lines_after_enter(void **state)
{
    (void)state;
    int program, person = open_terminal(&program);
    struct keyboard *input = keyboard_open(program, true);
    press(input, person, "\r");
    assert_next(input, KEYBOARD_NOTHING, NULL);
    press(input, person, "suivé");
    assert_next(input, KEYBOARD_NOTHING, NULL);
    press(input, person, "\x7f");
    assert_next(input, KEYBOARD_NOTHING, NULL);
    press(input, person, "ant\r");
    assert_next(input, KEYBOARD_LINE, "suivant");
    /* A pedal types the word and its Enter in one go. */
    press(input, person, "répéter\r");
    assert_next(input, KEYBOARD_LINE, "répéter");
    press(input, person, "s");
    assert_next(input, KEYBOARD_KEY, "s");
    keyboard_close(input);
    close(program);
    close(person);
}

static void single_keys_can_be_turned_off(void **state)
{
    (void)state;
    int program, person = open_terminal(&program);
    struct keyboard *input = keyboard_open(program, false);
    press(input, person, "s\n");
    assert_next(input, KEYBOARD_LINE, "s");
    keyboard_close(input);
    close(program);
    close(person);
}

static void single_keys_go_off_and_on(void **state)
{
    (void)state;
    int program, person = open_terminal(&program);
    struct keyboard *input = keyboard_open(program, true);
    keyboard_set_keys(input, false);
    press(input, person, "s\n");
    assert_next(input, KEYBOARD_LINE, "s");
    keyboard_set_keys(input, true);
    press(input, person, "s");
    assert_next(input, KEYBOARD_KEY, "s");
    keyboard_close(input);
    close(program);
    close(person);
}

static void enter_may_be_a_switch(void **state)
{
    (void)state;
    int program, person = open_terminal(&program);
    struct keyboard *input = keyboard_open(program, true);
    keyboard_set_enter_key(input, true);
    press(input, person, "\r \r");
    assert_next(input, KEYBOARD_KEY, "enter");
    assert_next(input, KEYBOARD_KEY, " ");
    assert_next(input, KEYBOARD_KEY, "enter");
    assert_next(input, KEYBOARD_NOTHING, NULL);
    keyboard_close(input);
    close(program);
    close(person);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pipe_gives_lines),
        cmocka_unit_test(a_terminal_gives_keys_at_once),
        cmocka_unit_test(a_terminal_gives_lines_after_enter),
        cmocka_unit_test(enter_may_be_a_switch),
        cmocka_unit_test(single_keys_go_off_and_on),
        cmocka_unit_test(single_keys_can_be_turned_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
