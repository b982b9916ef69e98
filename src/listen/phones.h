/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * phones: phones.yaml of a voice pack, the sounds of a language as each acoustic model calls them.
 *
 * A set of phones is a table of rewriting rules, either from espeak-ng's phonemes or from the
 * phones of a set above it in the file. doc/voice-format.md describes the file.
 * Thread: any once loaded; nothing changes afterwards.
 */
#ifndef PASAPAS_LISTEN_PHONES_H
#define PASAPAS_LISTEN_PHONES_H

#include <stdbool.h>
#include <stddef.h>

struct phones;
struct phone_set;
struct diags;
struct tokens;

#define PHONES_BOUNDARY "#" /* a token: the limit of a word */

/* Loads the file. 0 and a table to be freed with phones_free(), or -1 with every mistake in
 * `diags`. */
int phones_load(const char *path, struct diags *diags, struct phones **ret_phones);
void phones_free(struct phones *phones);

/* The espeak-ng voice whose phonemes the table knows. */
const char *phones_espeak_voice(const struct phones *phones);

/* The set of that name, or the first one for NULL; NULL if there is none. */
const struct phone_set *phones_set(const struct phones *phones, const char *name);
/* The set that it rewrites, or NULL for espeak-ng's phonemes. */
const struct phone_set *phone_set_base(const struct phone_set *set);
/* Every phone of the set, and whether this one is. */
const struct tokens *phone_set_phones(const struct phone_set *set);
bool phone_set_has(const struct phone_set *set, const char *phone);

/* Whether two phones stand in one line of `alike`: they are easily taken for one another. */
bool phones_alike(const struct phones *phones, const char *left, const char *right);

/*
 * Rewrites `count` tokens (phonemes or phones, and PHONES_BOUNDARY). Stores up to `most` different
 * results, the likeliest first, each to be freed with free(): phones with single spaces between,
 * perhaps none at all. Returns how many.
 */
size_t phone_set_rewrite(const struct phone_set *set, char *const *tokens, size_t count,
                         char **ret_results, size_t most);

#endif
