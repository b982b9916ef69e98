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

static void need_free(struct learner_record_need *need)
{
    free(need->guide);
    free(need->path);
    free(need->section);
    free(need->need);
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
    for (size_t i = 0; i < record->need_count; i++)
        need_free(&record->needs[i]);
    free(record->places);
    free(record->marks);
    free(record->needs);
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
    for (size_t i = 0; i < from->need_count; i++) {
        const struct learner_record_need *need = &from->needs[i];
        learner_record_set_need(record, need->guide, need->path, need->section, need->need,
                                need->month, need->state);
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

static struct learner_record_need *find_need(const struct learner_record *record, const char *guide,
                                             const char *path, const char *section,
                                             const char *need, struct month month)
{
    for (size_t i = 0; i < record->need_count; i++) {
        struct learner_record_need *found = &record->needs[i];
        if (!month_compare(found->month, month) && !strcmp(found->need, need) &&
            !strcmp(found->section, section) && !strcmp(found->path, path) &&
            !strcmp(found->guide, guide))
            return found;
    }
    return NULL;
}

enum need_state learner_record_need(const struct learner_record *record, const char *guide,
                                    const char *path, const char *section, const char *need,
                                    struct month month)
{
    const struct learner_record_need *found = find_need(record, guide, path, section, need, month);
    return found ? found->state : NEED_OPEN;
}

static void remove_need(struct learner_record *record, struct learner_record_need *need)
{
    need_free(need);
    size_t after = (size_t)(record->needs + record->need_count - (need + 1));
    memmove(need, need + 1, after * sizeof *need);
    record->need_count--;
}

void learner_record_set_need(struct learner_record *record, const char *guide, const char *path,
                             const char *section, const char *need, struct month month,
                             enum need_state state)
{
    struct learner_record_need *found = find_need(record, guide, path, section, need, month);
    if (found && state == NEED_OPEN)
        remove_need(record, found);
    else if (found)
        found->state = state;
    if (found || state == NEED_OPEN)
        return;
    struct learner_record_need fresh = {xstrdup(guide), xstrdup(path), xstrdup(section),
                                        xstrdup(need),  month,         state};
    record->needs = mem_grow(record->needs, &record->need_capacity, record->need_count + 1,
                             sizeof *record->needs);
    record->needs[record->need_count++] = fresh;
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
    for (size_t i = 0; i < record->need_count; i++)
        if (!strcmp(record->needs[i].guide, guide))
            add_month(&months, record->needs[i].month);
    if (months.count)
        qsort(months.items, months.count, sizeof *months.items, newest_first);
    *ret_months = months.items;
    return months.count;
}
