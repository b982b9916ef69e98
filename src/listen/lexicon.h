/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lexicon: lexicon.dict of a voice pack, pronunciations corrected by hand.
 *
 * One a line, as in the dictionaries of pocketsphinx but with a tab behind the text, so that it
 * may have several words: "plus<tab>pp ll uu ss". A text given on several lines has several
 * pronunciations, in this order. Lines that begin with "#" and empty lines are comments. Upper and
 * lower case are the same.
 * Thread: any once loaded; nothing changes afterwards.
 */
#ifndef PASAPAS_LISTEN_LEXICON_H
#define PASAPAS_LISTEN_LEXICON_H

#include "base/tokens.h"

struct lexicon;
struct diags;
struct phone_set;

/* Loads the file; every phone must be one of `set`. 0 and a lexicon to be freed with
 * lexicon_free(), or -1 with every mistake in `diags`. */
int lexicon_load(const char *path, const struct phone_set *set, struct diags *diags,
                 struct lexicon **ret_lexicon);
void lexicon_free(struct lexicon *lexicon);

/* The pronunciations of a whole text, or NULL. */
const struct tokens *lexicon_find(const struct lexicon *lexicon, const char *text);

#endif
