/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dialogue_stack: the dialogues that are held at the moment, one on top of the other. Events go to
 * the one on top; when it is over, the one below goes on. Pure: it only knows who is there.
 * Thread: one at a time.
 */
#ifndef PASAPAS_APP_DIALOGUE_STACK_H
#define PASAPAS_APP_DIALOGUE_STACK_H

#include "dialogue/dialogue.h"

#include <stddef.h>

struct answer;
struct heard;

#define DIALOGUE_STACK_MAX 4

struct held_dialogue {
    struct dialogue dialogue;
    /* The rest is for whoever holds it, and is called with `context`. */
    void *context;
    /* It is over and no longer on the stack: what it was is to be freed. */
    void (*end)(void *context);
    /* What a phrase that was heard is for it (app/answers.h); NULL: as for all others. */
    struct answer (*judge)(void *context, const struct heard *heard);
    bool begun; /* it was told EVENT_START */
};

/* Empty: {0}. */
struct dialogue_stack {
    struct held_dialogue items[DIALOGUE_STACK_MAX];
    size_t count;
};

/* On top of the others; not yet begun. */
void dialogue_stack_push(struct dialogue_stack *stack, const struct held_dialogue *held);
/* Takes the one on top away and ends it, if there is one. */
void dialogue_stack_pop(struct dialogue_stack *stack);

/* The one on top. Of an empty stack: one that says nothing and understands nothing. */
const struct held_dialogue *dialogue_stack_top(const struct dialogue_stack *stack);
/* The one below the top, if the top is left for it (dialogue_gives_way()); else NULL. */
const struct dialogue *dialogue_stack_below(const struct dialogue_stack *stack);

/* What the one on top is to be told now that it is: EVENT_START the first time, then
 * EVENT_COME_BACK. */
enum event_kind dialogue_stack_go_on(struct dialogue_stack *stack);

/* True if what is no command may not be written: one of them is private. A secret that is typed
 * elsewhere may land here whatever is held on top. */
bool dialogue_stack_is_private(const struct dialogue_stack *stack);

#endif
