/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pacing: how much silence ends what a learner says, learned from how they speak.
 *
 * Whoever pauses inside a phrase is cut in two: something not understood is followed at once by
 * more. Then the silence grows. Whoever is understood again and again without such a pause is
 * answered a little sooner each time. Pure. Thread: one at a time.
 */
#ifndef PASAPAS_LISTEN_PACING_H
#define PASAPAS_LISTEN_PACING_H

#include <stdbool.h>

/*
 * Where the microphone cannot be listened to while the assistant speaks, it is silent this long
 * after each sentence, behind the echo's tail (ms): whoever wants to say "stop" waits for the
 * pause, begins some 300 to 500 ms into it, and 100 ms of a voice are needed to know of it, on a
 * busy machine a little more. Once somebody has begun, the silence lasts until they are understood.
 */
#define PACING_TURN_MS 800

struct pacing {
    int hangover_ms;
    double last_end_s; /* of what was not understood last; less than 0: nothing */
    int understood;    /* one after the other */
};

/* `hangover_ms`, as dsp/endpoint.h's, is clamped to LISTEN_PAUSE_MIN..LISTEN_PAUSE_MAX
 * (model/settings.h). */
void pacing_init(struct pacing *pacing, int hangover_ms);

/* Somebody spoke from `start_s` to `end_s`, in seconds that grow. True if the hangover changed. */
bool pacing_heard(struct pacing *pacing, double start_s, double end_s, bool understood);

#endif
