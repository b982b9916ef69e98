/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pronounce: how a text sounds, in the phones of an acoustic model.
 *
 * espeak-ng gives the phonemes; phones.yaml of the voice pack says what they are called in each
 * set of phones; lexicon.dict corrects words by hand. Both files are described in
 * doc/voice-format.md. A text may have several pronunciations (a liaison, a final schwa, a sound
 * that the model's language lacks), the likeliest first.
 *
 * Thread: a pronouncer never changes once loaded; any thread may use it (speech/espeak.h orders the
 * calls into espeak-ng).
 */
#ifndef PASAPAS_LISTEN_PRONOUNCE_H
#define PASAPAS_LISTEN_PRONOUNCE_H

#include <stdbool.h>
#include <stddef.h>

#define PRONOUNCE_MAX 8 /* pronunciations of one text */

struct pronouncer;
struct diags;
struct tokens;

struct pronunciations {
    char *items[PRONOUNCE_MAX]; /* phones with single spaces: "rr ei pp ei tt ei" */
    size_t count;
};

/*
 * Loads phones.yaml and, if there, lexicon.dict from the pack in `folder`. Returns 0 and a
 * pronouncer to be freed with pronouncer_free(), or -1 with every mistake in `diags`, or with no
 * entry there if espeak-ng cannot be used.
 */
int pronouncer_load(const char *folder, struct diags *diags, struct pronouncer **ret_pronouncer);
void pronouncer_free(struct pronouncer *pronouncer);

/* Whether phones.yaml has a set of that name. */
bool pronouncer_knows(const struct pronouncer *pronouncer, const char *set);
/* The phones of a set that it knows; of the first one for NULL. */
const struct tokens *pronouncer_phones(const struct pronouncer *pronouncer, const char *set);
/* Whether two phones of the first set are easily taken for one another. */
bool pronouncer_alike(const struct pronouncer *pronouncer, const char *left, const char *right);

/*
 * The pronunciations of `text` (UTF-8) in the phones of `set` (NULL: the first), without doubles.
 * Returns 0 with at least one, to be freed with pronunciations_free(), or -1 if there is none: an
 * unknown set, or a text without anything to say.
 */
int pronounce(const struct pronouncer *pronouncer, const char *set, const char *text,
              struct pronunciations *ret_pronunciations);
void pronunciations_free(struct pronunciations *pronunciations);

#endif
