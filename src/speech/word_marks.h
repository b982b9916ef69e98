/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * word_marks: when each word of a sentence is played, from who makes the sentence to who shows it.
 *
 * Who makes it must not wait, and does not: the lock is held for some instructions only. Threads:
 * any.
 */
#ifndef PASAPAS_SPEECH_WORD_MARKS_H
#define PASAPAS_SPEECH_WORD_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct word_marks;

struct word_marks *word_marks_new(void);
void word_marks_free(struct word_marks *marks); /* accepts NULL */

/* The sentence is made, from its beginning: what was known of it is forgotten. */
void word_marks_begin(struct word_marks *marks, uint64_t sentence);
/* Its next word begins at a code point, and so many samples after its beginning. */
void word_marks_add(struct word_marks *marks, uint64_t sentence, size_t character, size_t samples);

/* The code point of the word that is played after so many samples of a sentence. False before its
 * first word, or if none is known. */
bool word_marks_find(struct word_marks *marks, uint64_t sentence, size_t samples,
                     size_t *ret_character);

#endif
