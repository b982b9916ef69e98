/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * live_state: what a session looks like just now, for those who look on: `pasapas state`, the page
 * on a projector, the desktop. Beside transcript and voice it listens to the same effects and
 * decides nothing. What was given is only known as far as the transcript has it, so nothing that is
 * typed at a private step can come here. Pure. Thread: main.
 */
#ifndef PASAPAS_APP_LIVE_STATE_H
#define PASAPAS_APP_LIVE_STATE_H

#include "dialogue/effect.h"
#include "dialogue/glance.h"
#include "reading/spoken_words.h"

#include <stdbool.h>
#include <stdint.h>

struct live_line {
    uint64_t number; /* of the utterance; 0: it is only written */
    enum utterance_kind kind;
    char *text;
};

/* Empty: {0}. */
struct live_state {
    struct live_line *lines; /* said since something replaced what was said before */
    size_t count, capacity;
    uint64_t last_number;
    char *heard; /* what the learner gave last, or NULL */
    bool paused;
};

/* What is asked of others at the moment when it is looked at. */
struct live_moment {
    const struct glance *glance;
    const char *guide;                 /* its id, or NULL */
    uint64_t utterance;                /* the number of the one that is being said; 0: none */
    struct spoken_part sentence, word; /* of its text; length 0: not known */
    bool speaking;                     /* something can be heard just now */
    bool listening;                    /* a voice can give commands */
    bool is_private;                   /* a secret may be typed elsewhere */
};

/* An utterance is said. Its number, for struct utterance. */
uint64_t live_state_say(struct live_state *state, const struct utterance *utterance);
/* Whatever of an effect is to be seen, but for what is said. */
void live_state_follow(struct live_state *state, const struct effect *effect);
/* What the learner gave, as the transcript has it. */
void live_state_heard(struct live_state *state, const char *text);
void live_state_free(struct live_state *state); /* frees what it holds, and empties it */

/* The text that is being said, or was said last; NULL before anything was. */
const struct live_line *live_state_line(const struct live_state *state, uint64_t utterance);

/* All of it as JSON, in one line; doc/state.md is its description. To be freed with free(). */
char *live_state_json(const struct live_state *state, const struct live_moment *moment);

#endif
