/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading: written French in words, by voices/fr/speech.yaml. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/ydoc.h"
#include "reading/reading.h"
#include "reading/utterance.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define CASES_AT_LEAST 1350

struct fixture {
    struct messages *messages;
    struct diags diags;
    struct ydoc *doc;
    struct reading_rules *rules;
};

static struct reading_rules *load(struct fixture *fixture, const char *path)
{
    struct reading_rules *rules = NULL;
    if (ydoc_load(path, &fixture->diags, &fixture->doc) ||
        reading_rules_parse(ydoc_root(fixture->doc), &fixture->diags, &rules))
        diags_print(&fixture->diags, stderr);
    return rules;
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->messages = messages_load_builtin();
    diags_init(&fixture->diags, fixture->messages);
    char *path = xasprintf("%s/voices/fr/speech.yaml", getenv("srcdir"));
    fixture->rules = load(fixture, path);
    free(path);
    *state = fixture;
    return fixture->rules ? 0 : -1;
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

/* --- the cases ----------------------------------------------------------------------------- */

/* One line of reading-cases.tsv: text, words; "\n" stands for a new line. Others begin with #. */
typedef size_t check_case(const struct fixture *fixture, const char *text, const char *expected);

static void unescape(char *text)
{
    char *out = text;
    for (const char *at = text; *at; at++) {
        if (at[0] == '\\' && at[1] == 'n') {
            *out++ = '\n';
            at++;
        } else {
            *out++ = *at;
        }
    }
    *out = '\0';
}

static size_t for_each_case(const struct fixture *fixture, check_case *check, size_t *ret_failed)
{
    char *path = xasprintf("%s/tests/reading-cases.tsv", getenv("srcdir"));
    FILE *file = fopen(path, "r");
    free(path);
    assert_non_null(file);
    char *line = NULL;
    size_t capacity = 0, count = 0;
    while (getline(&line, &capacity, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab || !strncmp(line, "# ", 2))
            continue;
        *tab = '\0';
        unescape(line);
        *ret_failed += check(fixture, line, tab + 1);
        count++;
    }
    free(line);
    fclose(file);
    return count;
}

static size_t reads_as(const struct fixture *fixture, const char *text, const char *expected)
{
    char *words = reading_words(fixture->rules, text);
    size_t wrong = strcmp(words, expected) != 0;
    if (wrong)
        print_error("« %s »\n    is « %s »\n   not « %s »\n", text, words, expected);
    free(words);
    return wrong;
}

static void every_case_is_read_as_expected(void **state)
{
    size_t failed = 0;
    assert_true(for_each_case(*state, reads_as, &failed) >= CASES_AT_LEAST);
    assert_int_equal(failed, 0);
}

/* --- whole pages ----------------------------------------------------------------------------- */

#define PAGES_AT_LEAST 10

static char *read_file(const char *path)
{
    struct strbuf text = {0};
    char buffer[4096];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, file)) > 0;)
        strbuf_add_bytes(&text, buffer, got);
    fclose(file);
    return strbuf_take(&text);
}

/* The text, a line of three hyphens, and the sentences as the voice receives them, one a line. */
static size_t page_is_read_as_expected(const struct fixture *fixture, const char *path)
{
    char *text = read_file(path), **sentences;
    char *expected = strstr(text, "\n---\n");
    assert_non_null(expected);
    *expected = '\0';
    struct utterance utterance = {.text = text};
    struct strbuf read = {0};
    size_t count = utterance_sentences(fixture->rules, &utterance, &sentences);
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&read, "%s\n", sentences[i]);
    sentences_free(sentences, count);
    size_t wrong = strcmp(read.text, expected + strlen("\n---\n")) != 0;
    if (wrong)
        print_error("%s is read so:\n%s", path, read.text);
    strbuf_free(&read);
    free(text);
    return wrong;
}

static void whole_pages_are_read_as_expected(void **state)
{
    glob_t found;
    size_t failed = 0;
    char *pattern = xasprintf("%s/tests/reading-pages/*.txt", getenv("srcdir"));
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= PAGES_AT_LEAST);
    for (size_t i = 0; i < found.gl_pathc; i++)
        failed += page_is_read_as_expected(*state, found.gl_pathv[i]);
    globfree(&found);
    free(pattern);
    assert_int_equal(failed, 0);
}

/* --- properties, on the cases and on every text of the guides -------------------------------- */

static size_t is_idempotent(const struct fixture *fixture, const char *text, const char *expected)
{
    char *once = reading_words(fixture->rules, text);
    char *twice = reading_words(fixture->rules, once);
    size_t wrong = strcmp(once, twice) != 0;
    if (wrong)
        print_error("« %s »\n  once « %s »\n twice « %s »\n", text, once, twice);
    free(once);
    free(twice);
    (void)expected;
    return wrong;
}

static char *without_spaces(const char *text)
{
    char *folded = text_fold(text);
    char *out = folded;
    for (const char *at = folded; *at; at++)
        if (*at != ' ')
            *out++ = *at;
    *out = '\0';
    return folded;
}

/* Short words may be units or abbreviations; from here on they must be in what is read. */
#define WHOLE_WORD 6

/* "xviii", and with the ending of an ordinal. */
static bool is_roman(const char *word)
{
    size_t length = strspn(word, "ivxlc");
    return length && (!word[length] || !strcmp(word + length, "e"));
}

/* The longer words of the text, in this order, are in the words (spaces may have come between). */
static size_t keeps_words(const struct fixture *fixture, const char *text, const char *expected)
{
    char *words = reading_words(fixture->rules, text);
    char *inside = without_spaces(words);
    char *folded = text_fold(text);
    const char *from = inside;
    size_t lost = 0;
    for (char *save, *word = strtok_r(folded, " ", &save); word;
         word = strtok_r(NULL, " ", &save)) {
        bool letters = strlen(word) >= WHOLE_WORD &&
                       strspn(word, "abcdefghijklmnopqrstuvwxyz") == strlen(word) &&
                       !is_roman(word);
        const char *found = letters ? strstr(from, word) : NULL;
        if (letters && !found) {
            lost++;
            print_error("« %s »\n  loses « %s » in « %s »\n", text, word, words);
        }
        if (found)
            from = found + strlen(word);
    }
    free(words);
    free(inside);
    free(folded);
    (void)expected;
    return lost;
}

static void cases_are_idempotent(void **state)
{
    size_t failed = 0;
    for_each_case(*state, is_idempotent, &failed);
    /* Words that only become readable once what they stuck to is read. */
    failed += is_idempotent(*state, "Ctrl42 1reF1637Mme", NULL);
    failed += is_idempotent(*state, "120Ko52 3Ctrl 9etc.", NULL);
    assert_int_equal(failed, 0);
}

static void cases_keep_their_words(void **state)
{
    size_t failed = 0;
    for_each_case(*state, keeps_words, &failed);
    assert_int_equal(failed, 0);
}

static size_t check_texts(const struct fixture *fixture, const struct ynode *node,
                          check_case *check)
{
    size_t failed = node->kind == YNODE_TEXT ? check(fixture, node->text, NULL) : 0;
    for (size_t i = 0; i < node->count; i++)
        failed += check_texts(fixture, &node->items[i], check);
    return failed;
}

static void guide_texts_are_idempotent_and_keep_their_words(void **state)
{
    struct fixture *fixture = *state;
    struct ydoc *doc = NULL;
    char *path = xasprintf("%s/guides/espace-france-travail.yaml", getenv("srcdir"));
    assert_int_equal(ydoc_load(path, &fixture->diags, &doc), 0);
    free(path);
    assert_int_equal(check_texts(fixture, ydoc_root(doc), is_idempotent), 0);
    assert_int_equal(check_texts(fixture, ydoc_root(doc), keeps_words), 0);
    ydoc_free(doc);
}

/* --- spelling ------------------------------------------------------------------------------ */

static void assert_words(char *words, const char *expected)
{
    assert_string_equal(words, expected);
    free(words);
}

static void letters_are_spelled_by_name(void **state)
{
    struct fixture *fixture = *state;
    const struct reading_rules *rules = fixture->rules;
    assert_words(reading_spell(rules, "SMS"), "esse, emme, esse");
    assert_words(reading_spell_letters(rules, "SMS"), "S, M, S");
    assert_words(reading_spell_letters(rules, "é.fr"), "é, point, f, r");
    assert_words(reading_spell(rules, "été"), "e accent aigu, té, e accent aigu");
    assert_words(reading_spell(rules, "e\u0301"), "e accent aigu");
    assert_words(reading_spell(rules, "Ça va"), "cé cédille majuscule, a, espace, vé, a");
    assert_words(reading_spell(rules, "f.fr"), "effe, point, effe, erre");
    assert_words(reading_spell(rules, "J’ai-1"), "ji majuscule, apostrophe, a, i, tiret, un");
    assert_words(reading_spell(rules, "Maj + F5"),
                 "emme majuscule, a, ji, plus, effe majuscule, cinq");
    assert_words(reading_spell(rules, "OUI NON"), "en majuscules, o, u, i, espace, enne, o, enne");
    assert_words(reading_spell(rules, ""), "");
}

static void letters_are_spelled_by_example(void **state)
{
    struct fixture *fixture = *state;
    const struct reading_rules *rules = fixture->rules;
    assert_words(reading_spell_examples(rules, "ab1"), "A comme Anatole, B comme Berthe, un");
    assert_words(reading_spell_examples(rules, "é"), "E comme Eugène, e accent aigu");
    assert_words(reading_spell_examples(rules, "Zo"), "Z comme Zoé majuscule, O comme Oscar");
}

/* --- the rest of the header ------------------------------------------------------------------ */

static void assert_sentences(const struct reading_rules *rules, const char *text,
                             const char *expected)
{
    char **sentences;
    size_t count = reading_sentences(rules, text, &sentences);
    struct strbuf all = {0};
    for (size_t i = 0; i < count; i++) {
        strbuf_addf(&all, "%s%s", i ? "|" : "", sentences[i]);
        free(sentences[i]);
    }
    free(sentences);
    char *joined = strbuf_take(&all);
    assert_string_equal(joined, expected);
    free(joined);
}

static void texts_are_cut_into_sentences(void **state)
{
    const struct reading_rules *rules = ((struct fixture *)*state)->rules;
    assert_sentences(rules, "", "");
    assert_sentences(rules, "  ", "");
    assert_sentences(rules, "Un. Deux ! Trois ? Quatre… Cinq : six",
                     "Un.|Deux !|Trois ?|Quatre…|Cinq :|six");
    assert_sentences(rules, "M. Martin paie 3.50 euros. Oui.", "M. Martin paie 3.50 euros.|Oui.");
    assert_sentences(rules, "Dites « Oui. » Puis allez.", "Dites « Oui. »|Puis allez.");
    assert_sentences(rules, "Vrai ?! Non...", "Vrai ?!|Non...");
    assert_sentences(rules, "a.b", "a.b");
    assert_sentences(rules, "À la mer. Au port.", "À la mer.|Au port.");
    assert_sentences(rules, "Le mer. 3, p. 12. Fin.", "Le mer. 3, p. 12.|Fin.");
    assert_sentences(rules, "Un CV, etc. Puis, etc. et J. Moulin.",
                     "Un CV, etc.|Puis, etc. et J. Moulin.");
    assert_sentences(rules, "(Oui.) Non.", "(Oui.)|Non.");
}

static void marks_are_said_as_asked(void **state)
{
    const struct reading_rules *rules = ((struct fixture *)*state)->rules;
    assert_words(reading_words_marks(rules, READING_MARKS_SOME, "a & b, (c)."), "a et b, c.");
    assert_words(reading_words_marks(rules, READING_MARKS_NONE, "a * b, (c)."), "a, b, c.");
    assert_words(reading_words_marks(rules, READING_MARKS_ALL, "a, (c)."),
                 "a, virgule, parenthèse ouvrante, c, parenthèse fermante, point.");
}

static void the_voice_gets_its_own_spelling(void **state)
{
    const struct reading_rules *rules = ((struct fixture *)*state)->rules;
    assert_words(reading_pronounce(rules, "esse, emme, gemme"), "esse, èmme, gemme");
    assert_words(reading_pronounce(rules, "le Wifi, plus deux, plus tard"),
                 "le ouifi, plusse deux, plus tard");
}

static void without_rules_text_stays(void **state)
{
    struct fixture *fixture = *state;
    struct reading_rules *rules = NULL;
    assert_int_equal(reading_rules_parse(NULL, &fixture->diags, &rules), 0);
    assert_words(reading_words(rules, "Le 12/11 à M. X"), "Le 12/11 à M. X");
    assert_words(reading_spell(rules, "ab"), "ab");
    assert_words(reading_pronounce(rules, "emme"), "emme");
    assert_sentences(rules, "One. Two.", "One.|Two.");
    reading_rules_free(rules);
}

static void malformed_text_does_no_harm(void **state)
{
    const struct reading_rules *rules = ((struct fixture *)*state)->rules;
    static const char *const texts[] = {"\xff\xfe", "a\xc3",        "\xe2\x82",
                                        "12\x80 €", "\xf0\x9f\x98", "l'\xed\xa0\x80"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char *words = reading_words(rules, texts[i]);
        assert_int_equal(text_utf8_error(words, strlen(words)), strlen(words));
        free(words);
        free(reading_spell(rules, texts[i]));
        free(reading_spell_examples(rules, texts[i]));
        free(reading_pronounce(rules, texts[i]));
    }
}

/* Twice as much would take four times as long, and minutes, if a part were searched to its end at
 * every word; linear, even a slow machine with sanitizers needs a fraction of this. */
#define LONG_TEXT    100000
#define LONG_SECONDS 20

static void long_texts_without_a_blank_are_read_in_linear_time(void **state)
{
    const struct reading_rules *rules = ((struct fixture *)*state)->rules;
    static const char *const pieces[] = {"a-", "a.", "A1-", "1-",  "11-", "(",
                                         "'",  "/",  "@a.", "я你", "1/"};
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        struct strbuf text = {0};
        while (text.length < LONG_TEXT)
            strbuf_add(&text, pieces[i]);
        clock_t start = clock();
        free(reading_words(rules, text.text));
        clock_t took = clock() - start;
        if (took > LONG_SECONDS * CLOCKS_PER_SEC)
            print_error("« %s »: %.0f seconds\n", pieces[i], (double)took / CLOCKS_PER_SEC);
        assert_true(took <= LONG_SECONDS * CLOCKS_PER_SEC);
        strbuf_free(&text);
    }
}

static size_t mistakes_in(struct fixture *fixture, const char *text)
{
    struct ydoc *doc = NULL;
    struct reading_rules *rules = NULL;
    size_t before = fixture->diags.errors;
    assert_int_equal(ydoc_parse(text, strlen(text), &fixture->diags, &doc), 0);
    int parsed = reading_rules_parse(ydoc_root(doc), &fixture->diags, &rules);
    size_t found = fixture->diags.errors - before;
    assert_int_equal(parsed, found ? -1 : 0);
    reading_rules_free(rules);
    ydoc_free(doc);
    return found;
}

static void mistakes_of_a_pack_are_told(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mistakes_in(fixture, "numbers: {minus: less}\n"), 0);
    assert_int_equal(mistakes_in(fixture, "[a]\n"), 1);
    assert_int_equal(mistakes_in(fixture, "nombres: {}\nnumbers: x\n"), 2);
    assert_int_equal(mistakes_in(fixture, "numbers: {cardinal: [a], moins: x, minus: [y]}\n"), 3);
    assert_int_equal(mistakes_in(fixture, "numbers: {cardinal: {\"1/2\": a, x: b, \"20\": \"[\","
                                          " \"0\": \"{r}\", \"30\": \"{z}\", \"9\": n}}\n"),
                     5);
    assert_int_equal(mistakes_in(fixture, "dates: {months: [a, b]}\nunits: {list: [{one: a}]}\n"),
                     2);
    assert_int_equal(mistakes_in(fixture, "scripts: {list: [{from: \"x\", to: \"1\", name: a}]}\n"),
                     1);
    assert_int_equal(mistakes_in(fixture, "keys: {always: x}\nwords: {as_letters: {a: b}}\n"), 2);
}

static void a_small_pack_does_what_it_can(void **state)
{
    struct fixture *fixture = *state;
    struct ydoc *doc = NULL;
    struct reading_rules *rules = NULL;
    const char *text = "numbers: {cardinal: {\"0\": zero, \"1\": one, \"2\": two}}\n";
    assert_int_equal(ydoc_parse(text, strlen(text), &fixture->diags, &doc), 0);
    assert_int_equal(reading_rules_parse(ydoc_root(doc), &fixture->diags, &rules), 0);
    assert_words(reading_words(rules, "1 and 2, A4 RSA a@b.fr 12/11 9h30 😀 -1 €"),
                 "one and two, A 4 RSA a, b, fr 12, 11 9 h 30, one");
    reading_rules_free(rules);
    ydoc_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_case_is_read_as_expected, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whole_pages_are_read_as_expected, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cases_are_idempotent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cases_keep_their_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(guide_texts_are_idempotent_and_keep_their_words, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(letters_are_spelled_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(letters_are_spelled_by_example, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_are_cut_into_sentences, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks_are_said_as_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_voice_gets_its_own_spelling, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_rules_text_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(malformed_text_does_no_harm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_texts_without_a_blank_are_read_in_linear_time, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(mistakes_of_a_pack_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_small_pack_does_what_it_can, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
