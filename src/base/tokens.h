/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tokens: a text cut at its spaces. Pure.
 */
#ifndef PASAPAS_BASE_TOKENS_H
#define PASAPAS_BASE_TOKENS_H

#include <stddef.h>

struct tokens {
    char **items;
    size_t count;
    size_t capacity;
};

/* Adds every run of characters of `text` that are not in `separators` (ASCII). */
void tokens_split(struct tokens *tokens, const char *text, const char *separators);
/* Adds a copy of one. */
void tokens_add(struct tokens *tokens, const char *token);
/* Frees what it holds and empties it. */
void tokens_free(struct tokens *tokens);

#endif
