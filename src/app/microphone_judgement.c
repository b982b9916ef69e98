/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/microphone_judgement.h"

#include "dsp/microphone.h"

/*
 * A microphone at arm's length gives a voice of -35 to -12 dB and a quiet room of -70 to -50 dB.
 * Commands were understood half as often at a clearness of 10 dB as without noise
 * (doc/recognition-experiments.md).
 */
#define NOISE_DB (-40.0) /* of the room alone */
#define CLEAR_DB 12.0    /* of a voice over the room, at least */
#define HEARD_DB 6.0     /* less: nobody spoke */
#define LOW_DB   (-42.0)

static enum microphone_state judge_quiet(const struct microphone_measure *measure)
{
    if (microphone_is_dead(measure))
        return MICROPHONE_MUTED;
    return measure->floor_db > NOISE_DB ? MICROPHONE_NOISE : MICROPHONE_FINE;
}

static enum microphone_state judge_voice(const struct microphone_measure *measure)
{
    const double over = measure->voice_db - measure->floor_db;
    if (microphone_is_dead(measure))
        return MICROPHONE_MUTED;
    if (measure->clipped > MICROPHONE_CLIPPED_MAX)
        return MICROPHONE_TOO_LOUD;
    if (over < HEARD_DB)
        return measure->floor_db > NOISE_DB ? MICROPHONE_NOISE : MICROPHONE_SILENT;
    if (measure->voice_db < LOW_DB)
        return MICROPHONE_TOO_LOW;
    return over < CLEAR_DB ? MICROPHONE_NOISE : MICROPHONE_FINE;
}

struct microphone_report microphone_judgement(const struct microphone_measure *measure)
{
    return (struct microphone_report){judge_quiet(measure), judge_voice(measure)};
}
