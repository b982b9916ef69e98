/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/overview.h"

#include "base/mem.h"
#include "model/window.h"

#include <stdlib.h>
#include <string.h>

static const struct month no_month = {0};

static struct month newer(struct month a, struct month b)
{
    return month_compare(a, b) < 0 ? b : a;
}

/* The newest month that is open today for a section of the path. */
static struct month open_month(const struct guide *guide, const struct guide_path *path,
                               struct date today)
{
    struct month month = no_month;
    for (size_t i = 0; i < path->section_count; i++) {
        const struct guide_period *rule = path->sections[i]->period;
        if (!rule)
            continue;
        struct window window = window_on(rule, guide->updated, today);
        if (window.state == WINDOW_OPEN)
            month = newer(month, window.month);
    }
    return month;
}

static bool is_monthly(const struct guide_path *path, const char *section)
{
    int at = guide_find_section(path, section);
    return at >= 0 && path->sections[at]->period;
}

static bool is_here(const struct guide *guide, const struct guide_path *path,
                    const struct learner_record_mark *mark)
{
    return !strcmp(mark->guide, guide->id) && !strcmp(mark->path, path->id) &&
           is_monthly(path, mark->section);
}

/* When a monthly section was last marked in a list without month, or in any month. */
static int64_t last_mark(const struct guide *guide, const struct guide_path *path,
                         const struct learner_record *record, bool with_month)
{
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < record->mark_count; i++) {
        const struct learner_record_mark *mark = &record->marks[i];
        if (is_here(guide, path, mark) && (mark->month.year != 0) == with_month && mark->at > last)
            last = mark->at;
    }
    return last;
}

static struct month choose_month(const struct guide *guide, const struct guide_path *path,
                                 const struct learner_record *record, struct date today)
{
    struct month *months;
    struct month worked = no_month, open = open_month(guide, path, today);
    if (learner_record_months(record, guide->id, &months))
        worked = months[0];
    free(months);
    if (!open.year && last_mark(guide, path, record, false) > last_mark(guide, path, record, true))
        return no_month;
    return newer(worked, open);
}

static struct overview_step look_at(const struct guide *guide, const struct learner_record *record,
                                    const struct overview *overview,
                                    const struct guide_section *section, size_t step)
{
    struct month month = section->period ? overview->month : no_month;
    const struct learner_record_mark *mark = learner_record_mark(
        record, guide->id, overview->path->id, section->id, section->steps[step].id, month);
    return (struct overview_step){
        .section = section,
        .step = &section->steps[step],
        .number = (int)step + 1,
        .state = mark ? mark->state : MARK_OPEN,
        .at = mark ? mark->at : 0,
    };
}

static void look_at_steps(struct overview *overview, const struct guide *guide,
                          const struct learner_record *record)
{
    size_t capacity = 0;
    for (size_t i = 0; i < overview->path->section_count; i++) {
        const struct guide_section *section = overview->path->sections[i];
        for (size_t j = 0; j < section->step_count; j++) {
            overview->steps = mem_grow(overview->steps, &capacity, overview->step_count + 1,
                                       sizeof *overview->steps);
            overview->steps[overview->step_count++] = look_at(guide, record, overview, section, j);
        }
    }
}

static void look_at_place(struct overview *overview)
{
    const struct learner_record_place *place = overview->place;
    int section = place->section ? guide_find_section(overview->path, place->section) : -1;
    if (section < 0)
        return;
    overview->section = overview->path->sections[section];
    int step = place->step ? guide_find_step(overview->section, place->step) : -1;
    overview->step = step + 1;
}

void overview_init(struct overview *overview, const struct guide *guide,
                   const struct learner_record *record, struct month month, struct date today)
{
    *overview = (struct overview){.place = learner_record_place(record, guide->id), .month = month};
    if (!overview->place)
        return;
    int path = guide_find_path(guide, overview->place->path);
    if (path < 0)
        return;
    overview->path = &guide->paths[path];
    if (!month.year)
        overview->month = choose_month(guide, overview->path, record, today);
    look_at_place(overview);
    look_at_steps(overview, guide, record);
}

void overview_free(struct overview *overview)
{
    free(overview->steps);
    *overview = (struct overview){0};
}

bool overview_is_finished(const struct overview *overview)
{
    size_t marked, open;
    overview_count(overview, NULL, &marked, &open);
    return overview->place && overview->place->finished && overview->path && !open;
}

void overview_count(const struct overview *overview, const struct guide_section *section,
                    size_t *ret_marked, size_t *ret_open)
{
    size_t marked = 0, open = 0;
    for (size_t i = 0; i < overview->step_count; i++) {
        if (section && overview->steps[i].section != section)
            continue;
        if (overview->steps[i].state == MARK_OPEN)
            open++;
        else
            marked++;
    }
    *ret_marked = marked;
    *ret_open = open;
}
