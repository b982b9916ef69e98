/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the month, on entering a section: once, not twice in a few seconds, not in its own.
 */
#include "model/guide_load.h"
#include "support/visit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define STATE "Mois de novembre : aucune étape faite sur 1. Il reste 14 jours."

static const char guide_text[] =
    "format: 1\nid: g\ntitle: Guide\nupdated: 2024-01-01\nwelcome: Bienvenue.\nclosing: Bravo.\n"
    "paths:\n"
    "  - {id: a, title: Sur A, place: sur A, phrases: [chemin alpha]}\n"
    "sections:\n"
    "  - id: un\n    title: Partie une\n    phrases: [partie une]\n"
    "    steps:\n      - {id: s1, say: Premier., simple: Un., more: Plus.}\n"
    "  - id: deux\n    title: Partie deux\n    phrases: [partie deux]\n"
    "    steps:\n      - {id: t1, say: Deuxième., simple: Deux., more: Plus.}\n"
    "  - id: mois\n    title: Mois\n    phrases: [le mois]\n"
    "    period: {every: month, opens: 28, closes: 15}\n"
    "    steps:\n      - {id: m1, say: Déclarez., simple: Déclarez., more: Plus.}\n";

static int set_up(void **state)
{
    visit_set_up(state);
    struct visit *visit = *state;
    guide_free(visit->guide);
    return guide_parse(guide_text, strlen(guide_text), &visit->words.diags, &visit->guide);
}

static void command(struct visit *visit, enum command id, int argument, int seconds)
{
    visit_send(visit,
               (struct event){
                   .kind = EVENT_COMMAND, .command = (int)id, .argument = argument, .at = seconds});
}

/* Goes by the contents to the section of that number; true if the state of the month was said. */
static bool enter(struct visit *visit, int section, int seconds)
{
    command(visit, COMMAND_CONTENTS, 0, seconds);
    command(visit, COMMAND_CHOOSE, 1000 + section, seconds + 1);
    return visit_says(visit, STATE);
}

static void it_is_told_on_entering_a_part(void **state)
{
    struct visit *visit = *state;
    visit_begin(visit, "s1", true);
    assert_true(visit_says(visit, "Mois de novembre"));
    assert_true(enter(visit, 1, 60));
    assert_true(enter(visit, 0, 120));
}

static void not_twice_in_a_few_seconds(void **state)
{
    struct visit *visit = *state;
    visit_begin(visit, "s1", true);
    assert_false(enter(visit, 1, 4));
    assert_true(enter(visit, 0, 20));
    assert_false(enter(visit, 1, 24));
}

/* What is read instead of heard costs no time: only what stands right above is not written again.
 */
static void in_writing_only_the_answer_before_counts(void **state)
{
    struct visit *visit = *state;
    visit_begin(visit, "s1", false);
    assert_true(enter(visit, 1, 4));
    command(visit, COMMAND_WHERE, 0, 5);
    assert_true(visit_says(visit, "Mois de novembre"));
    command(visit, COMMAND_CHOOSE, 1000, 6);
    assert_false(visit_says(visit, STATE));
}

static void not_in_its_own_section(void **state)
{
    struct visit *visit = *state;
    visit_begin(visit, "s1", true);
    assert_false(enter(visit, 2, 60));
    assert_true(visit_says(visit, "Mois de novembre."));
}

static void not_once_it_is_done(void **state)
{
    struct visit *visit = *state;
    visit_begin(visit, "s1", true);
    enter(visit, 2, 60);
    command(visit, COMMAND_DONE, 0, 70);
    visit_send(visit, (struct event){.kind = EVENT_SAVED, .at = 70});
    assert_false(enter(visit, 1, 120));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, visit_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_told_on_entering_a_part),
        TEST(not_twice_in_a_few_seconds),
        TEST(in_writing_only_the_answer_before_counts),
        TEST(not_in_its_own_section),
        TEST(not_once_it_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
