/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * journal: what is written of a session: the transcript, and, if the learner agreed, the session
 * log. Thread: main.
 */
#ifndef PASAPAS_APP_JOURNAL_H
#define PASAPAS_APP_JOURNAL_H

#include "app/transcript.h"
#include "base/clock.h"
#include "store/session_log.h"

struct journal {
    struct transcript transcript;
    struct session_log *log;   /* NULL: there is none */
    const struct clock *clock; /* outlives the journal */
    char *place;               /* see journal_set_place() */
    bool is_private;
    int log_error;
};

/* Begins to write on `screen` and to append to a file (`path`, or NULL). 0, or -1 with errno. */
int journal_open(struct journal *journal, const struct clock *clock, FILE *screen,
                 const char *path);
/* Accepts a zeroed one. 0, or the errno of the first line of the transcript that was lost, or of
 * the log and was not taken yet. */
int journal_close(struct journal *journal);
/* True once nobody reads the transcript any more: the terminal or the pipe was closed. */
bool journal_is_unread(const struct journal *journal);

/* From now on with a log in this folder, or with none (NULL). An open one goes on. */
void journal_log_in(struct journal *journal, const char *folder);
/* Why there is no log any more (an errno), told once; else 0. A log that cannot be written ends. */
int journal_take_log_error(struct journal *journal);

/* Where the learner is: "section/step" (copied), or NULL. While it is private nothing is logged. */
void journal_set_place(struct journal *journal, const char *place, bool is_private);
/* The learner stays there: the log has how long the place before took, if it was no private one. */
void journal_log_place(struct journal *journal);

/* A line that the assistant says. */
void journal_said(struct journal *journal, const char *text);
/* What the learner gave: see transcript_heard(). */
void journal_heard(struct journal *journal, const char *text, bool shown);
/* For the log alone: see store/session_log.h. */
void journal_note(struct journal *journal, const char *kind, const char *text);

#endif
