/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edit_distance: how unlike two sequences are: the cheapest way to make one into the other. Pure.
 * Thread: any.
 */
#ifndef PASAPAS_BASE_EDIT_DISTANCE_H
#define PASAPAS_BASE_EDIT_DISTANCE_H

#include <stddef.h>

struct edit_costs {
    unsigned gap;  /* of an item that is put in or taken out */
    unsigned swap; /* of two neighbours that changed places; 0: that is two replacements */
    /* Of item `left` of the one in the place of item `right` of the other, from 0; 0: the same. */
    unsigned (*replace)(const void *context, size_t left, size_t right);
    const void *context; /* for the call only */
};

/* For sequences of so many items. */
unsigned edit_distance(size_t left, size_t right, const struct edit_costs *costs);

/*
 * The word of `words` (ended by NULL) that is nearest to `word`, or NULL if none is near enough to
 * be what was meant. Counted in bytes: one put in, taken out, replaced, or swapped with its
 * neighbour costs 1. Words of more than EDIT_WORD_MAX bytes are near to nothing.
 */
#define EDIT_WORD_MAX 40
const char *edit_nearest(const char *word, const char *const *words);

#endif
