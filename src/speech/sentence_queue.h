/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sentence_queue: what is to be said, sentence by sentence, in order. A sentence stays until it was
 * played to its end, so that pausing is only a matter of going back to the first one left.
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_SPEECH_SENTENCE_QUEUE_H
#define PASAPAS_SPEECH_SENTENCE_QUEUE_H

#include "reading/utterance.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct playout;

struct sentence {
    uint64_t number; /* from 1 up over the queue's life */
    enum utterance_kind kind;
    bool slowly;
    int rate;           /* of the utterance, words per minute, or 0 */
    uint64_t utterance; /* its number, or 0 */
    size_t position;    /* of the sentence in it, from 0 */
    char *text;
};

/* Zeroed at the start. */
struct sentence_queue {
    struct sentence *items;
    size_t count;
    size_t capacity;
    uint64_t last_number; /* of the newest sentence */
};

/* At the end: a sentence of the utterance, at this position in it, whose text is taken over. */
void sentence_queue_add(struct sentence_queue *queue, const struct utterance *utterance,
                        size_t position, char *text);
void sentence_queue_clear(struct sentence_queue *queue);
void sentence_queue_free(struct sentence_queue *queue); /* frees what it holds */

/* Drops what was played to its end. */
void sentence_queue_drop_played(struct sentence_queue *queue, const struct playout *playout);
/* True unless all of it was played. */
bool sentence_queue_has_left(const struct sentence_queue *queue, const struct playout *playout);

/* The first sentence of this number or a later one; NULL if there is none. */
const struct sentence *sentence_queue_find(const struct sentence_queue *queue, uint64_t number);

#endif
