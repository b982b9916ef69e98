/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/near_names.h"

#include "base/edit_distance.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The shortest text that says something where it is a part of another: its beginning, or more than
 * half of it. */
#define PART_MIN 3

/* How far a name is: small is near. */
enum nearness { SAME, FEW_LETTERS, PART, FAR };

static bool holds(const char *text, const char *part)
{
    const size_t length = strlen(part);
    const char *at = strstr(text, part);
    return length >= PART_MIN && at && (at == text || 2 * length > strlen(text));
}

/* Both folded. */
static enum nearness nearness(const char *wanted, const char *name)
{
    const char *const words[] = {name, NULL};
    if (!strcmp(wanted, name))
        return SAME;
    if (edit_nearest(wanted, words))
        return FEW_LETTERS;
    return holds(name, wanted) || holds(wanted, name) ? PART : FAR;
}

static bool is_told(const char *const *told, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(told[i], name))
            return true;
    return false;
}

static char *list_text(const struct messages *messages, const char *const *told, size_t count)
{
    char *list = NULL;
    for (size_t i = 0; i < count; i++) {
        char *item = messages_format(messages, MSG_QUOTED, "phrase", told[i]), *longer = item;
        if (list) {
            longer = messages_format(messages, i + 1 < count ? MSG_CHOICES_NEXT : MSG_CHOICES_LAST,
                                     "list", list, "item", item);
            free(item);
            free(list);
        }
        list = longer;
    }
    return list;
}

char *near_names(const struct messages *messages, const char *wanted, const char *const *names,
                 size_t count)
{
    const char *told[NEAR_NAMES_MAX];
    size_t found = 0;
    char *folded = text_fold(wanted);
    for (enum nearness wish = SAME; wish < FAR; wish++)
        for (size_t i = 0; i < count && found < NEAR_NAMES_MAX; i++) {
            char *name = text_fold(names[i]);
            if (nearness(folded, name) == wish && !is_told(told, found, names[i]))
                told[found++] = names[i];
            free(name);
        }
    free(folded);
    return list_text(messages, told, found);
}
