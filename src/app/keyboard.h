/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keyboard: the keyboard and the pipe: bytes in, keys and lines out.
 *
 * From a pipe or a file every line is a line. On a terminal single keys act without Enter (unless
 * turned off); Enter alone begins a line that is typed to its end and given with Enter. A word that
 * arrives together with its Enter (pasted, or typed by a pedal) is a line as well and does not act
 * letter by letter. Arrow keys and Escape have fixed meanings.
 *
 * The terminal is put back as it was by keyboard_close().
 * Thread: main.
 */
#ifndef PASAPAS_APP_KEYBOARD_H
#define PASAPAS_APP_KEYBOARD_H

#include <stdbool.h>

struct keyboard;

enum keyboard_kind {
    KEYBOARD_NOTHING, /* no more for now */
    KEYBOARD_KEY,     /* `text`: one character, or a name: "left", "right", "up", "down", "escape",
                      "enter" (see keyboard_set_enter_key()) */
    KEYBOARD_LINE,    /* `text`: a line without its end; may be empty in a pipe */
    KEYBOARD_END      /* end of input: no key or line will ever come */
};

/* Begins to read `fd`. On a terminal with `single_keys` it is set to give keys at once. */
struct keyboard *keyboard_open(int fd, bool single_keys);
void keyboard_close(struct keyboard *input);

/* From now on single keys act, or only lines; nothing changes without a terminal. */
void keyboard_set_keys(struct keyboard *input, bool single_keys);

/* With `on`, Enter alone is a key, "enter" (a switch), and begins no line. A word that arrives with
 * its Enter is a line all the same. */
void keyboard_set_enter_key(struct keyboard *input, bool on);

/* The descriptor to wait on, or -1 after the end. */
int keyboard_fd(const struct keyboard *input);
bool keyboard_is_terminal(const struct keyboard *input);

/* What is typed now is a line, from its first key (a name is asked for); or again keys, unless the
 * line is begun. Does nothing where keys do not act alone. */
void keyboard_expect_line(struct keyboard *input, bool line);

/* Reads what is there without waiting; call once per wake-up, then take all with keyboard_next().
 */
void keyboard_read(struct keyboard *input);

/* The next key or line. `ret_text` is valid until the next call; set for KEY and LINE only. */
enum keyboard_kind keyboard_next(struct keyboard *input, const char **ret_text);

#endif
