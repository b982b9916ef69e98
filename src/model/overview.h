/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * overview: how far a learner is in a guide: every step of their path with its mark. Pure.
 *
 * A section with a period has one list per month; `month` tells which one is shown. If none is
 * asked for, it is the newest that the learner has worked on, or the month that is open today if
 * that is newer; no month at all if there is neither, or if the last mark was made between two
 * windows, where marks belong to no month.
 * Thread: any.
 */
#ifndef PASAPAS_MODEL_OVERVIEW_H
#define PASAPAS_MODEL_OVERVIEW_H

#include "model/guide.h"
#include "model/learner_record.h"

#include <stdbool.h>
#include <stddef.h>

struct overview_step {
    const struct guide_section *section;
    const struct guide_step *step;
    int number; /* in its section, from 1 */
    enum mark_state state;
    int64_t at; /* when it was marked; 0 if open */
};

/* The record and the guide must outlive it. */
struct overview {
    const struct learner_record_place *place; /* NULL: not begun */
    const struct guide_path *path;            /* NULL: not begun, or no longer in the guide */
    const struct guide_section *section;      /* where the learner is, or NULL */
    int step;                                 /* the same, its number from 1, or 0 */
    struct month month;                       /* year 0: none */
    struct overview_step *steps;              /* every step of the path, in order */
    size_t step_count;
};

/* `month`: the one asked for, year 0 for the rule above. Free with overview_free(). */
void overview_init(struct overview *overview, const struct guide *guide,
                   const struct learner_record *record, struct month month, struct date today);
void overview_free(struct overview *overview);

/* True if the path was gone through to its end and every step is marked. */
bool overview_is_finished(const struct overview *overview);

/* How many steps of a section (NULL: of the path) are marked, done or not needed, and how many are
 * open. */
void overview_count(const struct overview *overview, const struct guide_section *section,
                    size_t *ret_marked, size_t *ret_open);

#endif
