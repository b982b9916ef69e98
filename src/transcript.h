/*
 * transcript: everything said and heard, one line each, in order.
 *
 * What the assistant says is a line; what the learner said, typed or did by key is a line behind
 * "> ". Lines go to the terminal or pipe and, with --transcript, to a file as well. Append-only: no
 * cursor movement, no colour, no bell. Thread: main.
 */
#ifndef PASAPAS_TRANSCRIPT_H
#define PASAPAS_TRANSCRIPT_H

#include <stdbool.h>
#include <stdio.h>

struct transcript {
    FILE *screen; /* not owned */
    FILE *file;   /* owned, or NULL */
    bool failed;  /* something could not be written */
};

/* Opens `path` (NULL: no file) for appending. 0 or -1 with errno. */
int transcript_open(struct transcript *transcript, FILE *screen, const char *path);

/* A line that the assistant said. */
void transcript_said(struct transcript *transcript, const char *text);

/*
 * What the learner gave. `shown`: the terminal shows it already (a line was typed there), so it
 * goes to the file only.
 */
void transcript_heard(struct transcript *transcript, const char *text, bool shown);

/* Flushes and closes the file. 0, or -1 if anything was lost on the way. */
int transcript_close(struct transcript *transcript);

#endif
