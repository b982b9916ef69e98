/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * learner_record: what is kept of one learner in memory: where they are, and what is marked. Pure.
 *
 * Marks belong to a list: the list of a month for a section with a period ("2026-11"), else the
 * list without a month. store/learner_store.h puts a record on disk. Thread: main.
 */
#ifndef PASAPAS_MODEL_LEARNER_RECORD_H
#define PASAPAS_MODEL_LEARNER_RECORD_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mark_state { MARK_OPEN, MARK_DONE, MARK_NOT_NEEDED };

struct learner_record_mark {
    char *guide;
    char *path;
    char *section;
    char *step;
    struct month month; /* year 0: no month */
    enum mark_state state;
    int64_t at; /* seconds since 1970-01-01 UTC */
};

/* Where the learner is in a guide; ids, not positions, so that an edited guide keeps its place. */
struct learner_record_place {
    char *guide;
    char *path;
    char *section; /* NULL: choosing a section */
    char *step;    /* NULL: at the start of the section */
    bool finished; /* the path was heard to its end: nothing to resume */
    int64_t at;
};

/* What was answered about something to have at hand. */
enum need_state {
    NEED_OPEN, /* not asked yet, or not answered */
    NEED_AT_HAND,
    NEED_MISSING,    /* not yet at hand */
    NEED_NOT_NEEDED, /* the learner has no use for it this month */
    NEED_LEFT        /* the question was left */
};

/* The answer for a month; NEED_OPEN is never stored. */
struct learner_record_need {
    char *guide, *path, *section, *need;
    struct month month;
    enum need_state state;
};

struct learner_record {
    char *name;                          /* of the learner, as spoken */
    struct learner_record_place *places; /* one per guide */
    size_t place_count, place_capacity;
    struct learner_record_mark *marks; /* MARK_OPEN is never stored */
    size_t mark_count, mark_capacity;
    struct learner_record_need *needs;
    size_t need_count, need_capacity;
};

void learner_record_init(struct learner_record *record, const char *name);
void learner_record_free(struct learner_record *record); /* frees what it holds, not the struct */
void learner_record_copy(struct learner_record *record,
                         const struct learner_record *from); /* deep; `record` is fresh */

/* The place in a guide, or NULL if it was never opened. Valid until the next change. */
const struct learner_record_place *learner_record_place(const struct learner_record *record,
                                                        const char *guide);

/* The place where they were last, in whichever guide; NULL: nowhere yet. */
const struct learner_record_place *learner_record_latest_place(const struct learner_record *record);

/* Sets the place; `section` and `step` may be NULL. All texts are copied. */
void learner_record_set_place(struct learner_record *record, const char *guide, const char *path,
                              const char *section, const char *step, bool finished, int64_t at);

/* The mark of a step in a month's list, or NULL if it is open. Valid until the next change. */
const struct learner_record_mark *learner_record_mark(const struct learner_record *record,
                                                      const char *guide, const char *path,
                                                      const char *section, const char *step,
                                                      struct month month);

/* Marks a step, or opens it again with MARK_OPEN. All texts are copied. */
void learner_record_set_mark(struct learner_record *record, const char *guide, const char *path,
                             const char *section, const char *step, struct month month,
                             enum mark_state state, int64_t at);

/* What was answered about a need in a month. */
enum need_state learner_record_need(const struct learner_record *record, const char *guide,
                                    const char *path, const char *section, const char *need,
                                    struct month month);
/* Keeps an answer, or forgets it with NEED_OPEN. All texts are copied. */
void learner_record_set_need(struct learner_record *record, const char *guide, const char *path,
                             const char *section, const char *need, struct month month,
                             enum need_state state);

/*
 * The months, newest first, that have a mark or an answered need in a guide. Stores an array to be
 * freed with free() (NULL when empty) and returns its length.
 */
size_t learner_record_months(const struct learner_record *record, const char *guide,
                             struct month **ret_months);

#endif
