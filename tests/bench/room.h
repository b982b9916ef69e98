/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * room: simulated rooms for the benches: what a microphone hears of a sound somewhere else in a
 * room. Pure. Thread: any.
 *
 * The image-source model of Allen and Berkley (JASA 65, 1979): a box whose walls all reflect alike;
 * each image of the source adds its pressure, reflected so many times, after its distance.
 */
#ifndef BENCH_ROOM_H
#define BENCH_ROOM_H

#include <stddef.h>

#define ROOM_COUNT 6

struct room {
    const char *name;
    double size[3]; /* metres; so are all places, from one corner */
    double rt60;    /* seconds until sound has decayed by 60 dB */
    double speaker[3], microphone[3];
    double person[3]; /* the mouth of who sits or stands there */
};

extern const struct room rooms[ROOM_COUNT];

/* What the room's microphone hears at `rate` Hz of an impulse at `from`; a metre away it would be 1
 * without the walls. The walls' reflection follows from RT60 by Eyring's formula; cut where it has
 * decayed by 45 dB. To be freed. */
float *room_response(const struct room *room, const double from[3], int rate, size_t *ret_length);

/* `samples` as they come through `response` and `delay` samples later; what would come after
 * `count` is lost. */
void room_convolve(float *samples, size_t count, const float *response, size_t length,
                   size_t delay);

#endif
