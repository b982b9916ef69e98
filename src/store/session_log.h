/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_log: what a learner agrees to have written down of a session, for a trainer: what was
 * said, heard and not understood, and how long each step took.
 *
 * One file a session in the learner's own folder (learner_folder_path()), 0600:
 *     log-YYYYMMDD-HHMMSS.tsv (local time; -2, -3… if it is there already)
 * A first line names the columns; then a line each: time (clock_format_local()), ms since the
 * session began, kind, place ("section/step"), text. Kinds: said, heard, doubtful, not-understood,
 * and step (the text is how many ms the step of that place took). Tabs and line ends in a text are
 * spaces.
 * Nothing is written while a secret is being typed, nor how long that took: the caller does not
 * call then. Thread: main.
 */
#ifndef PASAPAS_STORE_SESSION_LOG_H
#define PASAPAS_STORE_SESSION_LOG_H

#include <stdint.h>

struct session_log;

/* A moment: seconds since 1970-01-01 UTC, and milliseconds since the clock began. */
struct session_log_time {
    int64_t seconds;
    int64_t milliseconds;
};

/* Makes the file in `folder`, which must be there. 0 or -1 with errno. */
int session_log_open(const char *folder, struct session_log_time now, struct session_log **ret_log);

/* Writes a line. `place` may be NULL. 0, or -1 with errno: the line may be lost. */
int session_log_write(struct session_log *log, struct session_log_time now, const char *kind,
                      const char *place, const char *text);

/* The learner is at `place` now, NULL: at none that may be told of. Writes how long the place
 * before it took, if it was another one. 0, or -1 with errno. */
int session_log_place(struct session_log *log, struct session_log_time now, const char *place);

/* 0, or -1 with errno: what was written may be lost. Accepts NULL. */
int session_log_close(struct session_log *log);

#endif
