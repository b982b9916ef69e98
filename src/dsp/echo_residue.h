/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * echo_residue: tells somebody's voice from what an echo canceller leaves of the echo.
 *
 * The canceller leaves a nearly constant share of the echo: a filter that has not learned all of
 * the room, a loudspeaker that distorts. That share is measured frame by frame; what is louder than
 * it explains is somebody else. Levels in dB, of anything as long as it is the same. Pure.
 */
#ifndef PASAPAS_DSP_ECHO_RESIDUE_H
#define PASAPAS_DSP_ECHO_RESIDUE_H

#include "dsp/listening_rate.h"

#include <stdbool.h>

#define ECHO_RESIDUE_FRAMES 500 /* the share is that of the last five seconds of echo */
#define ECHO_RESIDUE_BINS   100

struct echo_residue {
    double echo_db; /* of the room, with its decay */
    double most_db; /* of the echo lately */
    unsigned char recent[ECHO_RESIDUE_FRAMES];
    unsigned count, next;
    unsigned histogram[ECHO_RESIDUE_BINS];
};

void echo_residue_init(struct echo_residue *residue);

/* A frame: the level of the echo as the filter takes it for, and that of what is left. True if what
 * is left is more than of the echo. */
bool echo_residue_stands_out(struct echo_residue *residue, double echo_db, double left_db);

#endif
