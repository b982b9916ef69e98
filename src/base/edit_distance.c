/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/edit_distance.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* What makes the first i + 1 items of the left into the first j + 1 of the right (optimal string
 * alignment); `old` is the row of i, `older` the one before. */
static unsigned cell(const struct edit_costs *costs, size_t i, size_t j, const unsigned *older,
                     const unsigned *old, const unsigned *row)
{
    const unsigned replaced = old[j] + costs->replace(costs->context, i, j);
    const unsigned cheapest = least(replaced, least(old[j + 1], row[j]) + costs->gap);
    const bool swapped = costs->swap && i && j && !costs->replace(costs->context, i, j - 1) &&
                         !costs->replace(costs->context, i - 1, j);
    return swapped ? least(cheapest, older[j - 1] + costs->swap) : cheapest;
}

/* Rows that fit are not worth an allocation. */
#define SHORT 256

unsigned edit_distance(size_t left, size_t right, const struct edit_costs *costs)
{
    unsigned space[3 * SHORT];
    const size_t width = right + 1;
    unsigned *rows = width <= SHORT ? space : xcalloc(3 * width, sizeof *rows);
    unsigned *older = rows, *old = rows + width, *row = rows + 2 * width;
    for (size_t j = 0; j <= right; j++)
        old[j] = (unsigned)j * costs->gap;
    for (size_t i = 0; i < left; i++) {
        row[0] = old[0] + costs->gap;
        for (size_t j = 0; j < right; j++)
            row[j + 1] = cell(costs, i, j, older, old, row);
        unsigned *spare = older;
        older = old;
        old = row;
        row = spare;
    }
    const unsigned distance = old[right];
    if (rows != space)
        free(rows);
    return distance;
}

/* --- words ------------------------------------------------------------------------------------ */

struct two_words {
    const char *left, *right;
};

static unsigned is_other_letter(const void *context, size_t left, size_t right)
{
    const struct two_words *words = context;
    return words->left[left] != words->right[right];
}

const char *edit_nearest(const char *word, const char *const *words)
{
    const size_t length = strlen(word);
    if (!length || length > EDIT_WORD_MAX)
        return NULL;
    /* Up to a third of the letters may be wrong, at least one and at most three. */
    unsigned limit = length < 6 ? 1 : length < 9 ? 2 : 3;
    const char *nearest = NULL;
    for (; *words; words++) {
        const size_t other = strlen(*words);
        if (other > EDIT_WORD_MAX)
            continue;
        const struct two_words both = {word, *words};
        const struct edit_costs costs = {1, 1, is_other_letter, &both};
        const unsigned distance = edit_distance(length, other, &costs);
        if (distance <= limit) {
            nearest = *words;
            if (!distance)
                break;
            limit = distance - 1;
        }
    }
    return nearest;
}
