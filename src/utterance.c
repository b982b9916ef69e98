#include "utterance.h"

#include "mem.h"
#include "reading.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void utterance_free(struct utterance *utterance)
{
    free(utterance->text);
    utterance->text = NULL;
}

/* What is nothing but white space or marks has nothing to say. */
static bool is_sayable(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80 || strchr(" \t\n.,;:!?-", *text) == NULL)
            return true;
    return false;
}

static size_t spelled(const struct reading_rules *rules, const char *text, char ***ret_sentences)
{
    char *words = reading_spell(rules, text);
    if (!is_sayable(words)) {
        free(words);
        return 0;
    }
    *ret_sentences = xmalloc(sizeof **ret_sentences);
    **ret_sentences = words;
    return 1;
}

/* Read whole and then cut: what a number is may hang on the words before ("Tél. : 3949"). */
static size_t read_aloud(const struct reading_rules *rules, const char *text, char ***ret_sentences)
{
    char **sentences = NULL;
    char *words = reading_words(rules, text);
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

size_t utterance_sentences(const struct reading_rules *rules, const struct utterance *utterance,
                           char ***ret_sentences)
{
    size_t count = 0;
    *ret_sentences = NULL;
    switch (utterance->kind) {
    case UTTERANCE_TEXT:
        count = read_aloud(rules, utterance->text, ret_sentences);
        break;
    case UTTERANCE_SPELL:
        count = spelled(rules, utterance->text, ret_sentences);
        break;
    case UTTERANCE_EARCON:
        break;
    }
    return count;
}

void sentences_free(char **sentences, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(sentences[i]);
    free(sentences);
}
