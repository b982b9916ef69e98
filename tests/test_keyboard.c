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
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

static void assert_next(struct keyboard *input, enum keyboard_kind kind, const char *text)
{
    const struct keyboard_input got = keyboard_next(input);
    assert_int_equal(got.kind, kind);
    if (text)
        assert_string_equal(got.text, text);
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

struct fixture {
    int program, person;
    struct termios before;
    struct keyboard *input;
};

static void set_terminal(struct fixture *fixture, const char *name, bool single_keys)
{
    setenv("TERM", name, 1);
    fixture->input = keyboard_open(fixture->program, single_keys);
    assert_true(keyboard_is_terminal(fixture->input));
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    const struct winsize size = {.ws_col = 40, .ws_row = 10};
    fixture->person = open_terminal(&fixture->program);
    tcgetattr(fixture->program, &fixture->before);
    ioctl(fixture->program, TIOCSWINSZ, &size);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    struct termios after;
    keyboard_close(fixture->input);
    tcgetattr(fixture->program, &after);
    assert_int_equal(fixture->before.c_lflag, after.c_lflag);
    assert_int_equal(fixture->before.c_iflag, after.c_iflag);
    close(fixture->program);
    close(fixture->person);
    free(fixture);
    return 0;
}

/* What was pressed at once. */
static void press(const struct fixture *fixture, const char *text)
{
    type(fixture->person, text);
    wait_for(keyboard_fd(fixture->input));
    keyboard_read(fixture->input);
}

/* What comes when nothing more is pressed. */
static void assert_later(const struct fixture *fixture, enum keyboard_kind kind, const char *text)
{
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    wait_for(keyboard_timer_fd(fixture->input));
    assert_next(fixture->input, kind, text);
}

/* All that was shown since. */
static void assert_shown(const struct fixture *fixture, const char *text)
{
    char got[512];
    ssize_t length = 0;
    struct pollfd wait = {.fd = fixture->person, .events = POLLIN};
    while (length < (ssize_t)sizeof got - 1 && poll(&wait, 1, 0) > 0) {
        const ssize_t more = read(fixture->person, got + length, sizeof got - 1 - (size_t)length);
        if (more <= 0)
            break;
        length += more;
    }
    got[length] = '\0';
    assert_string_equal(got, text);
}

static void pause_ms(int ms)
{
    poll(NULL, 0, ms);
}

/* --- words ------------------------------------------------------------------------------------ */

static void words_are_given_with_enter(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", false);
    press(fixture, "s");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    pause_ms(60);
    press(fixture, "uivé");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    assert_shown(fixture, "> suivé");
    press(fixture, "\x7f"
                   "ant\r");
    const struct keyboard_input line = keyboard_next(fixture->input);
    assert_int_equal(line.kind, KEYBOARD_LINE);
    assert_string_equal(line.text, "suivant");
    assert_true(line.shown);
    assert_false(line.is_private);
    /* What cannot take back writes once more. */
    assert_shown(fixture, "\r\n> suivant\r\n");
    /* Enter alone says nothing. */
    press(fixture, "\r");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    assert_shown(fixture, "");
}

static void arrows_and_escape_act_beside_words(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", false);
    press(fixture, "\x1b[C\x1b[D\x1bOA\x1b[B");
    assert_next(fixture->input, KEYBOARD_KEY, "right");
    assert_next(fixture->input, KEYBOARD_KEY, "left");
    assert_next(fixture->input, KEYBOARD_KEY, "up");
    assert_next(fixture->input, KEYBOARD_KEY, "down");
    /* An unknown sequence (F5, F1 of a console, Ctrl and an arrow) is no letters. */
    press(fixture, "\x1b[15~\x1b[[A\x1b[1;5C");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    /* One that comes in two parts is one. */
    press(fixture, "\x1b[");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, "C");
    assert_next(fixture->input, KEYBOARD_KEY, "right");
    press(fixture, "sui\x1b");
    assert_later(fixture, KEYBOARD_KEY, "escape");
    assert_shown(fixture, "> sui\r\n");
    press(fixture, "non\r");
    assert_next(fixture->input, KEYBOARD_LINE, "non");
}

/* Over a slow line: what was taken for Escape, or for nothing, has no second meaning. */
static void the_late_rest_of_an_arrow_is_nothing(void **state)
{
    struct fixture *fixture = *state;
    static const char *const tails[] = {"[C", "OA", "[1;5C", "[15~"};
    for (int single = 0; single < 2; single++) {
        set_terminal(fixture, "dumb", single);
        for (size_t i = 0; i < COUNT_OF(tails); i++) {
            press(fixture, "\x1b");
            assert_later(fixture, KEYBOARD_KEY, "escape");
            pause_ms(350);
            press(fixture, tails[i]);
            assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        }
        press(fixture, "\x1b[");
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        pause_ms(60);
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        press(fixture, "C");
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        assert_shown(fixture, "");
        if (single)
            break;
        /* What somebody types next is not its rest. */
        press(fixture, "\x1b");
        assert_later(fixture, KEYBOARD_KEY, "escape");
        press(fixture, "Oui\r");
        assert_next(fixture->input, KEYBOARD_LINE, "Oui");
        press(fixture, "\x1b");
        assert_later(fixture, KEYBOARD_KEY, "escape");
        pause_ms(520);
        press(fixture, "[A\r");
        assert_next(fixture->input, KEYBOARD_LINE, "[A");
        keyboard_close(fixture->input);
        assert_shown(fixture, "> Oui\r\n> [A\r\n");
    }
}

/* Its first byte came alone, and was taken for Escape: what is pasted is no keys all the same. */
static void a_paste_that_begins_late_is_a_paste(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "xterm", false);
    press(fixture, "\x1b");
    assert_later(fixture, KEYBOARD_KEY, "escape");
    press(fixture, "[200~un\rdeux\x1b[201~\r");
    assert_next(fixture->input, KEYBOARD_LINE, "un deux");
}

/* Longer than it has to be in UTF-8: no character. */
static void a_character_is_utf8(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", false);
    press(fixture, "a\xe0\x88\x88z\r");
    assert_next(fixture->input, KEYBOARD_LINE, "az");
}

static void a_line_is_edited(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "xterm", false);
    assert_shown(fixture, "\x1b[?2004h");
    press(fixture, "où est suis-\x17suis-j\x7f");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    assert_shown(fixture, "> où est suis-\b \b\b \b\b \b\b \b\b \bsuis-j\b \b");
    press(fixture, "\x15p\xc3\xa9\x7f\x7fnon\r");
    assert_next(fixture->input, KEYBOARD_LINE, "non");
    /* Backspaces do not go back over the edge. */
    press(fixture, "123456789012345678901234567890123456789\x7f");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, "\r");
    assert_next(fixture->input, KEYBOARD_LINE, "12345678901234567890123456789012345678");
}

static void a_line_being_typed_makes_room(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", false);
    press(fixture, "suiv");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    keyboard_step_aside(fixture->input);
    type(fixture->program, "Il est midi.\n");
    keyboard_step_aside(fixture->input);
    assert_shown(fixture, "> suiv\r\nIl est midi.\r\n");
    wait_for(keyboard_timer_fd(fixture->input));
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    assert_shown(fixture, "> suiv");
    /* What is typed meanwhile is not lost either. */
    keyboard_step_aside(fixture->input);
    press(fixture, "ant\r");
    assert_next(fixture->input, KEYBOARD_LINE, "suivant");
    assert_shown(fixture, "\r\n> suivant\r\n");
}

static void a_paste_waits_for_enter(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "xterm", true);
    press(fixture, "\x1b[200~sr\nq\x1b[C\n\x1b[201~");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, "\r");
    assert_next(fixture->input, KEYBOARD_LINE, "sr q ");
    /* One whose end never came does not keep Enter for good. */
    press(fixture, "\x1b[200~s");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    pause_ms(550);
    press(fixture, "\r");
    assert_next(fixture->input, KEYBOARD_LINE, "s");
}

static void ctrl_d_ends_it(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", false);
    press(fixture, "a\x04");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, "\x7f\x04");
    assert_next(fixture->input, KEYBOARD_END, NULL);
    assert_int_equal(keyboard_fd(fixture->input), -1);
}

/* --- single keys ------------------------------------------------------------------------------ */

static void single_keys_act_alone(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", true);
    press(fixture, "s");
    assert_later(fixture, KEYBOARD_KEY, "s");
    press(fixture, "é");
    assert_later(fixture, KEYBOARD_KEY, "é");
    press(fixture, "\x1b[C");
    assert_next(fixture->input, KEYBOARD_KEY, "right");
    /* A key that is held down is one key, and then nothing. */
    press(fixture, "sss");
    assert_later(fixture, KEYBOARD_NOTHING, NULL);
    press(fixture, "r");
    assert_later(fixture, KEYBOARD_KEY, "r");
    assert_shown(fixture, "");
}

static void a_burst_is_a_line(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", true);
    press(fixture, "sr");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    assert_shown(fixture, "> sr");
    pause_ms(60);
    press(fixture, "q\r");
    assert_next(fixture->input, KEYBOARD_LINE, "srq");
    /* Two reads, one burst; its arrows are no keys. */
    press(fixture, "s");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, "q\x1b[Cx\r");
    assert_next(fixture->input, KEYBOARD_LINE, "sqx");
    /* A pedal types the word and its Enter in one go. */
    press(fixture, "répéter\r");
    assert_next(fixture->input, KEYBOARD_LINE, "répéter");
}

static void enter_begins_a_line(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", true);
    press(fixture, "\r");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    assert_shown(fixture, "> ");
    press(fixture, "n");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, "\r");
    assert_next(fixture->input, KEYBOARD_LINE, "n");
    press(fixture, "\r\r");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, "s");
    assert_later(fixture, KEYBOARD_KEY, "s");
    /* A name is a line from its first letter. */
    keyboard_expect_line(fixture->input, true);
    press(fixture, "A");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, "\r");
    assert_next(fixture->input, KEYBOARD_LINE, "A");
}

static void single_keys_go_off_and_on(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", true);
    keyboard_set_keys(fixture->input, false);
    press(fixture, "s\n");
    assert_next(fixture->input, KEYBOARD_LINE, "s");
    keyboard_set_keys(fixture->input, true);
    press(fixture, "s");
    assert_later(fixture, KEYBOARD_KEY, "s");
}

static void a_digit_waits_for_a_second_one_where_there_are_so_many(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", true);
    keyboard_set_numbers(fixture->input, 9);
    press(fixture, "1");
    assert_later(fixture, KEYBOARD_KEY, "1");
    keyboard_set_numbers(fixture->input, 12);
    press(fixture, "1");
    assert_later(fixture, KEYBOARD_NOTHING, NULL);
    press(fixture, "0");
    assert_next(fixture->input, KEYBOARD_KEY, "10");
    /* There is no twenty: two is two. */
    press(fixture, "2");
    assert_later(fixture, KEYBOARD_KEY, "2");
    /* Both at once, Enter behind one, and one alone. */
    press(fixture, "11");
    assert_later(fixture, KEYBOARD_KEY, "11");
    press(fixture, "1");
    assert_later(fixture, KEYBOARD_NOTHING, NULL);
    press(fixture, "\r");
    assert_next(fixture->input, KEYBOARD_KEY, "1");
    press(fixture, "1");
    assert_later(fixture, KEYBOARD_NOTHING, NULL);
    assert_later(fixture, KEYBOARD_KEY, "1");
}

/* --- switches --------------------------------------------------------------------------------- */

static void switches_act_at_once(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", true);
    for (int single = 0; single < 2; single++) {
        keyboard_set_keys(fixture->input, single);
        keyboard_set_switches(fixture->input, true, true);
        press(fixture, "\r \r");
        assert_next(fixture->input, KEYBOARD_KEY, "enter");
        assert_next(fixture->input, KEYBOARD_KEY, " ");
        assert_next(fixture->input, KEYBOARD_KEY, "enter");
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    }
}

static void who_has_but_a_switch_is_not_caught_in_a_line(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", false);
    keyboard_set_switches(fixture->input, true, false);
    press(fixture, "ouvrir le site\r");
    assert_next(fixture->input, KEYBOARD_LINE, "ouvrir le site");
    press(fixture, "x ");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    press(fixture, " ");
    assert_next(fixture->input, KEYBOARD_KEY, " ");
    press(fixture, " ");
    assert_next(fixture->input, KEYBOARD_KEY, " ");
}

/* --- secrets ---------------------------------------------------------------------------------- */

static void assert_private(const struct fixture *fixture, const char *text)
{
    const struct keyboard_input line = keyboard_next(fixture->input);
    assert_int_equal(line.kind, KEYBOARD_LINE);
    assert_string_equal(line.text, text);
    assert_true(line.is_private);
    assert_false(line.shown);
}

static void a_secret_is_neither_shown_nor_a_key(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", true);
    for (int single = 0; single < 2; single++) {
        keyboard_set_keys(fixture->input, single);
        keyboard_set_private(fixture->input, true);
        press(fixture, "q");
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        pause_ms(60);
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        press(fixture, "\x1b[C\x1b[200~1\n\x1b[201~é\x7f\x04\r");
        assert_private(fixture, "q1 ");
        press(fixture, "\r\x1b[D");
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        press(fixture, "abc\x1b");
        assert_later(fixture, KEYBOARD_KEY, "escape");
        press(fixture, "ab\x7f\x7f");
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        keyboard_set_private(fixture->input, false);
        assert_shown(fixture, "");
        pause_ms(60);
        press(fixture, "oui\r");
        assert_next(fixture->input, KEYBOARD_LINE, "oui");
        assert_shown(fixture, "> oui\r\n");
    }
}

static void a_secret_stays_one_wherever_it_ends(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", true);
    for (int single = 0; single < 2; single++) {
        keyboard_set_keys(fixture->input, single);
        /* What leads away, and what came with it, some of it not read yet. */
        keyboard_set_private(fixture->input, true);
        press(fixture, "suivant\rhunter");
        assert_private(fixture, "suivant");
        type(fixture->person, "2\rq");
        wait_for(keyboard_fd(fixture->input));
        keyboard_set_private(fixture->input, false);
        assert_private(fixture, "hunter2");
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        /* A line that began there, ended by hand. */
        pause_ms(60);
        press(fixture, "s");
        assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
        press(fixture, "\r");
        assert_private(fixture, "qs");
        assert_shown(fixture, "");
    }
}

static void a_half_typed_line_becomes_private(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", false);
    press(fixture, "sui");
    assert_next(fixture->input, KEYBOARD_NOTHING, NULL);
    keyboard_set_private(fixture->input, true);
    press(fixture, "vant\r");
    assert_private(fixture, "suivant");
    assert_shown(fixture, "> sui\r\n");
}

static void nothing_is_left_for_the_shell(void **state)
{
    struct fixture *fixture = *state;
    set_terminal(fixture, "dumb", false);
    type(fixture->person, "uitter\r");
    wait_for(fixture->program);
    keyboard_rest(fixture->input);
    struct pollfd wait = {.fd = fixture->program, .events = POLLIN};
    assert_int_equal(poll(&wait, 1, 0), 0);
    /* Ctrl-Z and back. */
    keyboard_wake(fixture->input);
    press(fixture, "oui\r");
    assert_next(fixture->input, KEYBOARD_LINE, "oui");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pipe_gives_lines),
        TEST(words_are_given_with_enter),
        TEST(arrows_and_escape_act_beside_words),
        TEST(the_late_rest_of_an_arrow_is_nothing),
        TEST(a_paste_that_begins_late_is_a_paste),
        TEST(a_character_is_utf8),
        TEST(a_line_is_edited),
        TEST(a_line_being_typed_makes_room),
        TEST(a_paste_waits_for_enter),
        TEST(ctrl_d_ends_it),
        TEST(single_keys_act_alone),
        TEST(a_burst_is_a_line),
        TEST(enter_begins_a_line),
        TEST(single_keys_go_off_and_on),
        TEST(a_digit_waits_for_a_second_one_where_there_are_so_many),
        TEST(switches_act_at_once),
        TEST(who_has_but_a_switch_is_not_caught_in_a_line),
        TEST(a_secret_is_neither_shown_nor_a_key),
        TEST(a_secret_stays_one_wherever_it_ends),
        TEST(a_half_typed_line_becomes_private),
        TEST(nothing_is_left_for_the_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
