/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * transcript: everything said and heard, one line each, in order.
 *
 * What the assistant says is a line; what the learner said, typed or did by key is a line behind
 * "> ". Lines go to the terminal or pipe and, with --transcript, to a file as well. Append-only: no
 * cursor movement, no colour, no bell. Thread: main.
 */
#ifndef PASAPAS_APP_TRANSCRIPT_H
#define PASAPAS_APP_TRANSCRIPT_H

#include <stdbool.h>
#include <stdio.h>

struct transcript {
    /* Before anything is written on the screen; or NULL. */
    void (*before)(void *context);
    void *context;
    FILE *screen; /* not owned */
    FILE *file;   /* owned, or NULL */
    bool unread;  /* nobody reads the screen any more */
    int error;    /* errno of the first line that could not be written, or 0 */
};

/* Opens `path` (NULL: no file) for appending; a new file is its owner's alone. 0 or -1 with errno.
 */
int transcript_open(struct transcript *transcript, FILE *screen, const char *path);

/* A line that the assistant said. */
void transcript_said(struct transcript *transcript, const char *text);

/*
 * What the learner gave. `shown`: the terminal shows it already (a line was typed there), so it
 * goes to the file only.
 */
void transcript_heard(struct transcript *transcript, const char *text, bool shown);

/* Closes the file. 0, or the errno of the first thing that was lost. */
int transcript_close(struct transcript *transcript);

#endif
