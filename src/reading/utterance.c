/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/utterance.h"

#include "base/mem.h"
#include "reading/reading.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void utterance_free(struct utterance *utterance)
{
    free(utterance->text);
    free(utterance->aloud);
    utterance->text = utterance->aloud = NULL;
}

/* What is nothing but white space or marks has nothing to say. */
static bool is_sayable(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80 || strchr(" \t\n.,;:!?-", *text) == NULL)
            return true;
    return false;
}

/* Takes over `words`: one sentence, or none. */
static size_t spelled(char *words, char ***ret_sentences)
{
    if (!is_sayable(words)) {
        free(words);
        return 0;
    }
    *ret_sentences = xmalloc(sizeof **ret_sentences);
    **ret_sentences = words;
    return 1;
}

/* Read whole and then cut: what a number is may hang on the words before ("Tél. : 3949"). */
static size_t read_aloud(const struct reading_rules *rules, enum reading_marks marks,
                         const char *text, char ***ret_sentences)
{
    char **sentences = NULL;
    char *words = reading_words_marks(rules, marks, text);
    size_t count = reading_sentences(rules, words, &sentences);
    size_t kept = 0;
    free(words);
    for (size_t i = 0; i < count; i++) {
        if (is_sayable(sentences[i]))
            sentences[kept++] = sentences[i];
        else
            free(sentences[i]);
    }
    if (!kept) {
        free(sentences);
        return 0;
    }
    *ret_sentences = sentences;
    return kept;
}

size_t utterance_sentences_marks(const struct reading_rules *rules, enum reading_marks marks,
                                 const struct utterance *utterance, char ***ret_sentences)
{
    const char *text = utterance->text;
    *ret_sentences = NULL;
    switch (utterance->kind) {
    case UTTERANCE_TEXT:
        return read_aloud(rules, marks, text, ret_sentences);
    case UTTERANCE_SPELL:
        return spelled(reading_spell(rules, text), ret_sentences);
    case UTTERANCE_SPELL_EXAMPLES:
        return spelled(reading_spell_examples(rules, text), ret_sentences);
    case UTTERANCE_EARCON:
        break;
    }
    return 0;
}

size_t utterance_sentences(const struct reading_rules *rules, const struct utterance *utterance,
                           char ***ret_sentences)
{
    return utterance_sentences_marks(rules, READING_MARKS_SOME, utterance, ret_sentences);
}

void sentences_free(char **sentences, size_t count)
{
    mem_free_texts(sentences, count);
}
