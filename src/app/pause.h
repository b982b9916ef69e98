/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pause: a while that begins when all was said, in real time (a descriptor to wait on) or in
 * simulated time. Thread: main.
 */
#ifndef PASAPAS_APP_PAUSE_H
#define PASAPAS_APP_PAUSE_H

#include <stdbool.h>

struct pause {
    int timer;   /* readable when it is over; -1: only simulated time ends it */
    int left_ms; /* 0: none is going on */
};

/* Begins anew with `ms`; 0: there is none. */
void pause_begin(struct pause *pause, int ms);
/* Simulated time went on by `ms`: true if the pause is over now. */
bool pause_step(struct pause *pause, int ms);

#endif
