/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outline: what of a guide is taken along, in which order, what is said instead of it; and that a
 * private step holds no more than its warnings. */
#include "base/mem.h"
#include "handout/outline.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char text[] =
    "format: 1\nid: x\ntitle: Un guide\nupdated: 2026-01-01\nwelcome: Bonjour.\nclosing: Bravo.\n"
    "paths:\n"
    "  - {id: a, title: Sur A, place: sur A, phrases: [a]}\n"
    "  - {id: b, title: Sur B, place: sur B, phrases: [b]}\n"
    "sections:\n"
    "  - id: un\n    title: Partie une\n    phrases: [partie une]\n    intro: Avant.\n"
    "    needs:\n"
    "      - {id: n, label: la clé, ask: \"L'avez-vous ?\", more: Longue., simple_more: Courte.}\n"
    "    steps:\n"
    "      - {id: s1, say: Premier., simple: Un., more: Plus., where: En haut., link: "
    "\"https://a.fr/\"}\n"
    "      - {id: s2, say: Secret., simple: S., more: Code., where: Ici., warning: Attention., "
    "private: true}\n"
    "  - id: deux\n    title: Partie deux\n    phrases: [partie deux]\n    paths: [b]\n"
    "    steps: [{id: t, say: Dernier., simple: D., more: Fin., simple_more: F.}]\n"
    "glossary:\n  - {word: mot, say: Un sens.}\n";

struct fixture {
    struct words words;
    struct guide *guide;
    struct outline_options options;
    struct outline outline;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    words_open(&fixture->words);
    *state = fixture;
    return guide_parse(text, strlen(text), &fixture->words.diags, &fixture->guide);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    outline_free(&fixture->outline);
    guide_free(fixture->guide);
    words_close(&fixture->words);
    free(fixture);
    return 0;
}

static void make(struct fixture *fixture, const struct guide_path *path, bool simple)
{
    outline_free(&fixture->outline);
    fixture->options = (struct outline_options){
        .guide = fixture->guide,
        .path = path,
        .messages = fixture->words.messages,
        .language = "fr",
        .today = {2026, 11, 28},
        .simple = simple,
    };
    outline_init(&fixture->outline, &fixture->options);
}

/* The part whose title begins so. */
static const struct outline_part *part(const struct fixture *fixture, const char *title)
{
    for (size_t i = 0; i < fixture->outline.part_count; i++)
        if (!strncmp(fixture->outline.parts[i].title, title, strlen(title)))
            return &fixture->outline.parts[i];
    return NULL;
}

/* The block of a kind, the `skip`-th of them; NULL if there is none. */
static const struct outline_block *block(const struct outline_part *part, enum outline_kind kind,
                                         size_t skip)
{
    for (size_t i = 0; part && i < part->block_count; i++)
        if (part->blocks[i].kind == kind && !skip--)
            return &part->blocks[i];
    return NULL;
}

static void assert_text(const struct outline_block *block, const char *expected)
{
    assert_non_null(block);
    if (!strstr(block->text, expected))
        fail_msg("« %s » is not in « %s »", expected, block->text);
}

static void steps_are_counted_for_the_ear(void **state)
{
    struct fixture *fixture = *state;
    make(fixture, NULL, false);
    const struct outline_part *one = part(fixture, "Partie une");
    assert_text(block(one, OUTLINE_STEP, 0), "Premier.");
    assert_non_null(strstr(block(one, OUTLINE_STEP, 0)->spoken, "Étape 1 sur 2. Premier."));
    assert_non_null(strstr(block(one, OUTLINE_STEP, 1)->spoken, "Étape 2 sur 2. Secret."));
    assert_null(block(one, OUTLINE_STEP, 2));
}

static void a_private_step_holds_its_warnings_alone(void **state)
{
    struct fixture *fixture = *state;
    make(fixture, NULL, false);
    const struct outline_part *one = part(fixture, "Partie une");
    size_t at = 0;
    while (one->blocks[at].kind != OUTLINE_STEP || strcmp(one->blocks[at].text, "Secret."))
        at++;
    for (at++; at < one->block_count; at++)
        assert_int_equal(one->blocks[at].kind, OUTLINE_WARNING);
    assert_text(block(one, OUTLINE_WARNING, 0), "Attention.");
    /* Of the need and of the first step. */
    assert_non_null(block(one, OUTLINE_MORE, 1));
    assert_null(block(one, OUTLINE_MORE, 2));
    assert_non_null(block(one, OUTLINE_WHERE, 0));
    assert_null(block(one, OUTLINE_WHERE, 1));
}

static void simple_texts_are_taken_where_there_are_any(void **state)
{
    struct fixture *fixture = *state;
    make(fixture, NULL, false);
    assert_text(block(part(fixture, "Partie une"), OUTLINE_NEED, 0), "la clé");
    assert_text(block(part(fixture, "Partie une"), OUTLINE_MORE, 0), "Longue.");
    assert_text(block(part(fixture, "Partie deux"), OUTLINE_MORE, 0), "Fin.");
    make(fixture, NULL, true);
    const struct outline_part *one = part(fixture, "Partie une");
    assert_text(block(one, OUTLINE_STEP, 0), "Un.");
    assert_text(block(one, OUTLINE_MORE, 0), "Courte.");
    assert_text(block(one, OUTLINE_MORE, 1), "Plus.");
    assert_text(block(one, OUTLINE_WHERE, 0), "En haut.");
    assert_string_equal(block(one, OUTLINE_LINK, 0)->text, "https://a.fr/");
    assert_text(block(part(fixture, "Partie deux"), OUTLINE_MORE, 0), "F.");
}

static void a_path_has_its_own_parts(void **state)
{
    struct fixture *fixture = *state;
    make(fixture, &fixture->guide->paths[0], false);
    assert_non_null(part(fixture, "Partie une"));
    assert_null(part(fixture, "Partie deux"));
    make(fixture, &fixture->guide->paths[1], false);
    assert_non_null(part(fixture, "Partie une"));
    assert_non_null(part(fixture, "Partie deux"));
}

static void it_opens_and_closes(void **state)
{
    struct fixture *fixture = *state;
    make(fixture, NULL, false);
    const struct outline *outline = &fixture->outline;
    assert_int_equal(outline->parts[0].kind, OUTLINE_OPENING);
    assert_string_equal(outline->parts[0].title, "Un guide");
    assert_text(block(&outline->parts[0], OUTLINE_TEXT, 0), "Bonjour.");
    assert_int_equal(outline->parts[outline->part_count - 1].kind, OUTLINE_CLOSING);
    for (size_t i = 0; i < outline->part_count; i++) {
        assert_true(*outline->parts[i].title && outline->parts[i].block_count > 0);
        if (outline->parts[i].kind != OUTLINE_GLOSSARY)
            continue;
        assert_text(block(&outline->parts[i], OUTLINE_WORD, 0), "mot");
        assert_text(block(&outline->parts[i], OUTLINE_MEANING, 0), "Un sens.");
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(steps_are_counted_for_the_ear),
        TEST(a_private_step_holds_its_warnings_alone),
        TEST(simple_texts_are_taken_where_there_are_any),
        TEST(a_path_has_its_own_parts),
        TEST(it_opens_and_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
