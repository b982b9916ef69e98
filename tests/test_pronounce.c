/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pronounce, phones, lexicon: from a text to phones. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/strbuf.h"
#include "listen/pronounce.h"
#include "listen/soundalike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct messages *messages;
    struct diags diags;
    char folder[32];
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->messages = messages_load_builtin();
    diags_init(&fixture->diags, fixture->messages);
    strcpy(fixture->folder, "/tmp/pronounce-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    const char *names[] = {"phones.yaml", "lexicon.dict"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char *path = xasprintf("%s/%s", fixture->folder, names[i]);
        unlink(path);
        free(path);
    }
    rmdir(fixture->folder);
    diags_free(&fixture->diags);
    messages_free(fixture->messages);
    free(fixture);
    return 0;
}

static void write_file(const struct fixture *fixture, const char *name, const char *text)
{
    char *path = xasprintf("%s/%s", fixture->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static struct pronouncer *load_french(struct fixture *fixture)
{
    struct pronouncer *pronouncer = NULL;
    char *folder = xasprintf("%s/voices/fr", getenv("srcdir"));
    int result = pronouncer_load(folder, &fixture->diags, &pronouncer);
    diags_print(&fixture->diags, stderr);
    free(folder);
    assert_int_equal(result, 0);
    return pronouncer;
}

/* All pronunciations in one text, " / " between. */
static char *say(const struct pronouncer *pronouncer, const char *set, const char *text)
{
    struct pronunciations found = {0};
    struct strbuf all = {0};
    if (pronounce(pronouncer, set, text, &found) == 0)
        for (size_t i = 0; i < found.count; i++)
            strbuf_addf(&all, "%s%s", i ? " / " : "", found.items[i]);
    pronunciations_free(&found);
    return strbuf_take(&all);
}

static void assert_said(const struct pronouncer *pronouncer, const char *set, const char *text,
                        const char *expected)
{
    char *said = say(pronouncer, set, text);
    if (strcmp(said, expected))
        fail_msg("« %s » in %s: %s instead of %s", text, set, said, expected);
    free(said);
}

static void french_words_have_french_phones(void **state)
{
    struct pronouncer *french = load_french(*state);
    assert_true(pronouncer_knows(french, "fr"));
    assert_said(french, "fr", "suivant", "ss uy ii vv an");
    assert_said(french, "fr", "répétez", "rr ai pp ai tt ei");
    assert_said(french, "fr", "montagne", "mm on tt aa gn");
    assert_said(french, "fr", "Oui", "ww ii / ou ii");
    assert_said(french, "fr", "quatre", "kk aa tt rr / kk aa tt rr ee / kk aa tt");
    assert_said(french, "fr", "petit ours", "pp ee tt ii tt ou rr ss / pp ee tt ii ou rr ss");
    assert_said(french, "fr", "haut", "au");
    assert_said(french, "fr", "beaucoup", "bb oo kk ou");
    assert_said(french, "fr", "n'est-ce pas ?", "nn ai ss pp aa");
    pronouncer_free(french);
}

static void english_phones_are_replaced_coherently(void **state)
{
    struct pronouncer *french = load_french(*state);
    assert_said(french, "en-us", "répétez", "HH EH P EH T EY / R EH P EH T EY");
    assert_said(french, "en-us", "rue", "HH IH / R IH / HH Y UW");
    pronouncer_free(french);
}

static void nothing_to_say_is_an_error(void **state)
{
    struct pronouncer *french = load_french(*state);
    struct pronunciations found = {.count = 77};
    assert_int_equal(pronounce(french, "fr", "...", &found), -1);
    assert_int_equal(pronounce(french, "fr", "", &found), -1);
    assert_int_equal(pronounce(french, "klingon", "oui", &found), -1);
    assert_int_equal(found.count, 77);
    assert_false(pronouncer_knows(french, "klingon"));
    pronouncer_free(french);
}

#define TINY                                                                                       \
    "espeak: fr\nsets:\n  one:\n    from: espeak\n    phones:\n      a: A\n      \"'i\": I\n"      \
    "      i: J\n      r: R\n      e: E\n      p: P\n      t: T\n"                                 \
    "  two:\n    from: one\n    alternatives: together\n    phones:\n"                             \
    "      A: [\"a\", \"aa\", \"aaa\"]\n      P: [\"p\", \"pp\"]\n      \"A P\": [\"ap\", "        \
    "\"x\"]\n"

static void the_lexicon_comes_first(void **state)
{
    struct fixture *fixture = *state;
    struct pronouncer *tiny = NULL;
    write_file(fixture, "phones.yaml", TINY);
    write_file(fixture, "lexicon.dict",
               "# words\n\nÀ part\tA  P A R\r\npapi\tP A P I\npapi\tP A P J\nÉté\tE T E\n");
    assert_int_equal(pronouncer_load(fixture->folder, &fixture->diags, &tiny), 0);
    assert_said(tiny, "one", "pipi", "P J P I");
    assert_said(tiny, "one", "à part", "A P A R");
    assert_said(tiny, "one", "PAPI, à part", "P A P I A P A R / P A P J A P A R");
    assert_said(tiny, "one", "papi tape", "P A P I T A P / P A P J T A P");
    assert_said(tiny, "one", "tape papi", "T A P P A P I / T A P P A P J");
    assert_said(tiny, "one", "ÉTÉ", "E T E");
    /* The longest rule wins; alternatives advance together, the last one stays. */
    assert_said(tiny, "two", "papa", "p ap a / pp x aa / pp x aaa");
    pronouncer_free(tiny);
}

static void assert_refused(struct fixture *fixture, const char *phones, const char *lexicon,
                           const char *prefix)
{
    struct pronouncer *pronouncer = NULL;
    write_file(fixture, "phones.yaml", phones);
    write_file(fixture, "lexicon.dict", lexicon);
    assert_int_equal(pronouncer_load(fixture->folder, &fixture->diags, &pronouncer), -1);
    assert_null(pronouncer);
    assert_true(fixture->diags.count > 0);
    char *line = diag_line(fixture->messages, &fixture->diags.items[0]);
    char *expected = xasprintf("Erreur : %s/%s", fixture->folder, prefix);
    if (strncmp(line, expected, strlen(expected)))
        fail_msg("« %s » does not begin with « %s »", line, expected);
    free(expected);
    free(line);
    diags_free(&fixture->diags);
    diags_init(&fixture->diags, fixture->messages);
}

static void mistakes_are_told_with_their_place(void **state)
{
    assert_refused(*state, "espeak: fr\n", "", "phones.yaml:1:1 : Il manque");
    assert_refused(*state, "espeak: fr\nsets:\n  a:\n    from: b\n    phones: {}\n", "",
                   "phones.yaml:4:11 : « from »");
    assert_refused(*state, "espeak: fr\nsets:\n  a:\n    from: espeak\n    fones: {}\n", "",
                   "phones.yaml:3:3 : La clé « a »");
    assert_refused(*state,
                   "espeak: fr\nsets:\n  a:\n    from: espeak\n    phones:\n      i: {x: y}\n", "",
                   "phones.yaml:6:7 : La règle « i »");
    assert_refused(*state, TINY, "papi\tP A Q\n", "lexicon.dict:1:1 : Le son « Q »");
    assert_refused(*state, TINY, "# a\npapi P A P I\n", "lexicon.dict:2:1 : Écrivez");
}

static void assert_distance(const struct pronouncer *pronouncer, const char *left,
                            const char *right, double expected)
{
    assert_true(soundalike_distance(pronouncer, left, right) == expected);
    assert_true(soundalike_distance(pronouncer, right, left) == expected);
}

static void distance_counts_phones(void **state)
{
    struct pronouncer *pronouncer = load_french(*state);
    assert_distance(pronouncer, "dd ii ss", "dd ii ss", 0);
    assert_distance(pronouncer, "dd ii ss", "dd ii", 1);
    assert_distance(pronouncer, "", "dd ii", 2);
    assert_distance(pronouncer, "pp aa", "bb aa", 0.5);
    assert_distance(pronouncer, "pp aa", "ss aa", 1);
    assert_distance(pronouncer, "aa pp aa", "pp aa bb", 2);
    pronouncer_free(pronouncer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(french_words_have_french_phones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(english_phones_are_replaced_coherently, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_to_say_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_lexicon_comes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(distance_counts_phones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mistakes_are_told_with_their_place, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
