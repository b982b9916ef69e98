/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/vocabulary.h"

#include "base/edit_distance.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const struct phrase *find_folded(const struct vocabulary *vocabulary, const char *folded)
{
    const size_t length = strlen(folded);
    for (size_t i = 0; i < vocabulary->count; i++)
        if (vocabulary->items[i].length == length &&
            !memcmp(vocabulary->items[i].folded, folded, length))
            return &vocabulary->items[i];
    return NULL;
}

/* Takes over `folded`. */
static void append(struct vocabulary *vocabulary, char *folded, const char *text, int command,
                   int argument, bool costly)
{
    vocabulary->items = mem_grow(vocabulary->items, &vocabulary->capacity, vocabulary->count + 1,
                                 sizeof *vocabulary->items);
    vocabulary->items[vocabulary->count++] = (struct phrase){
        .folded = folded,
        .length = strlen(folded),
        .text = xstrdup(text),
        .command = command,
        .argument = argument,
        .costly = costly,
    };
}

void vocabulary_add(struct vocabulary *vocabulary, const char *text, int command, int argument,
                    bool costly)
{
    char *folded = text_fold(text);
    if (find_folded(vocabulary, folded))
        free(folded);
    else
        append(vocabulary, folded, text, command, argument, costly);
}

void vocabulary_add_spoken(struct vocabulary *vocabulary, const char *text, int command,
                           int argument, bool costly)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (!strcmp(vocabulary->items[i].text, text))
            return;
    append(vocabulary, text_fold(text), text, command, argument, costly);
}

void vocabulary_copy(struct vocabulary *vocabulary, const struct vocabulary *from)
{
    *vocabulary = (struct vocabulary){
        .items = xcalloc(from->count, sizeof *from->items),
        .count = from->count,
        .capacity = from->count,
    };
    for (size_t i = 0; i < from->count; i++) {
        vocabulary->items[i] = from->items[i];
        vocabulary->items[i].folded = xstrdup(from->items[i].folded);
        vocabulary->items[i].text = xstrdup(from->items[i].text);
    }
}

void vocabulary_free(struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < vocabulary->count; i++) {
        free(vocabulary->items[i].folded);
        free(vocabulary->items[i].text);
    }
    free(vocabulary->items);
    *vocabulary = (struct vocabulary){0};
}

const struct phrase *vocabulary_find(const struct vocabulary *vocabulary, const char *text)
{
    char *folded = text_fold(text);
    const struct phrase *found = find_folded(vocabulary, folded);
    free(folded);
    return found;
}

const struct phrase *vocabulary_near(const struct vocabulary *vocabulary, const char *text)
{
    char *folded = text_fold(text);
    const char **phrases = xcalloc(vocabulary->count + 1, sizeof *phrases);
    size_t count = 0;
    for (size_t i = 0; i < vocabulary->count; i++)
        if (strlen(vocabulary->items[i].folded) >= VOCABULARY_NEAR)
            phrases[count++] = vocabulary->items[i].folded;
    const char *nearest = strlen(folded) >= VOCABULARY_NEAR ? edit_nearest(folded, phrases) : NULL;
    const struct phrase *found = nearest ? find_folded(vocabulary, nearest) : NULL;
    free(phrases);
    free(folded);
    return found;
}
