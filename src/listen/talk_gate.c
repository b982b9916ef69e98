/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/talk_gate.h"

/* Longer silence than this parts what is said: sentences of speakers and of a television follow
 * within a second or so. Whoever tries a command again waits to hear whether it was understood. */
#define NEAR_S 2.0

static bool follows(const struct talk_gate *gate, double start_s)
{
    return gate->run > 0 && start_s - gate->last_end_s < NEAR_S;
}

void talk_gate_heard(struct talk_gate *gate, double start_s, double end_s, bool is_command)
{
    /* What is taken for a command in the middle of talk does not end it. */
    const int before = follows(gate, start_s) ? gate->run : 0;
    gate->run = is_command ? before : before + 1;
    gate->last_end_s = end_s;
}

int talk_gate_run(const struct talk_gate *gate, double start_s)
{
    return follows(gate, start_s) ? gate->run : 0;
}
