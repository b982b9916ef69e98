/*
 * loop: the one place where the main thread waits.
 *
 * Descriptors (keyboard, listener, speaker, socket) and signals are watched with poll(); each has a
 * function that is called when there is something. With a step function the loop never waits: it
 * looks at the descriptors and then takes one step of simulated time.
 * Thread: main.
 */
#ifndef PASAPAS_LOOP_H
#define PASAPAS_LOOP_H

#include <stdbool.h>

struct loop;

typedef void (*loop_function)(void *context);
/* `signal` is SIGINT, SIGTERM or SIGHUP. */
typedef void (*loop_signal_function)(void *context, int signal);

/* Blocks SIGINT, SIGTERM and SIGHUP for this thread and those it starts later; they are told to
 * `on_signal` instead. */
struct loop *loop_new(loop_signal_function on_signal, void *context);
void loop_free(struct loop *loop);

/* Calls `function` when `fd` can be read or has ended. */
void loop_watch(struct loop *loop, int fd, loop_function function, void *context);
void loop_unwatch(struct loop *loop, int fd);

/* Takes a step of simulated time after each look; NULL: waits for real. */
void loop_set_step(struct loop *loop, loop_function step, void *context);

/* Runs until loop_stop(). */
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop);

#endif
