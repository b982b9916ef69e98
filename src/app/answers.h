/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answers: what a learner says, types and presses, as events for the dialogue that is held, and
 * what is to be written of it. Pure. Thread: one at a time.
 */
#ifndef PASAPAS_APP_ANSWERS_H
#define PASAPAS_APP_ANSWERS_H

#include "app/dialogue_stack.h"
#include "listen/second_try.h"

struct pack;
struct settings;

struct answer {
    bool given;         /* false: nothing is to be done */
    struct event event; /* its text is that of the answer */
    bool leave;         /* it is for the dialogue below: the one on top is to be left first */
    /* Owned, or NULL; to be freed by answer_free(). */
    char *written;    /* the transcript has it */
    char *text;       /* of the event */
    const char *note; /* what the session log calls it, if `written` does not say it; or NULL */
    bool missed;      /* almost a command: worth a sound */
};

/* Who answers whom. */
struct answers {
    const struct dialogue_stack *dialogues;
    const struct pack *pack;
    const struct settings *settings; /* keys, switches; now */
    bool is_private; /* what was typed or pressed may be a secret: CHANNEL_PRIVATE alone acts */
};

/* A line that was typed or came from elsewhere. */
struct answer answers_line(const struct answers *answers, const char *line);
/* A key as app/keyboard.h names it. */
struct answer answers_key(const struct answers *answers, const char *key);
/* A HEARD_PHRASE. `tries`: what was not understood before. `echo`: what is left of our own voice
 * may have been heard. */
struct answer answers_heard(const struct answers *answers, const struct heard *heard, bool echo,
                            struct second_try *tries);

/* One that stands for a command, with nothing to be written. */
struct answer answer_command(int command, int argument);
void answer_free(struct answer *answer); /* frees what it holds */

#endif
