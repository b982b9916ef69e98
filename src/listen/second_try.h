/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * second_try: what was not understood, and is said again. Pure.
 *
 * Whoever was not understood says the same once more. Twice the same likeliest phrase is a reason
 * to ask whether it was meant, where one of them alone is none. A talk that goes on is no such
 * thing: a try stands alone (listen/talk_gate.h).
 */
#ifndef PASAPAS_LISTEN_SECOND_TRY_H
#define PASAPAS_LISTEN_SECOND_TRY_H

#include <stdbool.h>

struct heard;

/* Zeroed at the start. */
struct second_try {
    bool missed; /* the last one was not understood */
    int command, argument;
    double end_s; /* of the last one, seconds since listening began */
};

/* Takes what was heard (a HEARD_PHRASE) in a session: true if it is the second try at one command,
 * for heard_verdict(). */
bool second_try_heard(struct second_try *tries, const struct heard *heard);

#endif
