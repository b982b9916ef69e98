/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/word_marks.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

/* Sentences that are made before they are played are few; the oldest words give way. */
#define MARKS_MAX 512

struct mark {
    uint64_t sentence; /* 0: none */
    size_t character, samples;
};

struct word_marks {
    pthread_mutex_t lock;
    struct mark items[MARKS_MAX];
    size_t next;
};

struct word_marks *word_marks_new(void)
{
    struct word_marks *marks = xcalloc(1, sizeof *marks);
    pthread_mutex_init(&marks->lock, NULL);
    return marks;
}

void word_marks_free(struct word_marks *marks)
{
    if (!marks)
        return;
    pthread_mutex_destroy(&marks->lock);
    free(marks);
}

void word_marks_begin(struct word_marks *marks, uint64_t sentence)
{
    pthread_mutex_lock(&marks->lock);
    for (size_t i = 0; i < MARKS_MAX; i++)
        if (marks->items[i].sentence == sentence)
            marks->items[i].sentence = 0;
    pthread_mutex_unlock(&marks->lock);
}

void word_marks_add(struct word_marks *marks, uint64_t sentence, size_t character, size_t samples)
{
    pthread_mutex_lock(&marks->lock);
    marks->items[marks->next] = (struct mark){sentence, character, samples};
    marks->next = (marks->next + 1) % MARKS_MAX;
    pthread_mutex_unlock(&marks->lock);
}

bool word_marks_find(struct word_marks *marks, uint64_t sentence, size_t samples,
                     size_t *ret_character)
{
    const struct mark *found = NULL;
    pthread_mutex_lock(&marks->lock);
    for (size_t i = 0; i < MARKS_MAX && sentence; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->sentence == sentence && mark->samples <= samples &&
            (!found || mark->samples >= found->samples))
            found = mark;
    }
    if (found)
        *ret_character = found->character;
    pthread_mutex_unlock(&marks->lock);
    return found;
}
