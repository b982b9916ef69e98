/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/unique.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/ydoc.h"

#include <stdlib.h>
#include <string.h>

#define SCOPES_MAX 32

struct unique_claim {
    char *name;
    uint32_t scopes;
    size_t order; /* of the claim */
    const struct ynode *node;
    const char *owner;
};

static void add(struct unique *unique, char *name, uint32_t scopes, const struct ynode *node,
                const char *owner)
{
    unique->items =
        mem_grow(unique->items, &unique->capacity, unique->count + 1, sizeof *unique->items);
    unique->items[unique->count] =
        (struct unique_claim){name, scopes, unique->count, node, owner ? owner : ""};
    unique->count++;
}

void unique_add(struct unique *unique, const char *name, uint32_t scopes, const struct ynode *node,
                const char *owner)
{
    add(unique, xstrdup(name), scopes, node, owner);
}

void unique_add_folded(struct unique *unique, uint32_t scopes, const struct ynode *node,
                       const char *owner)
{
    add(unique, text_fold(node->text), scopes, node, owner);
}

static int compare_claims(const void *a, const void *b)
{
    const struct unique_claim *left = a, *right = b;
    int names = strcmp(left->name, right->name);
    if (names)
        return names;
    /* What is not in the file comes first, so that a clash is told where the file can be mended. */
    if (!left->node != !right->node)
        return left->node ? 1 : -1;
    return left->order < right->order ? -1 : left->order > right->order;
}

static void report_clash(const struct unique_claim *claim, const struct unique_claim *earlier,
                         struct diags *diags, enum message id)
{
    char line[16];
    snprintf(line, sizeof line, "%d", earlier->node ? earlier->node->line : 0);
    diags_add(diags, DIAG_ERROR, claim->node->line, claim->node->column, id, "name",
              claim->node->text, "line", line, "owner", earlier->owner);
}

/* Claims of one name, in order: `first` keeps who has it in each scope. */
static int report_run(const struct unique_claim *run, size_t count, struct diags *diags,
                      enum message id)
{
    const struct unique_claim *first[SCOPES_MAX] = {0};
    int result = 0;
    for (size_t i = 0; i < count; i++) {
        const struct unique_claim *earlier = NULL;
        for (int scope = 0; scope < SCOPES_MAX; scope++) {
            if (!(run[i].scopes >> scope & 1))
                continue;
            if (!first[scope])
                first[scope] = &run[i];
            else if (!earlier)
                earlier = first[scope];
        }
        if (earlier && run[i].node) {
            report_clash(&run[i], earlier, diags, id);
            result = -1;
        }
    }
    return result;
}

int unique_report(struct unique *unique, struct diags *diags, enum message id)
{
    int result = 0;
    if (unique->count)
        qsort(unique->items, unique->count, sizeof *unique->items, compare_claims);
    for (size_t i = 0, end; i < unique->count; i = end) {
        for (end = i + 1; end < unique->count; end++)
            if (strcmp(unique->items[i].name, unique->items[end].name))
                break;
        if (end > i + 1 && report_run(&unique->items[i], end - i, diags, id))
            result = -1;
    }
    for (size_t i = 0; i < unique->count; i++)
        free(unique->items[i].name);
    free(unique->items);
    *unique = (struct unique){0};
    return result;
}
