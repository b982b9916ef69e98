/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * utterance: one thing to say, and how it may be interrupted. Pure.
 *
 * `text` is what is printed; utterance_sentences() gives what a voice receives: the text read by
 * the pack's rules (reading/reading.h), one sentence an item, so that speech can stop, pause and
 * resume at the sentence.
 */
#ifndef PASAPAS_READING_UTTERANCE_H
#define PASAPAS_READING_UTTERANCE_H

#include "reading/reading.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum utterance_kind {
    UTTERANCE_TEXT,           /* read by the rules */
    UTTERANCE_SPELL,          /* letter by letter */
    UTTERANCE_SPELL_EXAMPLES, /* the same with a word for each letter */
    UTTERANCE_EARCON          /* a short sound; `text` is its name: "listening", "understood",
                                 "not-understood", "done" */
};

enum utterance_rule {
    UTTERANCE_REPLACE, /* stops what is being said and empties the queue */
    UTTERANCE_QUEUE    /* is said after what is in the queue */
};

struct utterance {
    char *text;
    char *aloud; /* what is spoken instead, and written nowhere; or NULL */
    enum utterance_kind kind;
    enum utterance_rule rule;
    bool slowly; /* at UTTERANCE_SLOWLY percent of the rate */
    int rate;    /* words per minute, to hear what it would be like (speaker only); 0: as usual */
    uint64_t number; /* of whoever has it said, to know it again (speech/speech.h); or 0 */
};

#define UTTERANCE_SLOWLY 65

void utterance_free(struct utterance *utterance); /* frees what it holds */

/*
 * The sentences of a text in words as the voice will receive them. Stores an array of texts, each
 * and itself to be freed with free() or by sentences_free(), and returns its length: 0, and NULL
 * is stored, for a text without anything to say and for an earcon.
 */
size_t utterance_sentences(const struct reading_rules *rules, const struct utterance *utterance,
                           char ***ret_sentences);
/* The same with another level of punctuation. */
size_t utterance_sentences_marks(const struct reading_rules *rules, enum reading_marks marks,
                                 const struct utterance *utterance, char ***ret_sentences);
void sentences_free(char **sentences, size_t count);

#endif
