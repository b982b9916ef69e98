#include "vocabulary.h"

#include "mem.h"
#include "text.h"

#include <stdlib.h>

void vocabulary_add(struct vocabulary *vocabulary, const char *text, int command, int argument,
                    bool costly)
{
    if (vocabulary_find(vocabulary, text))
        return;
    vocabulary->items = mem_grow(vocabulary->items, &vocabulary->capacity, vocabulary->count + 1,
                                 sizeof *vocabulary->items);
    vocabulary->items[vocabulary->count++] = (struct phrase){
        .text = xstrdup(text),
        .command = command,
        .argument = argument,
        .costly = costly,
    };
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
        vocabulary->items[i].text = xstrdup(from->items[i].text);
    }
}

void vocabulary_free(struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        free(vocabulary->items[i].text);
    free(vocabulary->items);
    *vocabulary = (struct vocabulary){0};
}

const struct phrase *vocabulary_find(const struct vocabulary *vocabulary, const char *text)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (text_same(vocabulary->items[i].text, text))
            return &vocabulary->items[i];
    return NULL;
}
