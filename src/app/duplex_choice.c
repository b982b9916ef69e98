/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/duplex_choice.h"

#include "app/microphone_judgement.h"
#include "base/mem.h"
#include "base/messages.h"

#include <stdlib.h>

static const struct choice {
    enum settings_duplex duplex;
    enum message sentence;
} choices[] = {
    [ECHO_PROBE_MUTED] = {DUPLEX_AUTO, MSG_SOUND_CHECK_MUTED},
    [ECHO_PROBE_NO_ECHO] = {DUPLEX_HEADPHONES, MSG_SOUND_CHECK_NO_ECHO},
    [ECHO_PROBE_WEAK_ECHO] = {DUPLEX_ECHO, MSG_SOUND_CHECK_WEAK_ECHO},
    [ECHO_PROBE_LOUD_ECHO] = {DUPLEX_HALF, MSG_SOUND_CHECK_LOUD_ECHO},
    [ECHO_PROBE_LATE_ECHO] = {DUPLEX_HALF, MSG_SOUND_CHECK_LATE_ECHO},
};

enum settings_duplex duplex_choice(enum echo_probe_finding finding)
{
    return choices[finding].duplex;
}

char *duplex_choice_sentence(const struct messages *messages,
                             const struct echo_probe_result *result)
{
    char *choice = messages_format(messages, choices[result->finding].sentence);
    /* Nobody spoke. */
    const enum microphone_state quiet = microphone_judgement(&result->measure).quiet;
    const bool loud = quiet == MICROPHONE_FINE && result->measure.clipped > MICROPHONE_CLIPPED_MAX;
    if (quiet != MICROPHONE_NOISE && !loud)
        return choice;
    char *more = messages_format(messages, loud ? MSG_SOUND_CHECK_TOO_LOUD : MSG_SOUND_CHECK_NOISE);
    char *both = xasprintf("%s %s", more, choice);
    free(more);
    free(choice);
    return both;
}
