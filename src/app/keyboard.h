/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keyboard: the keyboard and the pipe: bytes in, keys and lines out.
 *
 * From a pipe or a file every line is a line. On a terminal what is typed is a line as well, shown
 * as it is typed and given with Enter; arrows and Escape are keys that act at once, and so are
 * Space and Enter where they are switches. With single keys each character is a key; Enter begins a
 * line then, and so does whatever comes faster than a hand types (a paste, a pedal): that is never
 * a key.
 *
 * While what is typed may be a secret (keyboard_set_private()) it is neither shown nor a key: it is
 * a line, marked as private. So is all that was typed by then, in the same line or the same burst,
 * wherever it ends.
 *
 * The terminal is as it was after keyboard_rest() and keyboard_close(). Thread: main.
 */
#ifndef PASAPAS_APP_KEYBOARD_H
#define PASAPAS_APP_KEYBOARD_H

#include <stdbool.h>

struct keyboard;

enum keyboard_kind {
    KEYBOARD_NOTHING, /* no more for now */
    KEYBOARD_KEY,     /* `text`: one character, a number, or a name: "left", "right", "up", "down",
                      "escape", "enter" (see keyboard_set_switches()) */
    KEYBOARD_LINE,    /* `text`: a line without its end; may be empty in a pipe */
    KEYBOARD_END      /* end of input: no key or line will ever come */
};

struct keyboard_input {
    enum keyboard_kind kind;
    const char *text; /* valid until the next one */
    bool is_private;  /* it may be, or hold, a secret */
    bool shown;       /* it stands on the terminal already */
};

/* Begins to read `fd`. A terminal is taken over from now on. */
struct keyboard *keyboard_open(int fd, bool single_keys);
void keyboard_close(struct keyboard *input);

/* From now on single keys act, or lines; nothing changes without a terminal. */
void keyboard_set_keys(struct keyboard *input, bool single_keys);
/* Space, or Enter, alone is a key: a switch, or "listen to me". Two spaces together are that key
 * behind typed text, too, which is then forgotten: who has nothing but that key goes on. */
void keyboard_set_switches(struct keyboard *input, bool space, bool enter);
/* A digit that may begin one of the numbers up to `highest` waits for a second one, with single
 * keys: a moment, or until Enter. */
void keyboard_set_numbers(struct keyboard *input, int highest);
/* What is typed now is a line also with single keys, from its first key (a name is asked for). */
void keyboard_expect_line(struct keyboard *input, bool line);
/* What is typed may be a secret, from now on, or no longer. */
void keyboard_set_private(struct keyboard *input, bool is_private);

/* The descriptor to wait on, or -1 after the end; and one for what comes without a key (-1: none):
 * keyboard_next() is to be called. */
int keyboard_fd(const struct keyboard *input);
int keyboard_timer_fd(const struct keyboard *input);
bool keyboard_is_terminal(const struct keyboard *input);

/* Takes in what there is, without waiting. To be called once keyboard_next() gave NOTHING. */
void keyboard_read(struct keyboard *input);
struct keyboard_input keyboard_next(struct keyboard *input);

/* Something else is going to be written on the terminal: a line that is being typed makes room, and
 * is shown again behind it a moment later. */
void keyboard_step_aside(struct keyboard *input);

/* The terminal is given back, for a while or for good, and taken again. Both accept NULL. */
void keyboard_rest(struct keyboard *input);
void keyboard_wake(struct keyboard *input);

#endif
