/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * end_watch: a process that was asked to end does end, wherever its main thread is.
 *
 * The main thread takes signals when it waits in its loop. It may wait elsewhere: for a pipe whose
 * reader sleeps, a file system that does not answer, a library. A thread of its own looks for
 * signals that nobody takes, and for what comes after one was taken: first it wakes the main thread
 * out of what it waits for (calls fail with EINTR), again and again, so that it can keep what there
 * is to keep; END_WATCH_MS after the signal it gives the terminal back and ends the process. A main
 * thread that is at work then, or waits for one of ours that is, gets END_WATCH_WORK_MS: it keeps
 * what it works on (the saying of a learner, a file that is being synced).
 *
 * What was confirmed is on disk before it is said, so that an end is never too early. Thread: main.
 */
#ifndef PASAPAS_APP_END_WATCH_H
#define PASAPAS_APP_END_WATCH_H

#include <signal.h>

#define END_WATCH_MS      900
#define END_WATCH_WORK_MS 5000

struct end_watch;

/* `signals`: those that end the process; blocked in all threads. NULL: there is no thread to be
 * had. */
struct end_watch *end_watch_new(const sigset_t *signals);

/* These accept NULL. */
/* One of the signals was taken: the process ends in time from now on. */
void end_watch_begin(struct end_watch *watch, int signal);
/* With which code, instead of 128 and the signal's number. */
void end_watch_set_code(struct end_watch *watch, int code);
/* Nothing is watched any more. */
void end_watch_free(struct end_watch *watch);

#endif
