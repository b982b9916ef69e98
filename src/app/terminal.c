/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/terminal.h"

#include "base/mem.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* True if TERM is one of these, ended by NULL; an unset one is "". */
static bool is_one_of(const char *const *names)
{
    const char *name = getenv("TERM");
    while (*names && strcmp(*names, name ? name : ""))
        names++;
    return *names;
}

void terminal_open(struct terminal *terminal, int fd)
{
    static const char *const simple[] = {"", "dumb", "unknown", NULL};
    static const char *const unmarked[] = {"linux", "vt52", NULL};
    *terminal = (struct terminal){.fd = fd, .simple = is_one_of(simple)};
    terminal->marks = !terminal->simple && !is_one_of(unmarked);
    terminal->is_terminal = isatty(fd) && !tcgetattr(fd, &terminal->before);
}

/* Whoever is not in front would be stopped by a change; one that is not ours has no front. */
static bool is_in_front(const struct terminal *terminal)
{
    const pid_t front = tcgetpgrp(terminal->fd);
    return front < 0 || front == getpgrp();
}

void terminal_write(const struct terminal *terminal, const char *bytes, size_t length)
{
    const ssize_t ignored = write(terminal->fd, bytes, length);
    (void)ignored;
}

static void mark_pastes(const struct terminal *terminal, bool on)
{
    const char *sequence = on ? "\x1b[?2004h" : "\x1b[?2004l";
    struct pollfd room = {.fd = terminal->fd, .events = POLLOUT};
    /* One that takes nothing any more must not hold up the end. */
    if (terminal->marks && poll(&room, 1, 0) == 1 && room.revents & POLLOUT)
        terminal_write(terminal, sequence, strlen(sequence));
}

/* --- however it ends -------------------------------------------------------------------------- */

/* What a handler of a signal is told is the signal: all else that it needs must be here. */
static struct terminal taken_one;
static atomic_bool is_taken;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};
static struct sigaction handled_before[COUNT_OF(crashes)];

static void restore(const struct terminal *terminal)
{
    tcflush(terminal->fd, TCIFLUSH);
    tcsetattr(terminal->fd, TCSANOW, &terminal->before);
    mark_pastes(terminal, false);
}

/* Calls only what a handler may call. */
void terminal_give_back_at_once(void)
{
    if (atomic_exchange(&is_taken, false) && is_in_front(&taken_one))
        restore(&taken_one);
}

/* Then it goes on as if nobody had handled it: the system, or a sanitizer, has the last word. */
static void on_crash(int signal)
{
    terminal_give_back_at_once();
    for (size_t i = 0; i < COUNT_OF(crashes); i++)
        if (crashes[i] == signal)
            sigaction(signal, &handled_before[i], NULL);
    raise(signal);
}

static void prepare_for_crashes(void)
{
    static bool done;
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
    if (done)
        return;
    done = true;
    atexit(terminal_give_back_at_once);
    for (size_t i = 0; i < COUNT_OF(crashes); i++)
        sigaction(crashes[i], &action, &handled_before[i]);
}

/* --- taking and giving back ------------------------------------------------------------------- */

void terminal_take(struct terminal *terminal)
{
    if (!terminal->is_terminal || !is_in_front(terminal))
        return;
    struct termios raw = terminal->before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
    /* Ctrl-S would make it silent without a word. */
    raw.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    prepare_for_crashes();
    taken_one = *terminal;
    atomic_store(&is_taken, true);
    tcsetattr(terminal->fd, TCSANOW, &raw);
    mark_pastes(terminal, true);
    terminal->taken = true;
}

void terminal_give_back(struct terminal *terminal)
{
    if (!terminal->taken || !is_in_front(terminal))
        return;
    restore(terminal);
    terminal->taken = false;
    atomic_store(&is_taken, false);
}

void terminal_forget_input(const struct terminal *terminal)
{
    if (terminal->is_terminal && is_in_front(terminal))
        tcflush(terminal->fd, TCIFLUSH);
}

int terminal_columns(const struct terminal *terminal)
{
    struct winsize size;
    return terminal->is_terminal && !ioctl(terminal->fd, TIOCGWINSZ, &size) ? size.ws_col : 0;
}
