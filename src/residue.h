/*
 * residue: tells somebody's voice from what an echo canceller leaves of the echo.
 *
 * The canceller leaves a nearly constant share of the echo: a filter that has not learned all of
 * the room, a loudspeaker that distorts. That share is measured frame by frame; what is louder than
 * it explains is somebody else. Levels in dB, of anything as long as it is the same. Pure.
 */
#ifndef PASAPAS_RESIDUE_H
#define PASAPAS_RESIDUE_H

#include <stdbool.h>

#define RESIDUE_FRAME_MS 10
#define RESIDUE_FRAMES   500 /* the share is that of the last five seconds of echo */
#define RESIDUE_BINS     100

struct residue {
    double echo_db; /* of the room, with its decay */
    double most_db; /* of the echo lately */
    unsigned char recent[RESIDUE_FRAMES];
    unsigned count, next;
    unsigned histogram[RESIDUE_BINS];
};

void residue_init(struct residue *residue);

/* A frame: the level of the echo as the filter takes it for, and that of what is left. True if what
 * is left is more than of the echo. */
bool residue_stands_out(struct residue *residue, double echo_db, double left_db);

#endif
