/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * visit: a session through a small guide of two paths, for tests that look at its effects: "chemin
 * alpha" and "chemin bravo", both with "partie une" (s1, s2 secret, s3) and "partie deux" (t1).
 */
#ifndef PASAPAS_TESTS_VISIT_H
#define PASAPAS_TESTS_VISIT_H

#include "dialogue/session/session.h"
#include "support/words.h"

#include <stdbool.h>

struct visit {
    struct words words;
    struct guide *guide;
    struct pack *pack;
    struct learner_record record;
    struct settings settings;
    struct voice_names voices; /* the pack's, if nothing else is set */
    struct session *session;
    struct dialogue dialogue;
    const struct settings *chosen; /* those of the last EFFECT_SETTINGS */
    struct effects effects;
};

/* For cmocka, where *state is a struct visit. */
int visit_set_up(void **state);
int visit_tear_down(void **state);

/* Begins a session at a step of "partie une". Also again, once visit->session is freed and NULL. */
void visit_begin(struct visit *visit, const char *step, bool speaks);
/* On 2026-12-01; `event.at` is seconds since the session began. */
void visit_send(struct visit *visit, struct event event);
void visit_command(struct visit *visit, enum command id);
/* Says a phrase; the test fails if it is not listened for now. */
void visit_say(struct visit *visit, const char *text);
/* Whether a phrase is listened for now. */
bool visit_hears(const struct visit *visit, const char *text);

/* Of the effects of the last event: where the first of a kind is, or -1; whether one says a text.
 */
int visit_position(const struct visit *visit, enum effect_kind kind);
bool visit_says(const struct visit *visit, const char *text);

#endif
