/*
 * loop: the one place where the main thread waits.
 *
 * Descriptors (keyboard, listener, speaker, socket) and signals are watched with poll(); each has a
 * function that is called when there is something. With a step function the loop never waits: it
 * looks at the descriptors and then takes one step of simulated time.
 * Thread: main.
 */
#ifndef PASAPAS_APP_EVENT_LOOP_H
#define PASAPAS_APP_EVENT_LOOP_H

#include <stdbool.h>

struct event_loop;

typedef void (*loop_function)(void *context);
/* `signal` is SIGINT, SIGTERM or SIGHUP. */
typedef void (*loop_signal_function)(void *context, int signal);

/* Blocks SIGINT, SIGTERM and SIGHUP for this thread and those it starts later; they are told to
 * `on_signal` instead. */
struct event_loop *event_loop_new(loop_signal_function on_signal, void *context);
void event_loop_free(struct event_loop *loop);

/* Calls `function` when `fd` can be read or has ended. */
void event_loop_watch(struct event_loop *loop, int fd, loop_function function, void *context);
void event_loop_unwatch(struct event_loop *loop, int fd);

/* Takes a step of simulated time after each look; NULL: waits for real. */
void event_loop_set_step(struct event_loop *loop, loop_function step, void *context);

/* Runs until event_loop_stop(). */
void event_loop_run(struct event_loop *loop);
void event_loop_stop(struct event_loop *loop);

#endif
