/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * words: what a test of files and dialogues needs to be told anything: the built-in messages, and a
 * list of mistakes, for a file "x.yaml". As a fixture of its own, or a part of one.
 */
#ifndef PASAPAS_TESTS_WORDS_H
#define PASAPAS_TESTS_WORDS_H

#include "base/diag.h"
#include "base/messages.h"

struct pack;

struct words {
    struct messages *messages;
    struct diags diags;
};

void words_open(struct words *words);
void words_close(struct words *words);
/* Empties the list of mistakes. */
void words_forget(struct words *words);

/* The pack in a folder of the tree ("voices/fr"), to be freed with pack_free(). The test fails if
 * it has a mistake. */
struct pack *words_load_pack(struct words *words, const char *folder);

/* Fails unless the mistakes begin with these, one each, in their order; NULL ends the list. */
void words_assert_told(struct words *words, const char *const *prefixes);

/* For cmocka, where *state is a struct words. */
int words_set_up(void **state);
int words_tear_down(void **state);

#endif
