/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialogue_stack: who is on top, what they are told, and what is private. */
#include "app/dialogue_stack.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* A dialogue that only has what is asked of it here. */
struct person {
    bool is_private;
    int ended;
};

static void handle(void *state, const struct event *event, struct effects *effects)
{
    (void)state;
    (void)event;
    effects_add(effects, EFFECT_VOCABULARY);
}

static bool is_private(const void *state)
{
    const struct person *person = state;
    return person->is_private;
}

static const struct dialogue_methods stays = {.handle = handle, .is_private = is_private};
static const struct dialogue_methods yields = {
    .handle = handle, .is_private = is_private, .gives_way = true};

static void end(void *context)
{
    struct person *person = context;
    person->ended++;
}

static void push(struct dialogue_stack *stack, const struct dialogue_methods *methods,
                 struct person *person)
{
    const struct held_dialogue held = {
        .dialogue = {methods, person}, .context = person, .end = end};
    dialogue_stack_push(stack, &held);
}

static void *on_top(const struct dialogue_stack *stack)
{
    return dialogue_stack_top(stack)->dialogue.state;
}

static void the_last_one_is_on_top(void **state)
{
    (void)state;
    struct dialogue_stack stack = {0};
    struct person below = {0}, above = {0};
    push(&stack, &stays, &below);
    assert_ptr_equal(on_top(&stack), &below);
    push(&stack, &stays, &above);
    assert_ptr_equal(on_top(&stack), &above);
    dialogue_stack_pop(&stack);
    assert_ptr_equal(on_top(&stack), &below);
    assert_int_equal(above.ended, 1);
    assert_int_equal(below.ended, 0);
}

static void each_begins_once_then_goes_on(void **state)
{
    (void)state;
    struct dialogue_stack stack = {0};
    struct person below = {0}, above = {0};
    push(&stack, &stays, &below);
    assert_int_equal(dialogue_stack_go_on(&stack), EVENT_START);
    push(&stack, &stays, &above);
    assert_int_equal(dialogue_stack_go_on(&stack), EVENT_START);
    dialogue_stack_pop(&stack);
    assert_int_equal(dialogue_stack_go_on(&stack), EVENT_COME_BACK);
}

/* As at a first start: the sound is checked before the session says anything. */
static void one_that_had_not_begun_begins_when_it_is_on_top(void **state)
{
    (void)state;
    struct dialogue_stack stack = {0};
    struct person below = {0}, above = {0};
    push(&stack, &stays, &below);
    push(&stack, &stays, &above);
    (void)dialogue_stack_go_on(&stack);
    dialogue_stack_pop(&stack);
    assert_false(dialogue_stack_top(&stack)->begun);
    assert_int_equal(dialogue_stack_go_on(&stack), EVENT_START);
    assert_true(dialogue_stack_top(&stack)->begun);
}

static void what_is_private_below_stays_private(void **state)
{
    (void)state;
    struct dialogue_stack stack = {0};
    struct person below = {.is_private = true}, above = {0};
    assert_false(dialogue_stack_is_private(&stack));
    push(&stack, &stays, &below);
    push(&stack, &stays, &above);
    assert_true(dialogue_stack_is_private(&stack));
    below.is_private = false;
    assert_false(dialogue_stack_is_private(&stack));
    above.is_private = true;
    assert_true(dialogue_stack_is_private(&stack));
}

static void only_who_gives_way_is_left_for_the_one_below(void **state)
{
    (void)state;
    struct dialogue_stack stack = {0};
    struct person below = {0}, above = {0};
    push(&stack, &yields, &below);
    assert_null(dialogue_stack_below(&stack));
    push(&stack, &stays, &above);
    assert_null(dialogue_stack_below(&stack));
    dialogue_stack_pop(&stack);
    push(&stack, &yields, &above);
    assert_ptr_equal(dialogue_stack_below(&stack)->state, &below);
}

static void of_an_empty_stack_nobody_is_on_top(void **state)
{
    (void)state;
    struct dialogue_stack stack = {0};
    struct effects effects = {0};
    struct vocabulary vocabulary = {0};
    const struct dialogue *nobody = &dialogue_stack_top(&stack)->dialogue;
    dialogue_stack_pop(&stack);
    dialogue_handle(nobody, &(struct event){.kind = EVENT_START}, &effects);
    dialogue_vocabulary(nobody, CHANNEL_TYPED, &vocabulary);
    assert_int_equal(effects.count, 0);
    assert_int_equal(vocabulary.count, 0);
    assert_int_equal(dialogue_pause_ms(nobody), 0);
    assert_false(dialogue_takes_turns(nobody));
}

/* Whoever holds more than there is room for is stopped before anything is written behind it. */
static void more_than_there_is_room_for_is_no_push(void **state)
{
    (void)state;
    int status;
    const pid_t child = fork();
    if (!child) {
        static struct person persons[DIALOGUE_STACK_MAX + 1];
        static struct dialogue_stack stack;
        const struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        signal(SIGABRT, SIG_DFL);
        fclose(stderr);
        for (int i = 0; i <= DIALOGUE_STACK_MAX; i++)
            push(&stack, &stays, &persons[i]);
        _exit(0);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_one_is_on_top),
        cmocka_unit_test(each_begins_once_then_goes_on),
        cmocka_unit_test(one_that_had_not_begun_begins_when_it_is_on_top),
        cmocka_unit_test(what_is_private_below_stays_private),
        cmocka_unit_test(only_who_gives_way_is_left_for_the_one_below),
        cmocka_unit_test(of_an_empty_stack_nobody_is_on_top),
        cmocka_unit_test(more_than_there_is_room_for_is_no_push),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
