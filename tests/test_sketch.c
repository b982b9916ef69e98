/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketch, markdown: what becomes a part, a step, an explanation; and what is written is a guide. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "model/markdown.h"
#include "model/sketch.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct date today = {2026, 11, 28};

/* The text as a guide file. */
static struct strbuf write_guide(struct words *words, const char *text)
{
    struct sketch sketch = {0};
    struct strbuf yaml = {0};
    markdown_read(text, strlen(text), &sketch);
    assert_true(sketch_finish(&sketch) > 0);
    sketch_write(&sketch, words->messages, "x", "x.md", today, &yaml);
    sketch_free(&sketch);
    return yaml;
}

/* The text as a guide: what is written can be read. Warnings stay in words->diags. */
static struct guide *make(struct words *words, const char *text)
{
    struct strbuf yaml = write_guide(words, text);
    struct guide *guide = NULL;
    if (guide_parse(yaml.text, yaml.length, &words->diags, &guide))
        fail_msg("%s\n%s", words->diags.items[0].text, yaml.text);
    strbuf_free(&yaml);
    return guide;
}

static void titles_become_parts_and_items_steps(void **state)
{
    struct guide *guide =
        make(*state, "# Laver\n\nVoici comment.\n\n## Trier\n\nD'abord.\n\nPuis.\n\n"
                     "1. Le blanc.\n2. La couleur.\n\n   Sans le noir.\n\n"
                     "## Laver\n\n- Ouvrez.\n- Fermez, [ici](https://a.fr/b).\n");
    assert_string_equal(guide->title, "Laver");
    assert_string_equal(guide->welcome, "Voici comment.");
    assert_int_equal(guide->updated.day, 28);
    assert_int_equal(guide->section_count, 2);
    const struct guide_section *sort = &guide->sections[0], *wash = &guide->sections[1];
    assert_string_equal(sort->id, "trier");
    assert_string_equal(sort->title, "Trier");
    assert_string_equal(sort->intro, "D'abord. Puis.");
    assert_int_equal(sort->step_count, 2);
    assert_string_equal(sort->steps[0].say, "Le blanc.");
    assert_string_equal(sort->steps[1].say, "La couleur.");
    assert_string_equal(sort->steps[1].more, "Sans le noir.");
    assert_string_equal(wash->steps[1].link, "https://a.fr/b");
    guide_free(guide);
}

/* Three of a name, and one that has no letter of ours. */
static void parts_of_one_name_are_told_apart(void **state)
{
    struct guide *guide = make(
        *state, "# Guide\n\n## Suite\n\n- Un.\n\n## Suite\n\n- Deux.\n\n## SUITE\n\n- Trois.\n\n"
                "## 日本\n\n- Quatre.\n");
    static const char *const ids[] = {"suite", "suite-2", "suite-3", "p4"};
    static const char *const titles[] = {"Suite", "Suite 2", "SUITE 3", "日本"};
    assert_int_equal(guide->section_count, COUNT_OF(ids));
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        assert_string_equal(guide->sections[i].id, ids[i]);
        assert_string_equal(guide->sections[i].title, titles[i]);
        assert_int_equal(guide->sections[i].step_count, 1);
    }
    guide_free(guide);
}

static void a_part_without_steps_takes_its_paragraphs(void **state)
{
    struct guide *guide = make(*state, "# Guide\n\n## Une\n\nPremière.\n\nSeconde.\n\n## Vide\n\n"
                                       "## Deux\n\n- Troisième.\n");
    assert_int_equal(guide->section_count, 2);
    assert_int_equal(guide->sections[0].step_count, 2);
    assert_string_equal(guide->sections[0].steps[1].say, "Seconde.");
    assert_null(guide->sections[0].intro);
    assert_string_equal(guide->sections[1].title, "Deux");
    guide_free(guide);
}

static void a_text_without_titles_is_one_part(void **state)
{
    struct sketch sketch = {0};
    struct words *words = *state;
    struct strbuf yaml = {0};
    sketch_set_title(&sketch, "...");
    sketch_set_title(&sketch, " Le \t titre ");
    sketch_set_title(&sketch, "Un autre");
    sketch_add_paragraph(&sketch, "!!!");
    sketch_add_paragraph(&sketch, "Un.");
    sketch_add_step(&sketch, "?", NULL);
    assert_int_equal(sketch_finish(&sketch), 1);
    sketch_write(&sketch, words->messages, "x", "x.md", today, &yaml);
    assert_non_null(strstr(yaml.text, "title: \"Le titre\"\n"));
    assert_non_null(strstr(yaml.text, "    title: \"Pour commencer\"\n"));
    assert_non_null(strstr(yaml.text, "      - say: \"Un.\"\n"));
    strbuf_free(&yaml);
    sketch_free(&sketch);
}

#define TEN_WORDS "un deux trois quatre cinq six sept huit neuf dix"

/* Twenty words are none too many. */
static void long_sentences_are_marked(void **state)
{
    struct strbuf yaml = write_guide(*state, "# G\n\n## P\n\n- " TEN_WORDS " " TEN_WORDS ".\n- "
                                             "Court. " TEN_WORDS " " TEN_WORDS " onze.\n");
    const char *mark =
        strstr(yaml.text, "      # À couper : une phrase de 21 mots. Il en faut 20 au plus.\n"
                          "      - say: \"Court. un");
    assert_non_null(mark);
    assert_ptr_equal(strstr(yaml.text, "# À couper"), mark + strlen("      "));
    assert_null(strstr(mark + strlen("      # À couper"), "À couper"));
    strbuf_free(&yaml);
}

static void what_yaml_would_take_for_its_own_is_quoted(void **state)
{
    struct guide *guide = make(*state, "# G\n\n## P\n\n- Tapez \"a: b\" puis c\\\\d # e.\n");
    assert_string_equal(guide->sections[0].steps[0].say, "Tapez \"a: b\" puis c\\d # e.");
    guide_free(guide);
}

/* Between two words, or in the middle of a word that has no end. */
static void long_titles_are_cut(void **state)
{
    char word[200], words[200];
    (void)state;
    memset(word, 'x', sizeof word);
    memset(words, 'x', sizeof words);
    word[199] = words[199] = '\0';
    words[70] = ' ';
    struct sketch sketch = {0};
    sketch_set_title(&sketch, words);
    sketch_add_section(&sketch, word);
    word[80] = '\0';
    sketch_add_section(&sketch, word);
    assert_int_equal(strlen(sketch.title), 70);
    assert_int_equal(strlen(sketch.sections[1].title), 79);
    assert_int_equal(strlen(sketch.sections[2].title), 80);
    sketch_free(&sketch);
}

static void an_id_is_plain(void **state)
{
    static const struct {
        const char *title, *id;
    } cases[] = {
        {"Se connecter", "se-connecter"},
        {"  L'été, à 9 h !", "l-ete-a-9-h"},
        {"a--z", "a-z"},
        {"", ""},
        {"…", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *id = sketch_id(cases[i].title);
        assert_string_equal(id, cases[i].id);
        free(id);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, words_set_up, words_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(titles_become_parts_and_items_steps),
        TEST(parts_of_one_name_are_told_apart),
        TEST(a_part_without_steps_takes_its_paragraphs),
        TEST(a_text_without_titles_is_one_part),
        TEST(long_sentences_are_marked),
        TEST(what_yaml_would_take_for_its_own_is_quoted),
        TEST(long_titles_are_cut),
        TEST(an_id_is_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
