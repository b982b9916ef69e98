/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/pacing.h"

#include "model/settings.h"

/* What follows within this after the end of something that was not understood is its rest. */
#define REST_S 1.2
/* Longer talk is no command that was cut. */
#define COMMAND_S 3.0

/* The silence that was there, and some more. */
#define MARGIN_MS 60
/* A pause seen once is not the longest there will be, nor the usual one: grows by so much at most.
 */
#define GROW_MAX_MS 150
#define SHRINK_MS   10
/* One lucky phrase says little: so many in a row make it shrink. */
#define SHRINK_AFTER 8

static int clamp(int ms)
{
    return ms < LISTEN_PAUSE_MIN ? LISTEN_PAUSE_MIN : ms > LISTEN_PAUSE_MAX ? LISTEN_PAUSE_MAX : ms;
}

void pacing_init(struct pacing *pacing, int hangover_ms)
{
    *pacing = (struct pacing){clamp(hangover_ms), -1, 0};
}

static int grown(const struct pacing *pacing, double pause_s)
{
    const int wanted = (int)(pause_s * 1000) + MARGIN_MS;
    const int most = pacing->hangover_ms + GROW_MAX_MS;
    return clamp(wanted < most ? wanted : most);
}

bool pacing_heard(struct pacing *pacing, double start_s, double end_s, bool understood)
{
    const int before = pacing->hangover_ms;
    const double pause = start_s - pacing->last_end_s;
    const bool is_rest = pacing->last_end_s >= 0 && pause > 0 && pause < REST_S;
    const bool is_short = end_s - start_s < COMMAND_S;
    if (is_rest && is_short && grown(pacing, pause) > before)
        pacing->hangover_ms = grown(pacing, pause);
    else if (understood && (pacing->understood + 1) % SHRINK_AFTER == 0)
        pacing->hangover_ms = clamp(before - SHRINK_MS);
    pacing->understood = understood ? pacing->understood + 1 : 0;
    pacing->last_end_s = understood || !is_short ? -1 : end_s;
    return pacing->hangover_ms != before;
}
