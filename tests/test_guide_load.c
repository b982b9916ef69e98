/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guide_load, yschema, unique: a guide is read whole, and every mistake is told at once. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/ydoc.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "model/guide_readability.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char head[] = "format: 1\n"
                           "id: x\n"
                           "title: Un titre\n"
                           "updated: 2026-02-28\n"
                           "welcome: Bonjour.\n"
                           "closing: Bravo.\n"
                           "paths:\n"
                           "  - {id: a, title: Chemin A, place: en A, phrases: [a, chemin a]}\n"
                           "  - {id: b, title: Chemin B, place: en B, phrases: [b]}\n"
                           "sections:\n";

/* Parses the head and what follows it. */
static struct guide *parse(struct words *words, const char *sections)
{
    char *text = xasprintf("%s%s", head, sections);
    struct guide *guide = NULL;
    int result = guide_parse(text, strlen(text), &words->diags, &guide);
    assert_int_equal(result, guide ? 0 : -1);
    assert_int_equal(result, words->diags.errors ? -1 : 0);
    free(text);
    return guide;
}

static struct guide *parse_well(struct words *words, const char *sections)
{
    struct guide *guide = parse(words, sections);
    diags_print(&words->diags, stderr);
    assert_non_null(guide);
    return guide;
}

/* The diags, in the order of the file, must begin with these; NULL ends the list. */
static void assert_diags(struct words *words, const char *const *prefixes)
{
    FILE *nowhere = fopen("/dev/null", "w");
    diags_print(&words->diags, nowhere); /* sorts them */
    fclose(nowhere);
    words_assert_told(words, prefixes);
    words_forget(words);
}

static const char whole[] =
    "  - id: s1\n"
    "    title: Une partie\n"
    "    phrases: [partie, la partie]\n"
    "    intro: \"Voici la partie.\"\n"
    "    needs:\n"
    "      - {id: n1, label: \"l'heure\", ask: \"L'avez-vous ?\", more: Oui.}\n"
    "    period: {every: month, opens: 28, opens_february: 26, closes: 15, missed: Zut.}\n"
    "    steps:\n"
    "      - id: e1\n"
    "        say: >\n"
    "          Cliquez sur\n"
    "          « Valider ».\n"
    "        simple: |\n"
    "          Cliquez\n"
    "          ici.\n"
    "        more: \"  Plus.  \"\n"
    "        simple_more: Plus simple.\n"
    "        where: En haut.\n"
    "        label: \"M'actualiser\"\n"
    "        warning: Attention.\n"
    "        private: true\n"
    "        check: true\n"
    "        read_back: \"C'est fait ?\"\n"
    "        not_needed: true\n"
    "        optional: true\n"
    "        link: https://www.exemple.fr/\n"
    "        spell: exemple.fr\n"
    "      - {id: e2, say: Dites., simple: Dites., more: Plus.}\n"
    "  - id: s2\n"
    "    title: Seulement B\n"
    "    paths: [b]\n"
    "    phrases: [autre]\n"
    "    period: {every: month, opens: 30, closes: 2}\n"
    "    steps:\n"
    "      - {id: e3, say: Dites., simple: Dites., more: Plus.}\n"
    "glossary:\n"
    "  - word: identifiant\n"
    "    forms: [identifiants, mes codes]\n"
    "    say: Un nom.\n";

static void a_whole_guide_is_read(void **state)
{
    struct guide *guide = parse_well(*state, whole);
    assert_string_equal(guide->id, "x");
    assert_string_equal(guide->title, "Un titre");
    assert_int_equal(guide->updated.year, 2026);
    assert_int_equal(guide->updated.month, 2);
    assert_int_equal(guide->updated.day, 28);
    assert_string_equal(guide->welcome, "Bonjour.");
    assert_string_equal(guide->closing, "Bravo.");
    assert_int_equal(guide->path_count, 2);
    assert_string_equal(guide->paths[0].place, "en A");
    assert_int_equal(guide->paths[0].phrases.count, 2);
    assert_string_equal(guide->paths[0].phrases.items[1], "chemin a");

    const struct guide_section *section = guide->paths[0].sections[0];
    assert_string_equal(section->intro, "Voici la partie.");
    assert_int_equal(section->need_count, 1);
    assert_string_equal(section->needs[0].label, "l'heure");
    assert_int_equal(section->period->opens, 28);
    assert_int_equal(section->period->opens_february, 26);
    assert_int_equal(section->period->closes, 15);
    assert_string_equal(section->period->missed, "Zut.");
    guide_free(guide);
}

static void a_step_has_all_its_texts_on_one_line(void **state)
{
    struct guide *guide = parse_well(*state, whole);
    const struct guide_step *step = &guide->sections[0].steps[0];
    assert_string_equal(step->say, "Cliquez sur « Valider ».");
    assert_string_equal(step->simple, "Cliquez ici.");
    assert_string_equal(step->more, "Plus.");
    assert_string_equal(step->simple_more, "Plus simple.");
    assert_string_equal(step->where, "En haut.");
    assert_string_equal(step->label, "M'actualiser");
    assert_string_equal(step->warning, "Attention.");
    assert_string_equal(step->read_back, "C'est fait ?");
    assert_string_equal(step->link, "https://www.exemple.fr/");
    assert_string_equal(step->spell, "exemple.fr");
    assert_true(step->is_private && step->check && step->not_needed && step->optional);
    assert_int_equal(step->line, 19);

    step = &guide->sections[0].steps[1];
    assert_false(step->is_private || step->check || step->not_needed || step->optional);
    assert_null(step->where);
    assert_null(step->link);
    guide_free(guide);
}

static void paths_have_their_sections(void **state)
{
    struct guide *guide = parse_well(*state, whole);
    assert_int_equal(guide->paths[0].section_count, 1);
    assert_int_equal(guide->paths[1].section_count, 2);
    assert_ptr_equal(guide->paths[1].sections[1], &guide->sections[1]);
    assert_null(guide->paths[1].sections[1]->intro);
    assert_int_equal(guide->paths[1].sections[1]->period->opens_february, 28);
    guide_free(guide);
}

static void an_id_may_return_on_another_path_only(void **state)
{
    struct words *words = *state;
    struct guide *guide =
        parse_well(words, "  - {id: s, title: T, paths: [a], phrases: [p], steps: [{id: e, say: "
                          "S., simple: S., more: M.}]}\n"
                          "  - {id: s, title: T, paths: [b], phrases: [p], steps: [{id: e, say: "
                          "S., simple: S., more: M.}]}\n");
    assert_string_equal(guide->paths[1].sections[0]->id, "s");
    guide_free(guide);

    assert_null(parse(words, "  - {id: s, title: T, paths: [a], phrases: [p], steps: [{id: e, "
                             "say: S., simple: S., more: M.}]}\n"
                             "  - {id: s, title: T, phrases: [P !], steps: [{id: e, say: "
                             "S., simple: S., more: M.}]}\n"));
    static const char *const told[] = {
        "Erreur : x.yaml:12:10 : Le nom « s » est déjà pris à la ligne 11.",
        "Erreur : x.yaml:12:33 : La phrase « P ! » est déjà prise à la ligne 11.",
        "Erreur : x.yaml:12:52 : Le nom « e » est déjà pris à la ligne 11.",
        NULL,
    };
    assert_diags(words, told);
}

static void all_mistakes_are_told_at_once(void **state)
{
    struct words *words = *state;
    assert_null(parse(words, "  - id: Été\n"
                             "    titel: T\n"
                             "    paths: [a, bb, a]\n"
                             "    phrases: []\n"
                             "    period: {every: year, opens: 32, closes: 1}\n"
                             "    steps:\n"
                             "      - {id: e, say: \" \", more: [x], check: oui}\n"
                             "      - texte\n"
                             "extra: 1\n"));
    static const char *const told[] = {
        "Erreur : x.yaml:11:5 : Il manque la clé « title »",
        "Erreur : x.yaml:11:9 : « Été » n'est pas un bon nom pour « id »",
        "Erreur : x.yaml:12:5 : La clé « titel » n'existe pas ici. Voulez-vous dire « title » ?",
        "Erreur : x.yaml:13:16 : Le parcours « bb » n'existe pas. Voulez-vous dire « b » ?",
        "Erreur : x.yaml:13:20 : Le parcours « a » est deux fois",
        "Erreur : x.yaml:14:14 : La liste « phrases » est vide",
        "Erreur : x.yaml:15:21 : « every » doit être un de ces mots : month",
        "Erreur : x.yaml:15:34 : « opens » doit être un nombre entier, de 1 à 31",
        "Erreur : x.yaml:17:22 : « say » est vide",
        "Erreur : x.yaml:17:33 : « more » doit être un texte",
        "Erreur : x.yaml:17:45 : « check » doit être true (pour oui) ou false (pour non). "
        "Remplacez « oui »",
        "Erreur : x.yaml:18:9 : Il faut des clés ici",
        "Erreur : x.yaml:19:1 : La clé « extra » n'existe pas ici. Les clés possibles sont : "
        "format, id, ",
        NULL,
    };
    assert_diags(words, told);
}

static void links_are_addresses(void **state)
{
    static const struct {
        const char *link;
        bool good;
    } cases[] = {
        {"https://www.exemple.fr", true},    {"http://exemple.fr/a?b=c#d", true},
        {"https://exemple.fr:8080/", true},  {"www.exemple.fr", false},
        {"ftp://exemple.fr", false},         {"https://", false},
        {"https://exemple", false},          {"https://.fr", false},
        {"https://exemple.fr/a b", false},   {"javascript:alert(1)", false},
        {"https://exemple.fr/\\\"x", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *text = xasprintf("  - {id: s, title: T, phrases: [p], steps: [{id: e, say: S., "
                               "simple: S., more: M., link: \"%s\"}]}\n",
                               cases[i].link);
        struct guide *guide = parse(*state, text);
        if (!guide != !cases[i].good)
            fail_msg("%s", cases[i].link);
        guide_free(guide);
        free(text);
        words_forget(*state);
    }
}

static void words_of_a_sentence_are_counted(void **state)
{
    (void)state;
    const char *at = "Tapez « l'adresse » : www.exemple.fr ! C'est fait… Le 39 49.  … Fin";
    assert_int_equal(guide_sentence_words(&at), 3);
    assert_int_equal(guide_sentence_words(&at), 2);
    assert_int_equal(guide_sentence_words(&at), 3);
    assert_int_equal(guide_sentence_words(&at), 1);
    assert_int_equal(guide_sentence_words(&at), 0);
    /* What is quoted belongs to the sentence around it. */
    at = "On lit « Toujours ? Oui ! ». Bien.";
    assert_int_equal(guide_sentence_words(&at), 4);
    assert_int_equal(guide_sentence_words(&at), 1);
}

#define TEN_WORDS "un deux trois quatre cinq six sept huit neuf dix"

static void long_sentences_are_warned_of_unless_excused(void **state)
{
    struct words *words = *state;
    const char *sections = "  - id: s\n"
                           "    title: T\n"
                           "    phrases: [p]\n"
                           "    intro: " TEN_WORDS " " TEN_WORDS " onze.\n"
                           "    steps:\n"
                           "      - id: e\n"
                           "        say: " TEN_WORDS " " TEN_WORDS ". " TEN_WORDS "\n"
                           "        simple: \"Court. " TEN_WORDS " onze douze treize. Court.\"\n"
                           "        more: M.\n";
    struct guide *guide = parse(words, sections);
    assert_non_null(guide);
    guide_free(guide);
    static const char *const told[] = {
        "Attention : x.yaml:14:12 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:18:17 : Une phrase a 13 mots. Le maximum est 12. Coupez-la en deux : "
        "« un deux",
        NULL,
    };
    assert_diags(words, told);

    char *excused = xasprintf("%sallow:\n"
                              "  - {step: e, rule: long-sentence, reason: Un nom long.}\n"
                              "  - {section: s, rule: long-sentence, reason: Une liste.}\n",
                              sections);
    guide_free(parse_well(words, excused));
    assert_int_equal(words->diags.count, 0);
    free(excused);
}

#define TOO_LONG TEN_WORDS " " TEN_WORDS " onze."

/* Each text that has a limit, and an excuse for those around it alone. */
static void no_text_is_left_out(void **state)
{
    struct words *words = *state;
    const char *sections = "  - id: partie\n" /* line 11 */
                           "    title: T\n"
                           "    phrases: [p]\n"
                           "    intro: " TOO_LONG "\n"
                           "    story: " TOO_LONG "\n"
                           "    needs:\n"
                           "      - id: n\n"
                           "        label: L\n"
                           "        ask: " TOO_LONG "\n"
                           "        if_no: " TOO_LONG "\n"
                           "        more: " TOO_LONG "\n" /* line 21 */
                           "        simple_more: " TEN_WORDS " onze douze treize.\n"
                           "    period:\n"
                           "      every: month\n"
                           "      opens: 28\n"
                           "      closes: 15\n"
                           "      missed: " TOO_LONG "\n"
                           "      done: " TOO_LONG "\n"
                           "    steps:\n"
                           "      - id: e\n"
                           "        say: " TOO_LONG "\n" /* line 31 */
                           "        simple: S.\n"
                           "        more: " TOO_LONG "\n"
                           "        simple_more: " TEN_WORDS " onze douze treize.\n"
                           "        where: " TOO_LONG "\n"
                           "        warning: " TOO_LONG "\n"
                           "        check: true\n"
                           "        read_back: " TOO_LONG "\n"
                           "        kind: choice\n"
                           "        questions:\n"
                           "          - ask: " TOO_LONG "\n" /* line 41 */
                           "            answer: yes\n"
                           "            why: " TOO_LONG "\n";
    static const char *const told[] = {
        "Attention : x.yaml:14:12 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:15:12 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:19:14 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:20:16 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:21:15 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:22:22 : Une phrase a 13 mots. Le maximum est 12.",
        "Attention : x.yaml:27:15 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:28:13 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:31:14 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:33:15 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:34:22 : Une phrase a 13 mots. Le maximum est 12.",
        "Attention : x.yaml:35:16 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:36:18 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:38:20 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:41:18 : Une phrase a 21 mots. Le maximum est 20.",
        "Attention : x.yaml:43:18 : Une phrase a 21 mots. Le maximum est 20.",
        NULL,
    };
    guide_free(parse(words, sections));
    assert_diags(words, told);

    char *excused = xasprintf("%sallow:\n"
                              "  - {section: partie, rule: long-sentence, reason: Une liste.}\n",
                              sections);
    guide_free(parse(words, excused));
    assert_diags(words, told + 8); /* from the steps on */
    free(excused);
}

static void a_phrase_without_letter_is_told_wherever_it_stands(void **state)
{
    struct words *words = *state;
    const char *rest = "title: T, steps: [{id: e, say: S., simple: S., more: M.}]}\n";
    char *first = xasprintf("  - {id: s, phrases: [\"?!\", p], %s", rest);
    char *all = xasprintf("  - {id: s, phrases: [\"?!\", \"...\"], %s", rest);
    static const char *const told_first[] = {
        "Erreur : x.yaml:11:23 : La phrase « ?! » n'a ni lettre ni chiffre.", NULL};
    static const char *const told_all[] = {
        "Erreur : x.yaml:11:23 : La phrase « ?! » n'a ni lettre ni chiffre.",
        "Erreur : x.yaml:11:29 : La phrase « ... » n'a ni lettre ni chiffre.", NULL};
    assert_null(parse(words, first));
    assert_diags(words, told_first);
    assert_null(parse(words, all));
    assert_diags(words, told_all);
    free(first);
    free(all);
}

static void allow_must_excuse_something(void **state)
{
    struct words *words = *state;
    assert_null(parse(words, "  - {id: s, title: T, phrases: [p], steps: [{id: e, say: S., "
                             "simple: S., more: M.}]}\n"
                             "allow:\n"
                             "  - {step: e, rule: long-sentence, reason: R.}\n"
                             "  - {step: f, rule: long-sentence, reason: R.}\n"
                             "  - {rule: long-sentence, reason: R.}\n"
                             "  - {step: e, section: s, rule: short, reason: R.}\n"
                             "  - {section: s, rule: long-sentence}\n"
                             "  - {step: f, rule: long-sentence, reason: R.}\n"));
    static const char *const told[] = {
        "Attention : x.yaml:13:12 : L'exception pour « e » ne sert à rien",
        "Erreur : x.yaml:15:5 : Cette exception doit nommer une seule chose",
        "Erreur : x.yaml:16:5 : Cette exception doit nommer une seule chose",
        "Erreur : x.yaml:16:33 : « rule » doit être un de ces mots : long-sentence",
        "Erreur : x.yaml:17:5 : Il manque la clé « reason »",
        "Attention : x.yaml:17:15 : L'exception pour « s » ne sert à rien",
        "Erreur : x.yaml:18:12 : L'exception pour « f » est déjà à la ligne 14",
        NULL,
    };
    assert_diags(words, told);
}

static void a_newer_format_is_told_alone(void **state)
{
    struct words *words = *state;
    static const char text[] = "format: 2\nfuture: yes\n";
    struct guide *guide = NULL;
    assert_int_equal(guide_parse(text, strlen(text), &words->diags, &guide), -1);
    static const char *const told[] = {
        "Erreur : x.yaml:1:9 : Ce programme ne connaît pas le format « 2 »", NULL};
    assert_diags(words, told);
}

static void limits_are_kept(void **state)
{
    struct words *words = *state;
    struct strbuf text = {0};
    strbuf_add(&text, "  - {id: s, title: ");
    for (int i = 0; i <= GUIDE_TITLE_MAX; i++)
        strbuf_add(&text, "é");
    strbuf_add(&text, ", phrases: [");
    for (int i = 0; i <= GUIDE_PHRASES_MAX; i++)
        strbuf_addf(&text, "%sp%d", i ? ", " : "", i);
    strbuf_add(&text, "], steps: [{id: e, say: S., simple: S., more: M.}]}\n");
    assert_null(parse(words, text.text));
    strbuf_free(&text);
    static const char *const told[] = {
        "Erreur : x.yaml:11:20 : « title » est trop long : 81 caractères. Le maximum est 80",
        "Erreur : x.yaml:11:112 : « phrases » a trop d'éléments : 21. Le maximum est 20",
        NULL,
    };
    assert_diags(words, told);
}

/* As many steps as one section may have, with all ids the same but for two: every one is told. */
static void many_steps_are_all_looked_at(void **state)
{
    struct words *words = *state;
    struct strbuf text = {0};
    strbuf_add(&text, "  - id: s\n    title: T\n    phrases: [p]\n    steps:\n");
    for (int i = 0; i < 10000; i++)
        strbuf_addf(&text, "      - {id: e%d, say: S., simple: S., more: M.}\n", i / 2);
    assert_null(parse(words, text.text));
    assert_int_equal(words->diags.errors, 5000);
    strbuf_free(&text);
}

static void a_file_must_be_named_like_its_guide(void **state)
{
    struct words *words = *state;
    char folder[] = "/tmp/test_guideXXXXXX";
    assert_non_null(mkdtemp(folder));
    static const char *const names[] = {"x.yaml", "y.yaml"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char *path = xasprintf("%s/%s", folder, names[i]);
        FILE *file = fopen(path, "w");
        fprintf(file, "%s%s", head, whole);
        assert_int_equal(fclose(file), 0);
        struct guide *guide;
        assert_int_equal(guide_load(path, &words->diags, &guide), 0);
        assert_int_equal(words->diags.count, i);
        guide_free(guide);
        remove(path);
        free(path);
    }
    remove(folder);
}

static void our_own_guide_has_no_mistake(void **state)
{
    struct words *words = *state;
    char *path = xasprintf("%s/guides/espace-france-travail.yaml", getenv("srcdir"));
    struct guide *guide;
    int result = guide_load(path, &words->diags, &guide);
    diags_print(&words->diags, stderr);
    assert_int_equal(result, 0);
    assert_int_equal(words->diags.count, 0);
    int path_index = guide_find_path(guide, "telephone");
    assert_true(path_index >= 0);
    int section = guide_find_section(&guide->paths[path_index], "actualisation");
    assert_true(section >= 0);
    assert_non_null(guide->paths[path_index].sections[section]->period);
    guide_free(guide);
    free(path);
}

static void labels_that_are_heard_alike_are_warned_of(void **state)
{
    static const char sections[] =
        "  - id: s\n    title: S\n    paths: [a]\n    phrases: [la partie]\n    steps:\n"
        "      - {id: u, say: Un., simple: Un., more: Un., label: SE CONNECTER}\n"
        "      - {id: d, say: Un., simple: Un., more: Un., label: Se connecter}\n"
        "      - {id: t, say: Un., simple: Un., more: Un., label: SE CONNECTER}\n"
        "      - {id: q, say: Un., simple: Un., more: Un., label: se  connecter !, kind: none}\n"
        "  - id: p\n    title: P\n    paths: [b]\n    phrases: [la partie]\n    steps:\n"
        "      - {id: u, say: Un., simple: Un., more: Un., label: Se connectér}\n";
    struct words *words = *state;
    guide_free(parse_well(words, sections));
    /* Those of the other path, and what no page has, are told apart. */
    assert_diags(words, (const char *const[]){"Attention : x.yaml:17:", NULL});
}

static void a_control_may_have_other_names(void **state)
{
    static const char sections[] =
        "  - id: s\n    title: S\n    paths: [a, b]\n    phrases: [la partie]\n    steps:\n"
        "      - {id: u, say: Un., simple: Un., more: Un., label: Valider, other_labels: [Envoyer, "
        "Terminer]}\n"
        "      - {id: d, say: Un., simple: Un., more: Un., label: ENVOYER}\n";
    struct words *words = *state;
    struct guide *guide = parse_well(words, sections);
    const struct guide_phrases *others = &guide->paths[0].sections[0]->steps[0].other_labels;
    assert_int_equal(others->count, 2);
    assert_string_equal(others->items[1], "Terminer");
    guide_free(guide);
    assert_diags(words, (const char *const[]){"Attention : x.yaml:17:", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_whole_guide_is_read, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(a_step_has_all_its_texts_on_one_line, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(paths_have_their_sections, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(an_id_may_return_on_another_path_only, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(all_mistakes_are_told_at_once, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(links_are_addresses, words_set_up, words_tear_down),
        cmocka_unit_test(words_of_a_sentence_are_counted),
        cmocka_unit_test_setup_teardown(a_control_may_have_other_names, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(labels_that_are_heard_alike_are_warned_of, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(long_sentences_are_warned_of_unless_excused, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(no_text_is_left_out, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(a_phrase_without_letter_is_told_wherever_it_stands,
                                        words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(allow_must_excuse_something, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(a_newer_format_is_told_alone, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(limits_are_kept, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(many_steps_are_all_looked_at, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(a_file_must_be_named_like_its_guide, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(our_own_guide_has_no_mistake, words_set_up,
                                        words_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
