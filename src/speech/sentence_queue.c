/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/sentence_queue.h"

#include "base/mem.h"
#include "dsp/playout.h"

#include <stdlib.h>
#include <string.h>

void sentence_queue_add(struct sentence_queue *queue, const struct utterance *utterance,
                        size_t position, char *text)
{
    queue->items = mem_grow(queue->items, &queue->capacity, queue->count + 1, sizeof *queue->items);
    queue->items[queue->count++] = (struct sentence){
        .number = ++queue->last_number,
        .kind = utterance->kind,
        .slowly = utterance->slowly,
        .rate = utterance->rate,
        .utterance = utterance->number,
        .position = position,
        .text = text,
    };
}

void sentence_queue_clear(struct sentence_queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        free(queue->items[i].text);
    queue->count = 0;
}

void sentence_queue_free(struct sentence_queue *queue)
{
    sentence_queue_clear(queue);
    free(queue->items);
}

void sentence_queue_drop_played(struct sentence_queue *queue, const struct playout *playout)
{
    size_t played = 0;
    while (played < queue->count && playout_has_ended(playout, queue->items[played].number))
        free(queue->items[played++].text);
    if (!played)
        return;
    queue->count -= played;
    memmove(queue->items, queue->items + played, queue->count * sizeof *queue->items);
}

bool sentence_queue_has_left(const struct sentence_queue *queue, const struct playout *playout)
{
    return queue->count && !playout_has_ended(playout, queue->items[queue->count - 1].number);
}

const struct sentence *sentence_queue_find(const struct sentence_queue *queue, uint64_t number)
{
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].number >= number)
            return &queue->items[i];
    return NULL;
}
