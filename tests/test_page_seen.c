/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session that looks at the browser's page: it asks first, never on a private step, and a name
 * that may be somebody's is said and not written. */
#include "base/mem.h"
#include "dialogue/page_seen.h"
#include "model/guide_load.h"
#include "support/visit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char guide_text[] =
    "format: 1\nid: g\ntitle: Guide\nupdated: 2024-01-01\nwelcome: Bienvenue.\nclosing: Bravo.\n"
    "paths:\n  - {id: a, title: Sur A, place: sur A, phrases: [chemin alpha]}\n"
    "sections:\n"
    "  - id: un\n    title: Partie une\n    phrases: [partie une]\n"
    "    steps:\n"
    "      - {id: s1, say: Premier., simple: Un., more: Plus., label: Valider}\n"
    "      - {id: s2, say: Secret., simple: Deux., more: Plus., label: Code, private: true}\n"
    "      - {id: s3, say: Troisième., simple: Trois., more: Plus.}\n"
    "      - {id: s4, say: Quatrième., simple: Q., more: Plus., label: Envoyer, kind: none}\n";

static int set_up(void **state)
{
    visit_set_up(state);
    struct visit *visit = *state;
    guide_free(visit->guide);
    visit->guide = NULL;
    return guide_parse(guide_text, strlen(guide_text), &visit->words.diags, &visit->guide);
}

static void see(struct visit *visit, struct page_seen seen)
{
    seen.name = seen.name ? seen.name : "";
    visit_send(visit, (struct event){.kind = EVENT_PAGE, .page = &seen});
}

static const char *label_looked_for(const struct visit *visit)
{
    const int at = visit_position(visit, EFFECT_PAGE);
    return at < 0 ? NULL : visit->effects.items[at].name;
}

static void it_asks_before_it_looks(void **state)
{
    struct visit *visit = *state;
    visit_begin(visit, "s1", false);
    visit_command(visit, COMMAND_PAGE_WHERE);
    assert_null(label_looked_for(visit));
    visit_send(visit, (struct event){.kind = EVENT_COMMAND, .command = COMMAND_NO});
    assert_null(label_looked_for(visit));
    assert_int_equal(visit_position(visit, EFFECT_SETTINGS), -1);
    visit_command(visit, COMMAND_PAGE_WHERE);
    visit_send(visit, (struct event){.kind = EVENT_COMMAND, .command = COMMAND_YES});
    assert_true(visit_position(visit, EFFECT_SETTINGS) >= 0);
    assert_string_equal(label_looked_for(visit), "Valider");
    /* From then on at once, until it is taken back. */
    visit_command(visit, COMMAND_PAGE_GO);
    assert_string_equal(label_looked_for(visit), "Valider");
    assert_true(visit->effects.items[visit_position(visit, EFFECT_PAGE)].moves);
    visit_command(visit, COMMAND_PAGE_OFF);
    assert_true(visit_position(visit, EFFECT_PAGE_END) >= 0);
    see(visit, (struct page_seen){.kind = PAGE_SEEN_ANSWER, .found = true});
    assert_int_equal(visit_position(visit, EFFECT_SAY), -1);
}

static void looks(struct visit *visit, const char *step)
{
    visit->settings.page = true;
    visit_begin(visit, step, false);
    visit_command(visit, COMMAND_PAGE_WHERE);
}

static void where_nothing_is_to_be_found_nothing_is_looked_for(void **state)
{
    struct visit *visit = *state;
    static const char *const steps[] = {"s2", "s3", "s4"};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        looks(visit, steps[i]);
        assert_null(label_looked_for(visit));
        see(visit,
            (struct page_seen){.kind = PAGE_SEEN_ANSWER, .role = PAGE_FIELD, .name = "1234"});
        assert_false(visit_says(visit, "1234"));
        session_free(visit->session);
        visit->session = NULL;
    }
}

/* The text that is written, and what is spoken instead. */
static void assert_focus(struct visit *visit, enum page_role role, const char *name,
                         const char *written, const char *spoken)
{
    see(visit, (struct page_seen){.kind = PAGE_SEEN_ANSWER, .role = role, .name = name});
    const struct utterance *utterance =
        &visit->effects.items[visit_position(visit, EFFECT_SAY)].utterance;
    assert_string_equal(utterance->text, written);
    if (spoken)
        assert_string_equal(utterance->aloud, spoken);
    else
        assert_null(utterance->aloud);
}

static void a_name_that_may_be_somebodys_is_not_written(void **state)
{
    struct visit *visit = *state;
    const char *other = "Vous êtes sur un autre bouton.";
    looks(visit, "s1");
    assert_focus(visit, PAGE_BUTTON, "VALIDER", "Vous êtes sur le bouton « VALIDER ».", NULL);
    assert_focus(visit, PAGE_LINK, "envoyer", "Vous êtes sur le lien « envoyer ».", NULL);
    assert_focus(visit, PAGE_LINK, "Jean Dupont", other, "Vous êtes sur le lien « Jean Dupont ».");
    assert_focus(visit, PAGE_FIELD, "Jean", other, "Vous êtes sur la case « Jean ».");
    assert_focus(visit, PAGE_TAB, "Jean", other, "Vous êtes sur « Jean ».");
    assert_focus(visit, PAGE_BUTTON, "", other, NULL);
    assert_focus(visit, PAGE_OTHER, "Jean", other, NULL);
    assert_focus(visit, PAGE_PASSWORD, "Jean",
                 "Vous êtes sur une case de mot de passe. Je ne la regarde pas.", NULL);
    assert_focus(visit, PAGE_DOCUMENT, "Jean", "Vous êtes sur la page, mais sur aucun bouton.",
                 NULL);
}

static void where_the_label_is_is_told(void **state)
{
    static const struct {
        struct page_seen seen;
        const char *told;
    } cases[] = {
        {{.kind = PAGE_SEEN_ANSWER, .found = true, .direction = PAGE_HERE},
         "C'est bien « Valider »."},
        {{.kind = PAGE_SEEN_ANSWER, .found = true, .direction = PAGE_FORWARD}, "plus loin."},
        {{.kind = PAGE_SEEN_ANSWER, .found = true, .direction = PAGE_BACKWARD}, "plus haut."},
        {{.kind = PAGE_SEEN_ANSWER}, "Je ne trouve pas « Valider »."},
        {{.kind = PAGE_SEEN_ANSWER, .found = true, .moved = true},
         "Vous êtes maintenant sur « Valider »."},
        {{.kind = PAGE_SEEN_ANSWER, .moved = true}, "Je ne trouve pas « Valider »."},
        {{.kind = PAGE_SEEN_LOOKING}, "Je cherche encore."},
        {{.kind = PAGE_SEEN_SILENT}, "La page ne répond pas."},
        {{.kind = PAGE_SEEN_MISSING}, "pasapas-page n'est pas installé."},
    };
    struct visit *visit = *state;
    looks(visit, "s1");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        see(visit, cases[i].seen);
        if (!visit_says(visit, cases[i].told))
            fail_msg("%s", cases[i].told);
        /* Where one is, is not told of a focus that was moved. */
        assert_int_equal(visit_says(visit, "Vous êtes sur "),
                         cases[i].seen.kind == PAGE_SEEN_ANSWER && !cases[i].seen.moved);
    }
}

/* An answer that comes when the step was left is none. */
static void who_has_gone_on_is_told_nothing(void **state)
{
    struct visit *visit = *state;
    looks(visit, "s1");
    visit_command(visit, COMMAND_NEXT);
    see(visit, (struct page_seen){.kind = PAGE_SEEN_ANSWER, .role = PAGE_FIELD, .name = "1234"});
    assert_int_equal(visit_position(visit, EFFECT_SAY), -1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, visit_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(it_asks_before_it_looks),
        TEST(where_nothing_is_to_be_found_nothing_is_looked_for),
        TEST(a_name_that_may_be_somebodys_is_not_written),
        TEST(where_the_label_is_is_told),
        TEST(who_has_gone_on_is_told_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
