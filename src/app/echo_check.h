/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * echo_check: the sound check while a session goes on: it begins, and some seconds later its result
 * is handed over. Thread: main.
 */
#ifndef PASAPAS_APP_ECHO_CHECK_H
#define PASAPAS_APP_ECHO_CHECK_H

struct echo_probe_result;
struct event_loop;
struct sound;

typedef void (*echo_check_function)(void *context, const struct echo_probe_result *result);

struct echo_check {
    struct event_loop *loop; /* these outlive it */
    struct sound *sound;
    echo_check_function done;
    void *context;
    int timer; /* -1: none is going on */
};

/* Plays and listens, then calls `done` with `context`. 0, or -1: it cannot be, or goes on already.
 */
int echo_check_start(struct echo_check *check);
void echo_check_close(struct echo_check *check);

#endif
