/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tokens.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void take(struct tokens *tokens, char *token)
{
    tokens->items =
        mem_grow(tokens->items, &tokens->capacity, tokens->count + 1, sizeof *tokens->items);
    tokens->items[tokens->count++] = token;
}

void tokens_split(struct tokens *tokens, const char *text, const char *separators)
{
    for (;;) {
        text += strspn(text, separators);
        size_t length = strcspn(text, separators);
        if (!length)
            return;
        take(tokens, xstrndup(text, length));
        text += length;
    }
}

void tokens_add(struct tokens *tokens, const char *token)
{
    take(tokens, xstrdup(token));
}

void tokens_free(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        free(tokens->items[i]);
    free(tokens->items);
    *tokens = (struct tokens){0};
}
