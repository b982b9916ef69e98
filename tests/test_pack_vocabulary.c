/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack_vocabulary: which phrases of a pack can be said, and what each stands for. */
#include "base/mem.h"
#include "model/pack.h"
#include "model/pack_vocabulary.h"
#include "model/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static char *next[] = {"suivant", "la suite"}, *undo[] = {"annuler"}, *typed[] = {"mots entiers"};
static char *numbers[] = {"un", "deux", "trois"};

static const struct pack pack = {
    .commands =
        {
            [COMMAND_NEXT] = {.phrases = next, .phrase_count = COUNT_OF(next)},
            [COMMAND_UNDO] = {.phrases = undo, .phrase_count = COUNT_OF(undo)},
            [COMMAND_KEYS_LINE] = {.phrases = typed, .phrase_count = COUNT_OF(typed)},
        },
    .numbers = numbers,
    .number_count = COUNT_OF(numbers),
};

static void expect(const struct vocabulary *vocabulary, const char *text, int command, int argument,
                   bool costly)
{
    const struct phrase *phrase = vocabulary_find(vocabulary, text);
    assert_non_null(phrase);
    assert_int_equal(phrase->command, command);
    assert_int_equal(phrase->argument, argument);
    assert_int_equal(phrase->costly, costly);
}

static void all_phrases_of_a_command_are_added(void **state)
{
    (void)state;
    struct vocabulary vocabulary = {0};
    pack_vocabulary_add_command(&pack, COMMAND_NEXT, &vocabulary);
    pack_vocabulary_add_command(&pack, COMMAND_KEYS_LINE, &vocabulary);
    assert_int_equal(vocabulary.count, 3);
    expect(&vocabulary, "suivant", COMMAND_NEXT, 0, false);
    expect(&vocabulary, "la suite", COMMAND_NEXT, 0, false);
    expect(&vocabulary, "mots entiers", COMMAND_KEYS_LINE, 0, false);
    vocabulary_free(&vocabulary);
}

static void what_is_only_typed_is_not_listened_for(void **state)
{
    (void)state;
    struct vocabulary vocabulary = {0};
    pack_vocabulary_add_spoken_commands(&pack, &vocabulary);
    assert_int_equal(vocabulary.count, 3);
    expect(&vocabulary, "annuler", COMMAND_UNDO, 0, true);
    assert_null(vocabulary_find(&vocabulary, "mots entiers"));
    pack_vocabulary_add_spoken(&pack, &vocabulary);
    assert_int_equal(vocabulary.count, 6);
    expect(&vocabulary, "trois", COMMAND_CHOOSE, 3, false);
    vocabulary_free(&vocabulary);
}

static void numbers_choose_as_many_as_there_are(void **state)
{
    (void)state;
    struct vocabulary vocabulary = {0};
    pack_vocabulary_add_numbers(&pack, 2, 100, &vocabulary);
    assert_int_equal(vocabulary.count, 2);
    expect(&vocabulary, "deux", COMMAND_CHOOSE, 101, false);
    vocabulary_free(&vocabulary);
    pack_vocabulary_add_numbers(&pack, 50, 1, &vocabulary);
    assert_int_equal(vocabulary.count, COUNT_OF(numbers));
    vocabulary_free(&vocabulary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_phrases_of_a_command_are_added),
        cmocka_unit_test(what_is_only_typed_is_not_listened_for),
        cmocka_unit_test(numbers_choose_as_many_as_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
