/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dialogue_stack.h"

#include <assert.h>

void dialogue_stack_push(struct dialogue_stack *stack, const struct held_dialogue *held)
{
    assert(stack->count < DIALOGUE_STACK_MAX);
    stack->items[stack->count++] = *held;
}

void dialogue_stack_pop(struct dialogue_stack *stack)
{
    if (!stack->count)
        return;
    const struct held_dialogue *ended = &stack->items[--stack->count];
    if (ended->end)
        ended->end(ended->context);
}

/* --- nobody ----------------------------------------------------------------------------------- */

static void ignore(void *state, const struct event *event, struct effects *effects)
{
    (void)state;
    (void)event;
    (void)effects;
}

static void understand_nothing(const void *state, enum channel channel,
                               struct vocabulary *vocabulary)
{
    (void)state;
    (void)channel;
    (void)vocabulary;
}

static const struct held_dialogue *nobody(void)
{
    static const struct dialogue_methods methods = {.handle = ignore,
                                                    .vocabulary = understand_nothing};
    static const struct held_dialogue held = {.dialogue = {.methods = &methods}, .begun = true};
    return &held;
}

/* --- who is there ----------------------------------------------------------------------------- */

const struct held_dialogue *dialogue_stack_top(const struct dialogue_stack *stack)
{
    return stack->count ? &stack->items[stack->count - 1] : nobody();
}

const struct dialogue *dialogue_stack_below(const struct dialogue_stack *stack)
{
    return stack->count > 1 && dialogue_gives_way(&dialogue_stack_top(stack)->dialogue)
               ? &stack->items[stack->count - 2].dialogue
               : NULL;
}

enum event_kind dialogue_stack_go_on(struct dialogue_stack *stack)
{
    if (!stack->count || stack->items[stack->count - 1].begun)
        return EVENT_COME_BACK;
    stack->items[stack->count - 1].begun = true;
    return EVENT_START;
}

bool dialogue_stack_is_private(const struct dialogue_stack *stack)
{
    for (size_t i = 0; i < stack->count; i++)
        if (dialogue_is_private(&stack->items[i].dialogue))
            return true;
    return false;
}
