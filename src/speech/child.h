/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * child: a program with a pipe to it and one from it, which ends when it is told to or when its
 * parent does. It has no terminal and none of our other descriptors; what it complains of is
 * dropped. Thread: one at a time.
 */
#ifndef PASAPAS_SPEECH_CHILD_H
#define PASAPAS_SPEECH_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct child {
    pid_t id;          /* 0: none */
    int input, output; /* of it; -1: closed */
};

#define CHILD_NONE ((struct child){0, -1, -1})

/* Starts it: `arguments` ends with NULL, the first is a path or a name that is looked for as usual.
 * 0, or -1 with errno. That there is no such program is only seen by its end. */
int child_start(char *const arguments[], struct child *ret_child);
bool child_is_there(const struct child *child);

/* Writes all of it, which must not be more than a pipe holds, and closes the pipe. 0 or -1. */
int child_write(struct child *child, const char *bytes, size_t count);

/* Waits for its end, which it has announced by closing its output. 0 if it ended well. */
int child_end(struct child *child);
/* Ends it, with all that it started. Accepts none. */
void child_kill(struct child *child);

#endif
