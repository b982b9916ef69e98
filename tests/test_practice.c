/* SPDX-License-Identifier: GPL-3.0-or-later */
/* practice_pages, practice_walk, html: every page can be reached and left, says that it is for
 * practice, holds nothing from elsewhere, and no text of a guide becomes markup. */
#include "base/mem.h"
#include "base/messages.h"
#include "base/strbuf.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "practice/html_fill.h"
#include "practice/practice_pages.h"
#include "practice/practice_walk.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- a folder in memory ----------------------------------------------------------------------- */

struct site {
    char *names[300], *texts[300];
    size_t count;
};

static int keep(void *context, const char *name, const char *text, size_t length)
{
    struct site *site = context;
    assert_int_equal(strlen(text), length);
    assert_true(site->count < COUNT_OF(site->names));
    for (size_t i = 0; i < site->count; i++)
        assert_string_not_equal(site->names[i], name);
    site->names[site->count] = xstrdup(name);
    site->texts[site->count++] = xstrdup(text);
    return 0;
}

static void forget(struct site *site)
{
    for (size_t i = 0; i < site->count; i++) {
        free(site->names[i]);
        free(site->texts[i]);
    }
    site->count = 0;
}

static const char *find(const struct site *site, const char *name)
{
    for (size_t i = 0; i < site->count; i++)
        if (!strcmp(site->names[i], name))
            return site->texts[i];
    fail_msg("no page %s", name);
    return NULL;
}

static bool is_page(const char *name)
{
    return strstr(name, ".html") != NULL;
}

/* Calls `see` with each value of an attribute in a page. */
static void each_value(const char *html, const char *attribute,
                       void (*see)(const struct site *site, const char *value),
                       const struct site *site)
{
    char *opening = xasprintf(" %s=\"", attribute);
    for (const char *at = html; (at = strstr(at, opening));) {
        at += strlen(opening);
        char *value = xstrndup(at, strcspn(at, "\""));
        see(site, value);
        free(value);
    }
    free(opening);
}

static struct site make(struct words *words, const struct guide *guide, const char *path,
                        const char *section)
{
    struct site site = {0};
    const struct practice practice = {guide, words->messages, "fr", path, section};
    assert_int_equal(practice_make(&practice, keep, &site), 0);
    return site;
}

static struct guide *our_guide(struct words *words)
{
    struct guide *guide;
    char *file = xasprintf("%s/guides/espace-france-travail.yaml", getenv("srcdir"));
    assert_int_equal(guide_load(file, &words->diags, &guide), 0);
    free(file);
    return guide;
}

static struct guide *small_guide(struct words *words, const char *steps)
{
    struct guide *guide = NULL;
    char *text =
        xasprintf("format: 1\nid: x\ntitle: <i>Titre</i>\nupdated: 2026-02-28\n"
                  "welcome: Bonjour.\nclosing: Bravo.\npaths:\n"
                  "  - {id: a, title: A, place: en A, phrases: [chemin a]}\nsections:\n"
                  "  - id: s\n    title: Une partie\n    phrases: [la partie]\n    steps:\n%s",
                  steps);
    words_forget(words);
    diags_set_file(&words->diags, "x.yaml");
    guide_parse(text, strlen(text), &words->diags, &guide);
    diags_print(&words->diags, stderr);
    assert_non_null(guide);
    free(text);
    return guide;
}

/* --- tests ------------------------------------------------------------------------------------ */

static void texts_stand_for_themselves(void **state)
{
    (void)state;
    struct strbuf html = {0};
    html_fill(&html, "<p title=\"%\">%</p>", "\"a' onclick=\"b",
              "<script>&amp;\x1b\xff é</script>");
    assert_string_equal(html.text,
                        "<p title=\"&quot;a&#39; onclick=&quot;b\">&lt;script&gt;&amp;amp;"
                        "\xef\xbf\xbd\xef\xbf\xbd é&lt;/script&gt;</p>");
    strbuf_free(&html);
}

static void is_there(const struct site *site, const char *value)
{
    find(site, value);
}

static void is_a_choice(const struct site *site, const char *value)
{
    (void)site;
    assert_true(!strcmp(value, "viewport") || !strcmp(value, "referrer") || !strcmp(value, "r"));
}

static void every_page_is_closed_and_marked(void **state)
{
    struct words *words = *state;
    struct guide *guide = our_guide(words);
    struct site site = make(words, guide, NULL, NULL);
    assert_true(site.count > 80);
    for (size_t i = 0; i < site.count; i++) {
        const char *html = site.texts[i];
        if (!is_page(site.names[i]))
            continue;
        assert_non_null(strstr(html, "<html lang=\"fr\">"));
        assert_non_null(strstr(html, "content=\"default-src 'none'; style-src 'self'; form-action "
                                     "'self' file:; base-uri 'none'\""));
        assert_non_null(strstr(html, "rien n&#39;est envoyé"));
        assert_null(strstr(html, "://"));
        assert_null(strstr(html, "<script"));
        assert_null(strstr(html, " style="));
        /* What is typed has no name, so that no form sends it. */
        each_value(html, "name", is_a_choice, &site);
        each_value(html, "href", is_there, &site);
        each_value(html, "action", is_there, &site);
        each_value(html, "formaction", is_there, &site);
    }
    forget(&site);
    guide_free(guide);
}

/* Marks what can be reached from page `name`. */
static void visit(const struct site *site, bool *seen, const char *name)
{
    size_t index = 0;
    while (strcmp(site->names[index], name))
        index++;
    if (seen[index])
        return;
    seen[index] = true;
    static const char *const attributes[] = {" href=\"", " action=\"", " formaction=\""};
    for (size_t a = 0; a < COUNT_OF(attributes); a++)
        for (const char *at = site->texts[index]; (at = strstr(at, attributes[a]));) {
            at += strlen(attributes[a]);
            char *target = xstrndup(at, strcspn(at, "\""));
            visit(site, seen, target);
            free(target);
        }
}

static void every_page_can_be_reached(void **state)
{
    struct words *words = *state;
    struct guide *guide = our_guide(words);
    struct site site = make(words, guide, NULL, NULL);
    bool seen[COUNT_OF(site.names)] = {false};
    visit(&site, seen, PRACTICE_FIRST_NAME);
    for (size_t i = 0; i < site.count; i++)
        if (!seen[i])
            fail_msg("%s cannot be reached", site.names[i]);
    forget(&site);
    guide_free(guide);
}

static void every_label_of_a_page_is_on_one(void **state)
{
    struct words *words = *state;
    struct guide *guide = our_guide(words);
    struct site site = make(words, guide, NULL, NULL);
    size_t labels = 0;
    for (size_t i = 0; i < guide->section_count; i++)
        for (size_t s = 0; s < guide->sections[i].step_count; s++) {
            const struct guide_step *step = &guide->sections[i].steps[s];
            if (!step->label || step->kind == GUIDE_NOTHING)
                continue;
            struct strbuf control = {0};
            html_fill(&control, step->kind == GUIDE_FIELD ? "\">%</label>" : "\">%</", step->label);
            size_t found = 0;
            for (size_t p = 0; p < site.count; p++)
                found += strstr(site.texts[p], control.text) != NULL;
            if (!found)
                fail_msg("%s is on no page", step->label);
            labels++;
            strbuf_free(&control);
        }
    assert_true(labels > 20);
    forget(&site);
    guide_free(guide);
}

static void a_private_field_cannot_be_typed_in(void **state)
{
    struct words *words = *state;
    struct guide *guide = our_guide(words);
    struct site site = make(words, guide, "ordinateur", "connexion");
    const char *html = find(&site, "ordinateur.connexion.02.html");
    const char *field = strstr(html, "<input");
    size_t fields = 0;
    for (; field; field = strstr(field + 1, "<input"), fields++) {
        char *tag = xstrndup(field, strcspn(field, ">"));
        assert_non_null(strstr(tag, " readonly "));
        free(tag);
    }
    assert_int_equal(fields, 2);
    assert_non_null(strstr(html, "Ne dites pas votre mot de passe"));
    /* The last of the section. */
    assert_null(strstr(html, "formaction=\"ordinateur.connexion.03"));
    assert_non_null(strstr(html, "formaction=\"ordinateur.connexion.end.html\">SE CONNECTER<"));
    /* In the order of the page, not of the steps. */
    assert_true(strstr(html, ">Mot de passe<") < strstr(html, ">J&#39;ai oublié"));
    forget(&site);
    guide_free(guide);
}

static void the_declaration_can_be_walked_through(void **state)
{
    struct words *words = *state;
    struct guide *guide = our_guide(words);
    struct site site = make(words, guide, "ordinateur", "actualisation");
    assert_non_null(strstr(find(&site, "ordinateur.actualisation.01.html"),
                           "formaction=\"ordinateur.actualisation.02.html\">M&#39;actualiser<"));
    /* Four questions; the sense of the last one turns. */
    const char *third = find(&site, "ordinateur.actualisation.04.html");
    const char *last = find(&site, "ordinateur.actualisation.05.html");
    assert_non_null(strstr(third, "id=\"no\" value=\"2\" class=\"right\""));
    assert_non_null(strstr(last, "id=\"yes\" value=\"1\" class=\"right\""));
    assert_non_null(strstr(last, "toujours à la recherche"));
    assert_non_null(
        strstr(last, "class=\"direct\" formaction=\"ordinateur.actualisation.06.html\""));
    assert_non_null(strstr(find(&site, "ordinateur.actualisation.05.why.html"),
                           "le sens de la question a changé"));
    const char *check = find(&site, "ordinateur.actualisation.06.html");
    assert_non_null(strstr(check, "<dd>Oui</dd>"));
    assert_non_null(strstr(check, "formaction=\"ordinateur.actualisation.07.html\">Valider<"));
    assert_null(strstr(check, ">Étape suivante"));
    /* What may be left can be left. */
    assert_non_null(strstr(find(&site, "ordinateur.actualisation.07.html"), ">Étape suivante"));
    forget(&site);
    guide_free(guide);
}

static void what_a_guide_does_not_say_is_guessed(void **state)
{
    struct words *words = *state;
    struct guide *guide = small_guide(
        words, "      - {id: u, say: Un., simple: Un., more: Un., label: '<b>&\"Un\"'}\n"
               "      - {id: d, say: Deux., simple: Deux., more: Deux.}\n"
               "      - {id: t, say: Trois., simple: Trois., more: Trois., label: Trois, private: "
               "true}\n");
    size_t count;
    struct practice_page *pages = practice_walk(&guide->sections[0], &count);
    assert_int_equal(count, 2);
    assert_int_equal(pages[0].kind, PRACTICE_CONTROLS);
    assert_int_equal(pages[1].kind, PRACTICE_TEXT);
    free(pages);
    struct site site = make(words, guide, NULL, NULL);
    const char *html = find(&site, "a.s.01.html");
    assert_non_null(strstr(html, ">&lt;b&gt;&amp;&quot;Un&quot;</button>"));
    assert_non_null(strstr(html, "readonly"));
    assert_non_null(strstr(find(&site, "index.html"), "<h1>&lt;i&gt;Titre&lt;/i&gt;</h1>"));
    forget(&site);
    guide_free(guide);
}

static void a_page_of_many_controls_shows_the_nearest(void **state)
{
    struct words *words = *state;
    struct strbuf steps = {0};
    for (int i = 0; i < 250; i++)
        strbuf_addf(&steps, "      - {id: e%d, say: Un., simple: Un., more: Un., label: Nom %d}\n",
                    i, i);
    struct guide *guide = small_guide(words, steps.text);
    size_t controls[PRACTICE_CONTROLS_MAX];
    for (size_t i = 0; i < 250; i++) {
        size_t count = practice_controls(&guide->sections[0], i, controls);
        assert_int_equal(count, PRACTICE_CONTROLS_MAX);
        bool found = false;
        for (size_t c = 0; c < count; c++)
            found |= controls[c] == i;
        assert_true(found);
    }
    guide_free(guide);
    strbuf_free(&steps);
}

static int refuse(void *context, const char *name, const char *text, size_t length)
{
    (void)name;
    (void)text;
    (void)length;
    return ++*(int *)context == 3 ? -7 : 0;
}

static void a_refusal_ends_it_at_once(void **state)
{
    struct words *words = *state;
    struct guide *guide = our_guide(words);
    const struct practice practice = {guide, words->messages, "fr", NULL, NULL};
    int calls = 0;
    assert_int_equal(practice_make(&practice, refuse, &calls), -7);
    assert_int_equal(calls, 3);
    guide_free(guide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_stand_for_themselves),
        cmocka_unit_test_setup_teardown(every_page_is_closed_and_marked, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(every_page_can_be_reached, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(every_label_of_a_page_is_on_one, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(a_private_field_cannot_be_typed_in, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(the_declaration_can_be_walked_through, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(what_a_guide_does_not_say_is_guessed, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(a_page_of_many_controls_shows_the_nearest, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(a_refusal_ends_it_at_once, words_set_up, words_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
