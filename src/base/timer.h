/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * timer: a descriptor that can be read once its time is up, for whoever waits with poll().
 *
 * Times are milliseconds of the system's monotonic clock: it never jumps, and it stands still while
 * the machine sleeps. Thread: any, one at a time for each timer. None of the functions waits.
 */
#ifndef PASAPAS_BASE_TIMER_H
#define PASAPAS_BASE_TIMER_H

#include <stdint.h>

/* That clock now, in ms. */
int64_t timer_now(void);

/* A timer at rest; -1 with errno if there is no descriptor to be had. The functions below accept
 * -1 and do nothing. */
int timer_open(void);
void timer_close(int timer);

/* Once, in `ms` from now; what was set before no longer counts. 0: at rest. */
void timer_start(int timer, int ms);
/* The same every `ms`, for the first time in `ms`. */
void timer_repeat(int timer, int ms);

/* To be called when it can be read: then it cannot, until its time is up again. */
void timer_clear(int timer);

#endif
