/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include <stdio.h>
#include <string.h>

#define GUIDE   "g"
#define PATH    "p"
#define SECTION "s"

/* A good mixing of bits, so that neighbouring numbers give unlike changes (splitmix32). */
static unsigned mix(unsigned value)
{
    value += 0x9e3779b9u;
    value = (value ^ (value >> 16)) * 0x21f0aaadu;
    value = (value ^ (value >> 15)) * 0x735a2d97u;
    return value ^ (value >> 15);
}

void model_change(struct learner_record *record, unsigned seed, unsigned number)
{
    unsigned bits = mix(mix(seed) + number);
    char step[16];
    struct month month = {2026, 1 + (int)(bits % 12)};
    int64_t at = 1790000000 + (int64_t)number;
    snprintf(step, sizeof step, "step-%u", (bits >> 4) % 6);
    const struct learner_record_mark *mark =
        learner_record_mark(record, GUIDE, PATH, SECTION, step, month);
    if (mark && (bits >> 8) % 2)
        learner_record_set_mark(record, GUIDE, PATH, SECTION, step, month, MARK_OPEN, at);
    else
        learner_record_set_mark(record, GUIDE, PATH, SECTION, step, month,
                                (bits >> 9) % 4 ? MARK_DONE : MARK_NOT_NEEDED, at);
    if ((bits >> 12) % 3 == 0)
        learner_record_set_place(record, GUIDE, PATH, SECTION, step, false, at);
    if ((bits >> 16) % 5 == 0)
        learner_record_set_need(record, GUIDE, PATH, SECTION, step, month,
                                (enum need_state)((bits >> 20) % 5));
}

static bool has_marks_of(const struct learner_record *a, const struct learner_record *b)
{
    for (size_t i = 0; i < b->mark_count; i++) {
        const struct learner_record_mark *wanted = &b->marks[i];
        const struct learner_record_mark *mark = learner_record_mark(
            a, wanted->guide, wanted->path, wanted->section, wanted->step, wanted->month);
        if (!mark || mark->state != wanted->state || mark->at != wanted->at)
            return false;
    }
    return true;
}

static bool has_needs_of(const struct learner_record *a, const struct learner_record *b)
{
    for (size_t i = 0; i < b->need_count; i++) {
        const struct learner_record_need *wanted = &b->needs[i];
        if (learner_record_need(a, wanted->guide, wanted->path, wanted->section, wanted->need,
                                wanted->month) != wanted->state)
            return false;
    }
    return true;
}

static bool has_places_of(const struct learner_record *a, const struct learner_record *b)
{
    for (size_t i = 0; i < b->place_count; i++) {
        const struct learner_record_place *wanted = &b->places[i];
        const struct learner_record_place *place = learner_record_place(a, wanted->guide);
        if (!place || strcmp(place->step, wanted->step) || place->at != wanted->at)
            return false;
    }
    return true;
}

bool model_same(const struct learner_record *a, const struct learner_record *b)
{
    return a->mark_count == b->mark_count && a->need_count == b->need_count &&
           a->place_count == b->place_count && has_marks_of(a, b) && has_needs_of(a, b) &&
           has_places_of(a, b);
}
