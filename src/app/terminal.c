/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/terminal.h"

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
    if (terminal->marks)
        terminal_write(terminal, sequence, strlen(sequence));
}

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
    tcsetattr(terminal->fd, TCSANOW, &raw);
    mark_pastes(terminal, true);
    terminal->taken = true;
}

void terminal_give_back(struct terminal *terminal)
{
    if (!terminal->taken || !is_in_front(terminal))
        return;
    mark_pastes(terminal, false);
    tcflush(terminal->fd, TCIFLUSH);
    tcsetattr(terminal->fd, TCSANOW, &terminal->before);
    terminal->taken = false;
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
