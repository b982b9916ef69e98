/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_loop: the one place where the main thread waits.
 *
 * Descriptors (keyboard, listener, speaker, timers, socket) and signals are watched with poll();
 * each has a function that is called when there is something. With a step function the loop never
 * waits: it looks at the descriptors and then takes one step of simulated time.
 * Thread: main.
 */
#ifndef PASAPAS_APP_EVENT_LOOP_H
#define PASAPAS_APP_EVENT_LOOP_H

struct event_loop;

typedef void (*event_loop_function)(void *context);
/* `signal` is SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP or SIGCONT. */
typedef void (*event_loop_signal_function)(void *context, int signal);

/* Blocks these signals for this thread and those it starts later; they are told to `on_signal`
 * instead. From one of the first four on the process must end: see app/end_watch.h. NULL with
 * errno, and nothing blocked, if there is no descriptor to be had.
 */
struct event_loop *event_loop_new(event_loop_signal_function on_signal, void *context);
/* Accepts NULL; closes none of the descriptors. The signals do again what they did. */
void event_loop_free(struct event_loop *loop);

/* All that must be kept is kept: if the process has to be ended from now on, it ends with `code`.
 */
void event_loop_set_exit_code(struct event_loop *loop, int code);

/* Stops the process as SIGTSTP does, until it is continued; not at all where nobody could continue
 * it. */
void event_loop_suspend(void);

/* Calls `function` when `fd` can be read or has ended; as many as are wanted, each descriptor once.
 * Less than 0: nothing is watched. May be called from such a function, as the next one may. */
void event_loop_watch(struct event_loop *loop, int fd, event_loop_function function, void *context);
/* Before `fd` is closed. One that is not watched does no harm. */
void event_loop_unwatch(struct event_loop *loop, int fd);

/* Called before it waits for the first time, and each time that something was looked at, last of
 * all; NULL: nothing is. */
void event_loop_set_after(struct event_loop *loop, event_loop_function after, void *context);

/* Takes a step of simulated time after each look; NULL: waits for real. */
void event_loop_set_step(struct event_loop *loop, event_loop_function step, void *context);

/* Runs until event_loop_stop(). */
void event_loop_run(struct event_loop *loop);
void event_loop_stop(struct event_loop *loop);

#endif
