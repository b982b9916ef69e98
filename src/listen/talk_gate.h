/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * talk_gate: whether an utterance stands alone, as a command does, or in the middle of talk. Pure.
 *
 * People at a table, a radio, a television go on: what is said begins soon after what was said
 * before, and is no command either. Whoever gives a command is silent before it.
 *
 * Times are seconds of what was heard, from any beginning.
 */
#ifndef PASAPAS_LISTEN_TALK_GATE_H
#define PASAPAS_LISTEN_TALK_GATE_H

#include <stdbool.h>

struct talk_gate {
    double last_end_s; /* of what was heard last, if `run` is not 0 */
    int run;           /* utterances in a row that were no command, with little between them */
};

/* An utterance has been told: from when to when, and whether it was a command. `gate` begins as
 * all zeros. */
void talk_gate_heard(struct talk_gate *gate, double start_s, double end_s, bool is_command);

/* The utterances in a row that were no command right before one that began at `start_s`: 0 where it
 * stands alone. */
int talk_gate_run(const struct talk_gate *gate, double start_s);

#endif
