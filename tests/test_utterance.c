/* SPDX-License-Identifier: GPL-3.0-or-later */
/* utterance: what a voice receives: sentences in words, letters by their names, or nothing. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/ydoc.h"
#include "reading/reading.h"
#include "reading/utterance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct messages *messages;
    struct diags diags;
    struct ydoc *doc;
    struct reading_rules *rules;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    const char *data = getenv("PASAPAS_DATA");
    char *path = xasprintf("%s/voices/fr/speech.yaml", data ? data : ".");
    fixture->messages = messages_load_builtin();
    diags_init(&fixture->diags, fixture->messages);
    int result = ydoc_load(path, &fixture->diags, &fixture->doc);
    if (!result)
        result = reading_rules_parse(ydoc_root(fixture->doc), &fixture->diags, &fixture->rules);
    free(path);
    *state = fixture;
    return result;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    reading_rules_free(fixture->rules);
    ydoc_free(fixture->doc);
    diags_free(&fixture->diags);
    messages_free(fixture->messages);
    free(fixture);
    return 0;
}

static void assert_sentences(const struct fixture *fixture, enum utterance_kind kind,
                             const char *text, const char *const *expected, size_t expected_count)
{
    struct utterance utterance = {.text = xstrdup(text), .kind = kind};
    char **sentences = (char **)&utterance;
    size_t count = utterance_sentences(fixture->rules, &utterance, &sentences);
    assert_int_equal(count, expected_count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(sentences[i], expected[i]);
    if (!count)
        assert_null(sentences);
    sentences_free(sentences, count);
    utterance_free(&utterance);
    assert_null(utterance.text);
}

static void a_text_is_read_and_then_cut(void **state)
{
    const char *expected[] = {"monsieur Durand a trois rendez-vous.", "C'est noté !"};
    assert_sentences(*state, UTTERANCE_TEXT, "M. Durand a 3 rendez-vous. C'est noté !", expected,
                     COUNT_OF(expected));
    /* The colon does not hide from the number what it is. */
    const char *telephone[] = {"téléphone, trente-neuf, quarante-neuf."};
    assert_sentences(*state, UTTERANCE_TEXT, "Tél. : 3949.", telephone, COUNT_OF(telephone));
}

static void a_word_is_spelled_in_one_piece(void **state)
{
    const char *expected[] = {"esse, emme, esse"};
    assert_sentences(*state, UTTERANCE_SPELL, "SMS", expected, COUNT_OF(expected));
}

static void nothing_gives_nothing(void **state)
{
    assert_sentences(*state, UTTERANCE_TEXT, "", NULL, 0);
    assert_sentences(*state, UTTERANCE_TEXT, " . \n ... ", NULL, 0);
    assert_sentences(*state, UTTERANCE_SPELL, "", NULL, 0);
    assert_sentences(*state, UTTERANCE_EARCON, "done", NULL, 0);
    sentences_free(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_read_and_then_cut),
        cmocka_unit_test(a_word_is_spelled_in_one_piece),
        cmocka_unit_test(nothing_gives_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
