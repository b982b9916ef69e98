/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/echo_residue.h"

#include <math.h>

/* An echo dies away in the room by at least this much in a frame, dB: 60 dB in 0.8 s. */
#define DECAY_DB (60.0 * LISTENING_FRAME_MS / 800)

/* The share is learned where the echo is loud: elsewhere it is the room's noise that is left. */
#define LOUD_DB      20.0
#define FORGET_DB    0.01 /* of the loudest lately, each frame: 10 dB in 10 s */
#define MIN_DB       10.0 /* less is no echo, dB over one unit of amplitude */
#define FIRST_DB     (-6.0)
#define LEARNED      100
#define SHARE_MIN_DB (-70.0)

/* Of the frames so many have a smaller share, while a voice is heard in less than the others; what
 * is louder by the margin stands out: single frames vary by that much. */
#define QUANTILE  0.75
#define MARGIN_DB 12.0

void echo_residue_init(struct echo_residue *residue)
{
    *residue = (struct echo_residue){.echo_db = 0, .most_db = 0};
}

static void learn(struct echo_residue *residue, double share_db)
{
    const unsigned char bin =
        (unsigned char)fmax(0, fmin(ECHO_RESIDUE_BINS - 1, share_db - SHARE_MIN_DB));
    if (residue->count == ECHO_RESIDUE_FRAMES)
        residue->histogram[residue->recent[residue->next]]--;
    else
        residue->count++;
    residue->recent[residue->next] = bin;
    residue->next = (residue->next + 1) % ECHO_RESIDUE_FRAMES;
    residue->histogram[bin]++;
}

static double share_db(const struct echo_residue *residue)
{
    if (residue->count < LEARNED)
        return FIRST_DB;
    unsigned bin = 0, under = residue->histogram[0];
    while (bin + 1 < ECHO_RESIDUE_BINS && under < QUANTILE * residue->count)
        under += residue->histogram[++bin];
    return SHARE_MIN_DB + bin + 0.5;
}

bool echo_residue_stands_out(struct echo_residue *residue, double echo_db, double left_db)
{
    residue->echo_db = fmax(echo_db, residue->echo_db - DECAY_DB);
    residue->most_db = fmax(residue->echo_db, residue->most_db - FORGET_DB);
    const bool stands_out = left_db > residue->echo_db + share_db(residue) + MARGIN_DB;
    if (residue->echo_db > MIN_DB && residue->echo_db > residue->most_db - LOUD_DB)
        learn(residue, left_db - residue->echo_db);
    return stands_out || residue->echo_db <= MIN_DB;
}
