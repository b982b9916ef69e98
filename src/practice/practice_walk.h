/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * practice_walk: a section as pages to walk through: what each one shows and what leads on.
 *
 * A step that presses something is a page, as is a question and a step without a label. A field is
 * on the page of what is pressed after it; what can be skipped is on the page of the others that
 * bear the same title (key `page` of the guide). Pure. Thread: any.
 */
#ifndef PASAPAS_PRACTICE_PRACTICE_WALK_H
#define PASAPAS_PRACTICE_PRACTICE_WALK_H

#include <stdbool.h>
#include <stddef.h>

struct guide_section;

/* Most controls on one page: those nearest to what leads on, if more bear its title. */
#define PRACTICE_CONTROLS_MAX 12

enum practice_kind { PRACTICE_TEXT, PRACTICE_CONTROLS, PRACTICE_QUESTION };

struct practice_page {
    enum practice_kind kind;
    size_t step;     /* in the section, from 0 */
    size_t question; /* of the step; PRACTICE_QUESTION */
    bool has_next;   /* one may go on without the step: a link of our own leads on */
    bool is_passive; /* nothing on it leads on but that link; PRACTICE_CONTROLS */
};

/* The pages of a section, in order, at least one. To be freed with free(). */
struct practice_page *practice_walk(const struct guide_section *section, size_t *ret_count);

/* The steps whose controls are on the page of `step`, in the order of that page. Stores them and
 * returns how many. */
size_t practice_controls(const struct guide_section *section, size_t step,
                         size_t ret_steps[PRACTICE_CONTROLS_MAX]);

#endif
