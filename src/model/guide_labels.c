/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guide_labels.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "base/ydoc.h"
#include "model/guide.h"

#include <stdlib.h>
#include <string.h>

struct named {
    char *folded;
    const struct ynode *node; /* of the label */
    uint32_t scopes;
};

struct named_list {
    struct named *items;
    size_t count, capacity;
};

static void take(struct named_list *list, const struct ynode *node, uint32_t scopes)
{
    char *folded = text_fold(node->text);
    if (!*folded) {
        free(folded);
        return;
    }
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (struct named){folded, node, scopes};
}

static void take_section(struct named_list *list, const struct guide_section *section,
                         const struct ynode *node, uint32_t scopes)
{
    for (size_t i = 0; i < section->step_count; i++) {
        const struct ynode *step = &ynode_get(node, "steps")->items[i];
        const struct ynode *label = ynode_get(step, "label"),
                           *others = ynode_get(step, "other_labels");
        if (section->steps[i].kind == GUIDE_NOTHING)
            continue;
        if (label && label->kind == YNODE_TEXT)
            take(list, label, scopes);
        for (size_t o = 0; others && others->kind == YNODE_LIST && o < others->count; o++)
            if (others->items[o].kind == YNODE_TEXT)
                take(list, &others->items[o], scopes);
    }
}

static int compare(const void *a, const void *b)
{
    const struct named *left = a, *right = b;
    const int order = strcmp(left->folded, right->folded);
    return order ? order : left->node->line - right->node->line;
}

static void report(const struct named *one, const struct named *first, struct diags *diags)
{
    char line[NUMBER_TEXT_SIZE];
    diags_add(diags, DIAG_WARNING, one->node->line, one->node->column, MSG_GUIDE_LABELS_ALIKE,
              "name", one->node->text, "other", first->node->text, "line",
              number_text(line, first->node->line));
}

/* Compares a label with the first one of its sound in each of its paths; tells it once. */
static void check(const struct named *one, const struct named *first[32], struct diags *diags)
{
    bool told = false;
    for (int path = 0; path < 32; path++) {
        if (!(one->scopes >> path & 1))
            continue;
        if (!first[path]) {
            first[path] = one;
        } else if (!told && strcmp(one->node->text, first[path]->node->text)) {
            report(one, first[path], diags);
            told = true;
        }
    }
}

void guide_labels_check(const struct guide *guide, const struct ynode *sections,
                        const uint32_t *scopes, struct diags *diags)
{
    struct named_list list = {0};
    for (size_t i = 0; i < guide->section_count; i++)
        take_section(&list, &guide->sections[i], &sections->items[i], scopes[i]);
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare);
    const struct named *first[32] = {0};
    for (size_t i = 0; i < list.count; i++) {
        if (i && strcmp(list.items[i].folded, list.items[i - 1].folded))
            memset(first, 0, sizeof first);
        check(&list.items[i], first, diags);
    }
    for (size_t i = 0; i < list.count; i++)
        free(list.items[i].folded);
    free(list.items);
}
