/*
 * record: what is kept of one learner in memory: where they are, and what is marked. Pure.
 *
 * Marks belong to a list: the list of a month for a section with a period ("2026-11"), else the
 * list without a month. progress.h puts a record on disk. Thread: main.
 */
#ifndef PASAPAS_RECORD_H
#define PASAPAS_RECORD_H

#include "date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mark_state { MARK_OPEN, MARK_DONE, MARK_NOT_NEEDED };

struct record_mark {
    char *guide;
    char *path;
    char *section;
    char *step;
    struct month month; /* year 0: no month */
    enum mark_state state;
    int64_t at; /* seconds since 1970-01-01 UTC */
};

/* Where the learner is in a guide; ids, not positions, so that an edited guide keeps its place. */
struct record_place {
    char *guide;
    char *path;
    char *section; /* NULL: choosing a section */
    char *step;    /* NULL: at the start of the section */
    bool finished; /* the path was heard to its end: nothing to resume */
    int64_t at;
};

/* A need that the learner did not have at hand in that month. */
struct record_missing {
    char *guide, *path, *section, *need;
    struct month month;
};

struct record {
    char *name;                  /* of the learner, as spoken */
    struct record_place *places; /* one per guide */
    size_t place_count, place_capacity;
    struct record_mark *marks; /* MARK_OPEN is never stored */
    size_t mark_count, mark_capacity;
    struct record_missing *missing;
    size_t missing_count, missing_capacity;
};

void record_init(struct record *record, const char *name);
void record_free(struct record *record); /* frees what it holds, not the struct */
void record_copy(struct record *record, const struct record *from); /* deep; `record` is fresh */

/* The place in a guide, or NULL if it was never opened. Valid until the next change. */
const struct record_place *record_place(const struct record *record, const char *guide);

/* Sets the place; `section` and `step` may be NULL. All texts are copied. */
void record_set_place(struct record *record, const char *guide, const char *path,
                      const char *section, const char *step, bool finished, int64_t at);

/* The mark of a step in a month's list, or NULL if it is open. Valid until the next change. */
const struct record_mark *record_mark(const struct record *record, const char *guide,
                                      const char *path, const char *section, const char *step,
                                      struct month month);

/* Marks a step, or opens it again with MARK_OPEN. All texts are copied. */
void record_set_mark(struct record *record, const char *guide, const char *path,
                     const char *section, const char *step, struct month month,
                     enum mark_state state, int64_t at);

bool record_is_missing(const struct record *record, const char *guide, const char *path,
                       const char *section, const char *need, struct month month);
void record_set_missing(struct record *record, const char *guide, const char *path,
                        const char *section, const char *need, struct month month, bool missing);

/*
 * The months, newest first, that have a mark or a missing need in a guide. Stores an array to be
 * freed with free() (NULL when empty) and returns its length.
 */
size_t record_months(const struct record *record, const char *guide, struct month **ret_months);

#endif
