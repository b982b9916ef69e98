/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guide_clash.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/ydoc.h"
#include "model/pack.h"

#include <stdlib.h>
#include <string.h>

/* A phrase of the pack, folded, and as it is written there. */
struct taken {
    char *folded;
    const char *phrase;
};

struct taken_list {
    struct taken *items;
    size_t count, capacity;
};

static void add(struct taken_list *list, const char *phrase)
{
    if (!phrase)
        return;
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (struct taken){text_fold(phrase), phrase};
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct taken *)a)->folded, ((const struct taken *)b)->folded);
}

static void take_all(struct taken_list *list, const struct pack *pack)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct pack_command *command = &pack->commands[i];
        add(list, command->key);
        for (size_t p = 0; p < command->phrase_count; p++)
            add(list, command->phrases[p]);
        for (size_t p = 0; p < command->typed_count; p++)
            add(list, command->typed[p]);
    }
    for (size_t i = 0; i < pack->number_count; i++)
        add(list, pack->numbers[i]);
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare);
}

static void check_phrase(const struct taken_list *list, const struct ynode *node,
                         struct diags *diags)
{
    struct taken wanted = {.folded = text_fold(node->text)};
    const struct taken *found =
        list->count ? bsearch(&wanted, list->items, list->count, sizeof wanted, compare) : NULL;
    if (found && *wanted.folded)
        diags_add(diags, DIAG_WARNING, node->line, node->column, MSG_GUIDE_CLASH, "name",
                  node->text, "phrase", found->phrase);
    free(wanted.folded);
}

/* The phrases of every map in the list under `key`. */
static void check_list(const struct taken_list *list, const struct ynode *root, const char *key,
                       struct diags *diags)
{
    const struct ynode *maps = ynode_get(root, key);
    for (size_t i = 0; maps && i < maps->count; i++) {
        const struct ynode *phrases = ynode_get(&maps->items[i], "phrases");
        for (size_t p = 0; phrases && p < phrases->count; p++)
            if (phrases->items[p].kind == YNODE_TEXT)
                check_phrase(list, &phrases->items[p], diags);
    }
}

void guide_clash_check(const struct ynode *root, const struct pack *pack, struct diags *diags)
{
    struct taken_list list = {0};
    take_all(&list, pack);
    check_list(&list, root, "paths", diags);
    check_list(&list, root, "sections", diags);
    for (size_t i = 0; i < list.count; i++)
        free(list.items[i].folded);
    free(list.items);
}
