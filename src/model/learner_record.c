/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/learner_record.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* --- small things ------------------------------------------------------------------------- */

static char *copy(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

static void place_free(struct learner_record_place *place)
{
    free(place->guide);
    free(place->path);
    free(place->section);
    free(place->step);
}

static void mark_free(struct learner_record_mark *mark)
{
    free(mark->guide);
    free(mark->path);
    free(mark->section);
    free(mark->step);
}

static void missing_free(struct learner_record_missing *missing)
{
    free(missing->guide);
    free(missing->path);
    free(missing->section);
    free(missing->need);
}

/* --- the whole ---------------------------------------------------------------------------- */

void learner_record_init(struct learner_record *record, const char *name)
{
    *record = (struct learner_record){.name = xstrdup(name)};
}

void learner_record_free(struct learner_record *record)
{
    if (!record)
        return;
    for (size_t i = 0; i < record->place_count; i++)
        place_free(&record->places[i]);
    for (size_t i = 0; i < record->mark_count; i++)
        mark_free(&record->marks[i]);
    for (size_t i = 0; i < record->missing_count; i++)
        missing_free(&record->missing[i]);
    free(record->places);
    free(record->marks);
    free(record->missing);
    free(record->name);
    *record = (struct learner_record){0};
}

void learner_record_copy(struct learner_record *record, const struct learner_record *from)
{
    learner_record_init(record, from->name);
    for (size_t i = 0; i < from->place_count; i++) {
        const struct learner_record_place *place = &from->places[i];
        learner_record_set_place(record, place->guide, place->path, place->section, place->step,
                                 place->finished, place->at);
    }
    for (size_t i = 0; i < from->mark_count; i++) {
        const struct learner_record_mark *mark = &from->marks[i];
        learner_record_set_mark(record, mark->guide, mark->path, mark->section, mark->step,
                                mark->month, mark->state, mark->at);
    }
    for (size_t i = 0; i < from->missing_count; i++) {
        const struct learner_record_missing *missing = &from->missing[i];
        learner_record_set_missing(record, missing->guide, missing->path, missing->section,
                                   missing->need, missing->month, true);
    }
}

/* --- places ------------------------------------------------------------------------------- */

static struct learner_record_place *find_place(const struct learner_record *record,
                                               const char *guide)
{
    for (size_t i = 0; i < record->place_count; i++)
        if (!strcmp(record->places[i].guide, guide))
            return &record->places[i];
    return NULL;
}

const struct learner_record_place *learner_record_place(const struct learner_record *record,
                                                        const char *guide)
{
    return find_place(record, guide);
}

const struct learner_record_place *learner_record_latest_place(const struct learner_record *record)
{
    const struct learner_record_place *latest = NULL;
    for (size_t i = 0; i < record->place_count; i++)
        if (!latest || record->places[i].at > latest->at)
            latest = &record->places[i];
    return latest;
}

static struct learner_record_place *add_place(struct learner_record *record)
{
    record->places = mem_grow(record->places, &record->place_capacity, record->place_count + 1,
                              sizeof *record->places);
    return &record->places[record->place_count++];
}

void learner_record_set_place(struct learner_record *record, const char *guide, const char *path,
                              const char *section, const char *step, bool finished, int64_t at)
{
    /* The copies come first: the texts may be those of the place that is replaced. */
    struct learner_record_place fresh = {
        xstrdup(guide), xstrdup(path), copy(section), copy(step), finished, at,
    };
    struct learner_record_place *place = find_place(record, guide);
    if (place)
        place_free(place);
    else
        place = add_place(record);
    *place = fresh;
}

/* --- marks -------------------------------------------------------------------------------- */

static bool is_mark(const struct learner_record_mark *mark, const char *guide, const char *path,
                    const char *section, const char *step, struct month month)
{
    return !month_compare(mark->month, month) && !strcmp(mark->step, step) &&
           !strcmp(mark->section, section) && !strcmp(mark->path, path) &&
           !strcmp(mark->guide, guide);
}

/* From the newest: what is asked for is nearly always in the current month. */
static struct learner_record_mark *find_mark(const struct learner_record *record, const char *guide,
                                             const char *path, const char *section,
                                             const char *step, struct month month)
{
    for (size_t i = record->mark_count; i-- > 0;)
        if (is_mark(&record->marks[i], guide, path, section, step, month))
            return &record->marks[i];
    return NULL;
}

const struct learner_record_mark *learner_record_mark(const struct learner_record *record,
                                                      const char *guide, const char *path,
                                                      const char *section, const char *step,
                                                      struct month month)
{
    return find_mark(record, guide, path, section, step, month);
}

static void remove_mark(struct learner_record *record, struct learner_record_mark *mark)
{
    mark_free(mark);
    size_t after = (size_t)(record->marks + record->mark_count - (mark + 1));
    memmove(mark, mark + 1, after * sizeof *mark);
    record->mark_count--;
}

static struct learner_record_mark *add_mark(struct learner_record *record)
{
    record->marks = mem_grow(record->marks, &record->mark_capacity, record->mark_count + 1,
                             sizeof *record->marks);
    return &record->marks[record->mark_count++];
}

void learner_record_set_mark(struct learner_record *record, const char *guide, const char *path,
                             const char *section, const char *step, struct month month,
                             enum mark_state state, int64_t at)
{
    struct learner_record_mark *mark = find_mark(record, guide, path, section, step, month);
    if (mark && state == MARK_OPEN) {
        remove_mark(record, mark);
    } else if (mark) {
        mark->state = state;
        mark->at = at;
    } else if (state != MARK_OPEN) {
        struct learner_record_mark fresh = {
            xstrdup(guide), xstrdup(path), xstrdup(section), xstrdup(step), month, state, at};
        *add_mark(record) = fresh;
    }
}

/* --- needs -------------------------------------------------------------------------------- */

static struct learner_record_missing *find_missing(const struct learner_record *record,
                                                   const char *guide, const char *path,
                                                   const char *section, const char *need,
                                                   struct month month)
{
    for (size_t i = 0; i < record->missing_count; i++) {
        struct learner_record_missing *missing = &record->missing[i];
        if (!month_compare(missing->month, month) && !strcmp(missing->need, need) &&
            !strcmp(missing->section, section) && !strcmp(missing->path, path) &&
            !strcmp(missing->guide, guide))
            return missing;
    }
    return NULL;
}

bool learner_record_is_missing(const struct learner_record *record, const char *guide,
                               const char *path, const char *section, const char *need,
                               struct month month)
{
    return find_missing(record, guide, path, section, need, month) != NULL;
}

static void remove_missing(struct learner_record *record, struct learner_record_missing *missing)
{
    missing_free(missing);
    size_t after = (size_t)(record->missing + record->missing_count - (missing + 1));
    memmove(missing, missing + 1, after * sizeof *missing);
    record->missing_count--;
}

void learner_record_set_missing(struct learner_record *record, const char *guide, const char *path,
                                const char *section, const char *need, struct month month,
                                bool missing)
{
    struct learner_record_missing *found = find_missing(record, guide, path, section, need, month);
    if (found && !missing)
        remove_missing(record, found);
    if (found || !missing)
        return;
    struct learner_record_missing fresh = {xstrdup(guide), xstrdup(path), xstrdup(section),
                                           xstrdup(need), month};
    record->missing = mem_grow(record->missing, &record->missing_capacity,
                               record->missing_count + 1, sizeof *record->missing);
    record->missing[record->missing_count++] = fresh;
}

/* --- months ------------------------------------------------------------------------------- */

struct months {
    struct month *items;
    size_t count, capacity;
};

static void add_month(struct months *months, struct month month)
{
    if (!month.year)
        return;
    for (size_t i = months->count; i-- > 0;)
        if (!month_compare(months->items[i], month))
            return;
    months->items =
        mem_grow(months->items, &months->capacity, months->count + 1, sizeof *months->items);
    months->items[months->count++] = month;
}

static int newest_first(const void *a, const void *b)
{
    return month_compare(*(const struct month *)b, *(const struct month *)a);
}

size_t learner_record_months(const struct learner_record *record, const char *guide,
                             struct month **ret_months)
{
    struct months months = {0};
    for (size_t i = 0; i < record->mark_count; i++)
        if (!strcmp(record->marks[i].guide, guide))
            add_month(&months, record->marks[i].month);
    for (size_t i = 0; i < record->missing_count; i++)
        if (!strcmp(record->missing[i].guide, guide))
            add_month(&months, record->missing[i].month);
    if (months.count)
        qsort(months.items, months.count, sizeof *months.items, newest_first);
    *ret_months = months.items;
    return months.count;
}
