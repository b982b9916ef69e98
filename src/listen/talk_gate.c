#include "listen/talk_gate.h"

/* Longer silence than this parts what is said: sentences of speakers and of a television follow
 * within a second or so. Whoever tries a command again waits to hear whether it was understood. */
#define NEAR_S 2.0

/* One utterance that was nothing may have been a failed try; two in a row are talk. */
#define CONFIDENCE_AFTER_ONE 0.8
#define CONFIDENCE_IN_TALK   0.97

static bool follows(const struct talk_gate *talk, double start_s)
{
    return talk->run > 0 && start_s - talk->last_end_s < NEAR_S;
}

void talk_gate_heard(struct talk_gate *talk, double start_s, double end_s, bool is_command)
{
    /* What is taken for a command in the middle of talk does not end it. */
    const int before = follows(talk, start_s) ? talk->run : 0;
    talk->run = is_command ? before : before + 1;
    talk->last_end_s = end_s;
}

double talk_gate_confidence(const struct talk_gate *talk, double start_s)
{
    if (!follows(talk, start_s))
        return 0;
    return talk->run == 1 ? CONFIDENCE_AFTER_ONE : CONFIDENCE_IN_TALK;
}
