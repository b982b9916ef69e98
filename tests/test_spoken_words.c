/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spoken_words: the written word for the one that the voice is at, with the rules of the French
 * pack. */
#include "base/mem.h"
#include "base/text.h"
#include "model/pack.h"
#include "reading/spoken_words.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct words words;
static struct pack *pack;

static int set_up(void **state)
{
    (void)state;
    words_open(&words);
    pack = words_load_pack(&words, "voices/fr");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pack_free(pack);
    words_close(&words);
    return 0;
}

/* A part of a text as it is written. */
static const char *cut(const char *text, struct spoken_part part)
{
    static char found[512];
    for (size_t i = 0; i < part.start; i++)
        text_next(&text);
    const char *end = text;
    for (size_t i = 0; i < part.length; i++)
        text_next(&end);
    snprintf(found, sizeof found, "%.*s", (int)(end - text), text);
    return found;
}

/* Where a spoken word begins in the sentence that the voice is given. */
static size_t character_of(const char *text, size_t sentence, const char *word)
{
    char **sentences = NULL;
    const struct utterance utterance = {.text = (char *)(uintptr_t)text};
    const size_t count = utterance_sentences(pack->reading, &utterance, &sentences);
    assert_true(sentence < count);
    char *said = reading_pronounce(pack->reading, sentences[sentence]);
    const char *at = strstr(said, word);
    if (!at)
        fail_msg("\"%s\" is not said in \"%s\"", word, said);
    char *before = xstrndup(said, (size_t)(at - said));
    const size_t character = text_length(before);
    free(before);
    free(said);
    sentences_free(sentences, count);
    return character;
}

static void expect(const char *text, size_t sentence, const char *spoken, const char *written,
                   const char *whole)
{
    struct spoken_part part, word;
    const struct utterance utterance = {.text = (char *)(uintptr_t)text};
    const struct spoken_place place = {sentence, character_of(text, sentence, spoken)};
    assert_true(
        spoken_words_find(pack->reading, READING_MARKS_SOME, &utterance, place, &part, &word));
    assert_string_equal(cut(text, word), written);
    assert_string_equal(cut(text, part), whole);
}

static void test_words_that_are_said_as_they_are_written(void **state)
{
    (void)state;
    expect("Relisez vos réponses.", 0, "Relisez", "Relisez", "Relisez vos réponses.");
    expect("Relisez vos réponses.", 0, "réponses", "réponses.", "Relisez vos réponses.");
}

static void test_a_number_is_its_words(void **state)
{
    (void)state;
    const char *text = "Étape 21 sur 35. Cliquez ici.";
    expect(text, 0, "vingt", "21", "Étape 21 sur 35.");
    expect(text, 0, "trente", "35.", "Étape 21 sur 35.");
    expect(text, 0, "sur", "sur", "Étape 21 sur 35.");
    expect(text, 1, "ici", "ici.", "Cliquez ici.");
}

/* The second of two words that are alike is the one of the second sentence. */
static void test_the_same_word_twice(void **state)
{
    (void)state;
    const char *text = "Dites oui. Ou ne dites pas oui. Merci.";
    struct spoken_part part, word;
    const struct utterance utterance = {.text = (char *)(uintptr_t)text};
    const struct spoken_place place = {1, character_of(text, 1, "oui")};
    assert_true(
        spoken_words_find(pack->reading, READING_MARKS_SOME, &utterance, place, &part, &word));
    assert_int_equal(word.start, 27);
    assert_string_equal(cut(text, part), "Ou ne dites pas oui.");
}

static void test_quotes_go_with_their_words(void **state)
{
    (void)state;
    const char *text = "Puis cliquez sur « Valider ». « Retour » ramène ici.";
    expect(text, 0, "cliquez", "cliquez", "Puis cliquez sur « Valider ».");
    expect(text, 1, "ramène", "ramène", "« Retour » ramène ici.");
}

static void test_without_a_word_the_sentence_is_known(void **state)
{
    (void)state;
    struct spoken_part part, word = {9, 9};
    char text[] = "Un mot. Un autre.";
    const struct utterance utterance = {.text = text};
    assert_true(spoken_words_find(pack->reading, READING_MARKS_SOME, &utterance,
                                  (struct spoken_place){1, SPOKEN_NO_WORD}, &part, &word));
    assert_int_equal(word.length, 0);
    assert_string_equal(cut(text, part), "Un autre.");
}

static void test_what_cannot_be_told(void **state)
{
    (void)state;
    struct spoken_part part, word;
    char text[] = "Un mot.", nothing[] = " - ";
    const struct spoken_place first = {0, 0}, beyond = {5, 0};
    const struct utterance spelled = {.text = text, .kind = UTTERANCE_SPELL},
                           usual = {.text = text}, silent = {.text = nothing};
    const struct reading_rules *rules = pack->reading;
    assert_false(spoken_words_find(rules, READING_MARKS_SOME, &spelled, first, &part, &word));
    assert_false(spoken_words_find(rules, READING_MARKS_SOME, &usual, beyond, &part, &word));
    assert_false(spoken_words_find(rules, READING_MARKS_SOME, &silent, first, &part, &word));
}

/* All that a guide says in a row: each word of each sentence is found in its own sentence, in
 * order. */
static void test_each_word_moves_on(void **state)
{
    (void)state;
    const char *text = "M. Martin a payé 1 250,50 € le 3/12/2026. Appelez le 39 49, de 8 h à 17 h. "
                       "Écrivez à aide@france-travail.fr, ou lisez la p. 12.";
    const struct utterance utterance = {.text = (char *)(uintptr_t)text};
    char **sentences = NULL;
    const size_t count = utterance_sentences(pack->reading, &utterance, &sentences);
    size_t last = 0;
    assert_true(count >= 3);
    for (size_t i = 0; i < count; i++) {
        char *said = reading_pronounce(pack->reading, sentences[i]);
        for (size_t at = 0; at < text_length(said); at++) {
            struct spoken_part part, word;
            assert_true(spoken_words_find(pack->reading, READING_MARKS_SOME, &utterance,
                                          (struct spoken_place){i, at}, &part, &word));
            assert_true(!word.length || word.start >= last);
            last = word.length ? word.start : last;
        }
        free(said);
    }
    assert_true(last > 100);
    sentences_free(sentences, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_that_are_said_as_they_are_written),
        cmocka_unit_test(test_a_number_is_its_words),
        cmocka_unit_test(test_the_same_word_twice),
        cmocka_unit_test(test_quotes_go_with_their_words),
        cmocka_unit_test(test_without_a_word_the_sentence_is_known),
        cmocka_unit_test(test_what_cannot_be_told),
        cmocka_unit_test(test_each_word_moves_on),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
