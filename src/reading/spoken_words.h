/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spoken_words: where in a text, as it is written, the voice is: a voice is given other words ("dix
 * décembre" for "10 décembre", a spelling that it says right), so the words of both are laid beside
 * each other. Pure. Thread: any.
 */
#ifndef PASAPAS_READING_SPOKEN_WORDS_H
#define PASAPAS_READING_SPOKEN_WORDS_H

#include "reading/utterance.h"

#include <stdbool.h>
#include <stddef.h>

/* A part of a text, in code points. */
struct spoken_part {
    size_t start, length;
};

/* Where the voice is: in a sentence of an utterance (utterance_sentences_marks()), from 0, at a
 * code point of what reading_pronounce() makes of it; SPOKEN_NO_WORD if that is not known. */
struct spoken_place {
    size_t sentence;
    size_t character;
};

#define SPOKEN_NO_WORD ((size_t)-1)

/*
 * The sentence and the word of `utterance->text` that are being said; the word has the length 0 if
 * it is not known. False if the sentence cannot be told from the others: letters that are spelled,
 * or no such sentence.
 */
bool spoken_words_find(const struct reading_rules *rules, enum reading_marks marks,
                       const struct utterance *utterance, struct spoken_place place,
                       struct spoken_part *ret_sentence, struct spoken_part *ret_word);

#endif
