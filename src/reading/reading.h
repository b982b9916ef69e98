/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reading: how written text is read aloud, by the rules of the pack's speech.yaml. Pure.
 *
 * Numbers, dates, times, amounts, telephone numbers, abbreviations, keys, addresses and symbols
 * become words; quotes, parentheses and dashes become pauses. Idempotent: words stay as they are.
 * No word of the text is lost, and bytes that are not UTF-8 do no harm.
 * Without rules (no speech.yaml) text stays as it is.
 * Thread: any once loaded.
 */
#ifndef PASAPAS_READING_READING_H
#define PASAPAS_READING_READING_H

#include "reading/rules_loader.h"

#include <stddef.h>

/* Which marks are said by their names. */
enum reading_marks {
    READING_MARKS_NONE, /* symbols outside numbers and addresses are silent */
    READING_MARKS_SOME, /* symbols are named, punctuation is a pause: the usual way */
    READING_MARKS_ALL   /* punctuation is named, too */
};

/* The text in words (READING_MARKS_SOME), to be freed with free(). */
char *reading_words(const struct reading_rules *rules, const char *text);

/* The same with another level of punctuation; READING_MARKS_ALL is not idempotent. */
char *reading_words_marks(const struct reading_rules *rules, enum reading_marks marks,
                          const char *text);

/*
 * The text letter by letter, letters by their names: "SMS" is "esse, emme, esse". Accents and
 * capitals are said, digits and marks named. To be freed with free().
 */
char *reading_spell(const struct reading_rules *rules, const char *text);

/* The same with a word for each letter: "A comme Anatole, B comme Berthe". */
char *reading_spell_examples(const struct reading_rules *rules, const char *text);

/* The same for who reads: letters as they are written, "S, M, S", all else by its name. */
char *reading_spell_letters(const struct reading_rules *rules, const char *text);

/*
 * Cuts a text into sentences at . ! ? … : followed by a space, not after an abbreviation or inside
 * a number. Each keeps its closing mark. Stores an array of texts, each and itself to be freed with
 * free(), and returns its length.
 */
size_t reading_sentences(const struct reading_rules *rules, const char *text,
                         char ***ret_sentences);

/*
 * Words as the synthesiser must be given them so that it says them right ("emme" for espeak-ng is
 * "èmme"): the last step before the synth, never shown. To be freed with free().
 */
char *reading_pronounce(const struct reading_rules *rules, const char *words);

#endif
