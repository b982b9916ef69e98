/*
 * input: the keyboard and the pipe: bytes in, keys and lines out.
 *
 * From a pipe or a file every line is a line. On a terminal single keys act without Enter (unless
 * turned off); Enter alone begins a line that is typed to its end and given with Enter. A word that
 * arrives together with its Enter (pasted, or typed by a pedal) is a line as well and does not act
 * letter by letter. Arrow keys and Escape have fixed meanings.
 *
 * The terminal is put back as it was by input_close(), and by input_suspend() before a stop.
 * Thread: main.
 */
#ifndef PASAPAS_INPUT_H
#define PASAPAS_INPUT_H

#include <stdbool.h>

struct input;

enum input_kind {
    INPUT_NOTHING, /* no more for now */
    INPUT_KEY,     /* `text`: one character, or a name: "left", "right", "up", "down", "escape",
                      "enter" (see input_set_enter_key()) */
    INPUT_LINE,    /* `text`: a line without its end; may be empty in a pipe */
    INPUT_END      /* end of input: no key or line will ever come */
};

/* Begins to read `fd`. On a terminal with `single_keys` it is set to give keys at once. */
struct input *input_open(int fd, bool single_keys);
void input_close(struct input *input);

/* From now on single keys act, or only lines; nothing changes without a terminal. */
void input_set_keys(struct input *input, bool single_keys);

/* With `on`, Enter alone is a key, "enter" (a switch), and begins no line. A word that arrives with
 * its Enter is a line all the same. */
void input_set_enter_key(struct input *input, bool on);

/* The descriptor to wait on, or -1 after the end. */
int input_fd(const struct input *input);
bool input_is_terminal(const struct input *input);

/* What is typed now is a line, from its first key (a name is asked for); or again keys, unless the
 * line is begun. Does nothing where keys do not act alone. */
void input_expect_line(struct input *input, bool line);

/* Reads what is there without waiting; call once per wake-up, then take all with input_next(). */
void input_read(struct input *input);

/* The next key or line. `ret_text` is valid until the next call; set for KEY and LINE only. */
enum input_kind input_next(struct input *input, const char **ret_text);

#endif
