/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * glance: what is seen of a dialogue at a glance, beside what it says: where the learner is, what
 * can be said, and how far the lists of the months are. For whoever shows it (app/live_state.h).
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_GLANCE_H
#define PASAPAS_DIALOGUE_GLANCE_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

struct glance_phrase {
    char *phrase;
    char *key; /* the key that does the same, or NULL */
};

struct glance_month {
    char *name; /* "Actualisation de novembre" */
    char *text; /* its state in a line, as it is said */
    int marked, steps;
    bool is_open;
    struct date last_day; /* year 0: the clock is wrong */
    int days_left;        /* 0 on the last day, or when it is closed */
};

/* Empty: {0}. All texts are owned, or NULL. */
struct glance {
    /* Ids of the guide. */
    char *path, *section, *step;
    char *title;    /* of the section, else of the guide */
    char *where;    /* "Actualisation de novembre, sur ordinateur. Étape 2 sur 5. ..." */
    char *position; /* "Étape 2 sur 5." */
    int number, of; /* the same as numbers; 0: at no step */
    char *image;    /* of the step: its file's name in the guide, and what can be seen on it */
    char *alt;
    struct glance_phrase *phrases;
    size_t phrase_count, phrase_capacity;
    struct glance_month *months;
    size_t month_count, month_capacity;
};

/* One more phrase; both are copied. */
void glance_add_phrase(struct glance *glance, const char *phrase, const char *key);
/* One more month, to be filled in; valid until the next one. */
struct glance_month *glance_add_month(struct glance *glance);
void glance_free(struct glance *glance); /* frees what it holds, and empties it */

#endif
