/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/glance.h"

#include "base/mem.h"

#include <stdlib.h>

void glance_add_phrase(struct glance *glance, const char *phrase, const char *key)
{
    glance->phrases = mem_grow(glance->phrases, &glance->phrase_capacity, glance->phrase_count + 1,
                               sizeof *glance->phrases);
    glance->phrases[glance->phrase_count++] =
        (struct glance_phrase){xstrdup(phrase), key ? xstrdup(key) : NULL};
}

struct glance_month *glance_add_month(struct glance *glance)
{
    glance->months = mem_grow(glance->months, &glance->month_capacity, glance->month_count + 1,
                              sizeof *glance->months);
    glance->months[glance->month_count] = (struct glance_month){0};
    return &glance->months[glance->month_count++];
}

void glance_free(struct glance *glance)
{
    for (size_t i = 0; i < glance->phrase_count; i++) {
        free(glance->phrases[i].phrase);
        free(glance->phrases[i].key);
    }
    for (size_t i = 0; i < glance->month_count; i++) {
        free(glance->months[i].name);
        free(glance->months[i].text);
    }
    free(glance->phrases);
    free(glance->months);
    free(glance->path);
    free(glance->section);
    free(glance->step);
    free(glance->title);
    free(glance->where);
    free(glance->position);
    free(glance->image);
    free(glance->alt);
    *glance = (struct glance){0};
}
