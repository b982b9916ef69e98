/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * terminal: the terminal that the learner types at, as the program wants it while it runs, and as
 * it was before: bytes come at once and are not echoed, pastes come between marks, and nothing
 * typed is left for the shell.
 *
 * However the program ends, a crash and a library that calls exit() included, the terminal that was
 * taken is given back: there is one of a process.
 *
 * Its signals stay on: Ctrl-C ends the program whatever else happens. What belongs to another
 * program just now (a job in the background) is left alone. Thread: main.
 */
#ifndef PASAPAS_APP_TERMINAL_H
#define PASAPAS_APP_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

struct terminal {
    int fd;
    bool is_terminal;
    bool taken;  /* it is as the program wants it */
    bool simple; /* it can do nothing but write ("dumb"): nothing is taken back */
    bool marks;  /* it marks pastes if it is asked to */
    struct termios before;
};

/* Looks at a descriptor; nothing is changed yet. */
void terminal_open(struct terminal *terminal, int fd);
/* These do nothing where there is no terminal, and may be called again. */
void terminal_take(struct terminal *terminal);
void terminal_give_back(struct terminal *terminal);
/* The one that is taken, whoever has it, from any thread or handler of a signal. */
void terminal_give_back_at_once(void);
/* What cannot be written is no loss: it is only seen. */
void terminal_write(const struct terminal *terminal, const char *bytes, size_t length);
/* What was typed and not yet read is forgotten. */
void terminal_forget_input(const struct terminal *terminal);
/* Its columns, or 0 if it does not know. */
int terminal_columns(const struct terminal *terminal);

#endif
