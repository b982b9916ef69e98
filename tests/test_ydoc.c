/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ydoc, messages, diag: a tree with places, and mistakes told in words. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/strbuf.h"
#include "base/ydoc.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ydoc *parse(struct words *words, const char *text)
{
    struct ydoc *doc = NULL;
    int result = ydoc_parse(text, strlen(text), &words->diags, &doc);
    assert_int_equal(result, doc ? 0 : -1);
    return doc;
}

static void assert_refused(struct words *words, const char *text, const char *prefix)
{
    assert_null(parse(words, text));
    assert_true(words->diags.count >= 1);
    char *line = diag_line(words->messages, &words->diags.items[0]);
    if (strncmp(line, prefix, strlen(prefix)))
        fail_msg("« %s » does not begin with « %s »", line, prefix);
    free(line);
    words_forget(words);
}

static void a_tree_knows_its_places(void **state)
{
    struct ydoc *doc = parse(*state, "titre: été\r\nliste:\n  - un\n  - deux: x\n");
    assert_non_null(doc);
    const struct ynode *root = ydoc_root(doc);
    assert_string_equal(ynode_text(root, "titre"), "été");
    const struct ynode *list = ynode_get(root, "liste");
    assert_int_equal(list->count, 2);
    assert_int_equal(list->items[0].line, 3);
    assert_int_equal(list->items[0].column, 5);
    assert_string_equal(ynode_text(&list->items[1], "deux"), "x");
    assert_int_equal(ynode_get(&list->items[1], "deux")->key_column, 5);
    assert_null(ynode_text(root, "liste"));
    assert_null(ynode_get(root, "absent"));
    ydoc_free(doc);
}

static void mistakes_have_a_place_and_a_hint(void **state)
{
    assert_refused(*state, "a: \xff\n", "Erreur : x.yaml:1:4 : Ce caractère n'est pas en UTF-8");
    assert_refused(*state, "a: é\x1b\n", "Erreur : x.yaml:1:5 : Un caractère de commande");
    assert_refused(*state, "a: \"\\x1b[2J\"\n", "Erreur : x.yaml:1:4 : Un caractère de commande");
    assert_refused(*state, "a: b: c\n", "Erreur : x.yaml:1:5 : Il y a un deux-points");
    assert_refused(*state, "a: [1, 2\n", "Erreur : x.yaml:");
    assert_refused(*state, "", "Erreur : x.yaml:1:1 : Le fichier est vide");
    assert_refused(*state, "a: &x 1\nb: *x\n", "Erreur : x.yaml:1:4 : Les ancres");
    assert_refused(*state, "a: !int 1\n", "Erreur : x.yaml:1:4 : Les types");
    assert_refused(*state, "a: 1\nb: 2\na: 3\n",
                   "Erreur : x.yaml:3:1 : La clé « a » est déjà à la ligne 1");
    assert_refused(*state, "[a]: 1\n", "Erreur : x.yaml:1:1 : Une clé");
    assert_refused(*state, "a: 1\n---\nb: 2\n", "Erreur : x.yaml:2:1 : Un deuxième document");
}

static void limits_hold(void **state)
{
    struct strbuf deep = {0};
    for (int i = 0; i < 100000; i++)
        strbuf_add(&deep, "[");
    assert_refused(*state, deep.text, "Erreur : x.yaml:1:13 : Trop de niveaux");
    strbuf_free(&deep);

    struct strbuf wide = {0};
    strbuf_add(&wide, "a: ");
    for (unsigned i = 0; i <= YDOC_TEXT_MAX; i++)
        strbuf_add(&wide, "x");
    assert_refused(*state, wide.text, "Erreur : x.yaml:1:4 : Ce texte est trop long");
    strbuf_free(&wide);
}

static void all_content_mistakes_come_together(void **state)
{
    struct words *words = *state;
    assert_null(parse(words, "a: 1\na: 2\nb: !x 1\n"));
    assert_int_equal(words->diags.errors, 2);
}

static void messages_are_filled_in(void **state)
{
    struct words *words = *state;
    struct ydoc *doc = parse(words, "yaml-depth: \"{limit} {limit:étape|étapes}.\"\n");
    assert_int_equal(messages_load_overlay(words->messages, ydoc_root(doc), &words->diags), 0);
    ydoc_free(doc);
    const char *expected[] = {"0 étape.", "1 étape.", "2 étapes.", "10 étapes."};
    const char *numbers[] = {"0", "1", "2", "10"};
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        char *text = messages_format(words->messages, MSG_YAML_DEPTH, "limit", numbers[i]);
        assert_string_equal(text, expected[i]);
        free(text);
    }
}

static void wrong_messages_are_told(void **state)
{
    struct words *words = *state;
    struct ydoc *doc = parse(words, "nope: x\nyaml-depth: \"{wrong}\"\nyaml-size: \"{limit\"\n"
                                    "yaml-tag: [a]\nyaml-alias: fine\n");
    assert_int_equal(messages_load_overlay(words->messages, ydoc_root(doc), &words->diags), -1);
    ydoc_free(doc);
    assert_int_equal(words->diags.errors, 4);
    char *text = messages_format(words->messages, MSG_YAML_ALIAS);
    assert_string_equal(text, "fine");
    free(text);
}

static void the_built_in_french_has_every_message(void **state)
{
    struct words *words = *state;
    for (int id = 0; id < MSG_COUNT; id++) {
        char *text = messages_format(words->messages, (enum message)id);
        if (!strcmp(text, messages_key((enum message)id)))
            fail_msg("messages.yaml has no « %s »", text);
        free(text);
    }
    struct ydoc *doc = NULL;
    char *path = xasprintf("%s/voices/fr/messages.yaml", getenv("srcdir"));
    assert_int_equal(ydoc_load(path, &words->diags, &doc), 0);
    int overlaid = messages_load_overlay(words->messages, ydoc_root(doc), &words->diags);
    diags_print(&words->diags, stderr);
    assert_int_equal(overlaid, 0);
    ydoc_free(doc);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tree_knows_its_places, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(mistakes_have_a_place_and_a_hint, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(limits_hold, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(all_content_mistakes_come_together, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(messages_are_filled_in, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(wrong_messages_are_told, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(the_built_in_french_has_every_message, words_set_up,
                                        words_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
