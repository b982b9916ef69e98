/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/guide_list.h"

#include "app/loading.h"
#include "base/mem.h"
#include "base/paths.h"
#include "model/guide.h"
#include "model/guide_load.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const struct guide *guide_list_find(const struct guide_list *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (!strcmp(list->items[i]->id, id))
            return list->items[i];
    return NULL;
}

static void add(struct guide_list *list, struct guide *guide)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = guide;
}

void guide_list_free(struct guide_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        guide_free(list->items[i]);
    free(list->items);
    free(list->asked);
    *list = (struct guide_list){0};
}

int guide_list_add(struct guide_list *list, const struct cli *cli, const struct messages *messages,
                   const char *name)
{
    char *file = paths_guide(name);
    struct guide *guide = NULL;
    const int code =
        file ? loading_read_guide(messages, file, &guide) : loading_no_guide(cli, name);
    if (guide)
        add(list, guide);
    free(list->asked);
    list->asked = file;
    return code;
}

/* The user's own guides lie where they can write. */
static bool is_own(const char *file)
{
    char *data = paths_data(), *own = xasprintf("%s/guides/", data);
    const bool is_own = !strncmp(file, own, strlen(own));
    free(own);
    free(data);
    return is_own;
}

/* Reads one, if none has its id; what has a mistake is told in one line. */
static void take(struct guide_list *list, const struct cli *cli, const char *file)
{
    if (list->asked && !strcmp(list->asked, file))
        return;
    struct guide *guide = loading_usable_guide(cli, file);
    if (!guide || guide_list_find(list, guide->id)) {
        guide_free(guide);
        return;
    }
    add(list, guide);
    if (!list->usual && !is_own(file))
        list->usual = guide;
}

int guide_list_load(struct guide_list *list, const struct cli *cli, const struct messages *messages)
{
    char **files = NULL;
    int code = CLI_OK;
    const size_t count = paths_list_guides(&files);
    struct guide *guide;
    /* The only one there is says all that is wrong with it. */
    if (count == 1 && !list->count) {
        code = loading_read_guide(messages, files[0], &guide);
        if (!code)
            add(list, guide);
    } else {
        for (size_t i = 0; i < count; i++)
            take(list, cli, files[i]);
    }
    mem_free_texts(files, count);
    if (!list->usual && list->count)
        list->usual = list->items[0];
    return code || list->count ? code : loading_no_guide(cli, "");
}
