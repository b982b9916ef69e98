/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice/practice_walk.h"

#include "base/mem.h"
#include "model/guide.h"

#include <stdlib.h>
#include <string.h>

static bool is_pressed(const struct guide_step *step)
{
    return step->label && (step->kind == GUIDE_LINK || step->kind == GUIDE_BUTTON);
}

static bool is_control(const struct guide_step *step)
{
    return is_pressed(step) || (step->label && step->kind == GUIDE_FIELD);
}

static bool leads_on(const struct guide_step *step)
{
    return is_pressed(step) && !step->optional;
}

static bool same_page(const struct guide_step *a, const struct guide_step *b)
{
    return a->page && b->page ? !strcmp(a->page, b->page) : a->page == b->page;
}

/* --- what is on a page ----------------------------------------------------------------------- */

struct placed {
    size_t step;
    long order;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *left = a, *right = b;
    if (left->order != right->order)
        return left->order < right->order ? -1 : 1;
    return left->step < right->step ? -1 : left->step > right->step;
}

/* Looking for others of the same page ends here, so that long sections take no longer. */
#define REACH 100

static size_t reach_back(size_t step)
{
    return step > REACH ? step - REACH : 0;
}

static size_t reach_on(const struct guide_section *section, size_t step)
{
    return step + REACH < section->step_count ? step + REACH : section->step_count;
}

static struct placed *place_all(const struct guide_section *section, size_t step, size_t *ret_count)
{
    struct placed *all = xcalloc(2 * REACH, sizeof *all);
    size_t count = 0;
    for (size_t i = reach_back(step); i < reach_on(section, step); i++) {
        const struct guide_step *other = &section->steps[i];
        if (is_control(other) && same_page(other, &section->steps[step]))
            all[count++] = (struct placed){i, other->order ? other->order : (long)i + 1};
    }
    qsort(all, count, sizeof *all, compare_placed);
    *ret_count = count;
    return all;
}

size_t practice_controls(const struct guide_section *section, size_t step,
                         size_t ret_steps[PRACTICE_CONTROLS_MAX])
{
    size_t count, at = 0;
    struct placed *all = place_all(section, step, &count);
    while (at < count && all[at].step != step)
        at++;
    const size_t half = PRACTICE_CONTROLS_MAX / 2;
    size_t first = at > half ? at - half : 0;
    if (first + PRACTICE_CONTROLS_MAX > count)
        first = count > PRACTICE_CONTROLS_MAX ? count - PRACTICE_CONTROLS_MAX : 0;
    size_t shown = 0;
    for (size_t i = first; i < count && shown < PRACTICE_CONTROLS_MAX; i++)
        ret_steps[shown++] = all[i].step;
    free(all);
    return shown;
}

/* --- the pages -------------------------------------------------------------------------------- */

struct walk {
    struct practice_page *pages;
    size_t count, capacity;
};

static void add(struct walk *walk, struct practice_page page)
{
    walk->pages = mem_grow(walk->pages, &walk->capacity, walk->count + 1, sizeof *walk->pages);
    walk->pages[walk->count++] = page;
}

/* Is what stands on the page of `step` shown with a page that is made anyway? */
static bool is_elsewhere(const struct guide_section *section, size_t step)
{
    const struct guide_step *steps = section->steps;
    for (size_t i = step + 1; i < reach_on(section, step); i++)
        if (leads_on(&steps[i]) && same_page(&steps[i], &steps[step]))
            return true;
    /* The first of those that only stand there makes the page for all. */
    for (size_t i = step; i-- > reach_back(step);)
        if (is_control(&steps[i]) && same_page(&steps[i], &steps[step]))
            return true;
    return false;
}

static void add_step(struct walk *walk, const struct guide_section *section, size_t i)
{
    const struct guide_step *step = &section->steps[i];
    struct practice_page page = {.kind = PRACTICE_TEXT, .step = i, .has_next = true};
    if (leads_on(step)) {
        page.kind = PRACTICE_CONTROLS;
        page.has_next = step->not_needed;
    } else if (is_control(step)) {
        if (is_elsewhere(section, i))
            return;
        page.kind = PRACTICE_CONTROLS;
        page.is_passive = true;
    }
    add(walk, page);
}

struct practice_page *practice_walk(const struct guide_section *section, size_t *ret_count)
{
    struct walk walk = {0};
    for (size_t i = 0; i < section->step_count; i++) {
        const struct guide_step *step = &section->steps[i];
        for (size_t q = 0; q < step->question_count; q++)
            add(&walk, (struct practice_page){PRACTICE_QUESTION, i, q, false, false});
        if (!step->question_count)
            add_step(&walk, section, i);
    }
    *ret_count = walk.count;
    return walk.pages;
}
