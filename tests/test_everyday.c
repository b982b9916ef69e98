/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * everyday: what is said every day is listened for and answered in every state; what a voice alone,
 * or silence, comes to.
 */
#include "base/mem.h"
#include "support/visit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Else they would be taken for the nearest phrase of the few that are listened for. */
static void everyday_commands_are_listened_for_and_answered_everywhere(void **state)
{
    static const enum command states[] = {COMMAND_CONTENTS, COMMAND_QUIT,    COMMAND_RESTART,
                                          COMMAND_DONE,     COMMAND_LEARNER, COMMAND_LOG};
    struct visit *fixture = *state;
    for (size_t s = 0; s < COUNT_OF(states); s++)
        for (int id = 0; id < COMMAND_COUNT; id++) {
            if (!(command_flags((enum command)id) & COMMAND_EVERYDAY))
                continue;
            visit_begin(fixture, "s1", true);
            visit_command(fixture, states[s]);
            if (visit_position(fixture, EFFECT_SAVE_MARK) >= 0)
                visit_send(fixture, (struct event){.kind = EVENT_SAVED});
            if (states[s] == COMMAND_DONE)
                visit_command(fixture, COMMAND_PREVIOUS);
            assert_true(visit_hears(fixture, pack_command_phrase(fixture->pack, (enum command)id)));
            visit_command(fixture, (enum command)id);
            assert_true(fixture->effects.count > 1);
            session_free(fixture->session);
            fixture->session = NULL;
        }
}

/* At a step a name may be talk: nothing is lost without a yes. Where one chooses it is obeyed. */
static void a_name_said_at_a_step_is_asked_back(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    visit_say(fixture, "partie deux");
    assert_true(visit_says(fixture, "Voulez-vous aller à « Partie deux » ?"));
    visit_command(fixture, COMMAND_NO);
    visit_command(fixture, COMMAND_REREAD);
    assert_true(visit_says(fixture, "Étape 1 sur 3. Premier."));
    visit_say(fixture, "chemin alpha");
    assert_true(visit_says(fixture, "Vous êtes déjà sur A."));
    visit_say(fixture, "chemin bravo");
    visit_command(fixture, COMMAND_YES);
    assert_true(visit_says(fixture, "Voici le sommaire, sur B."));
    visit_say(fixture, "chemin alpha");
    assert_true(visit_says(fixture, "Voici le sommaire, sur A."));
    /* A question that insists stays. */
    visit_command(fixture, COMMAND_LEARNER);
    assert_false(visit_hears(fixture, "chemin bravo"));
    visit_send(fixture, (struct event){.kind = EVENT_COMMAND,
                                       .command = COMMAND_CHOOSE,
                                       .argument = 4000 + 5}); /* forget what is done */
    visit_say(fixture, "chemin bravo");
    assert_true(visit_says(fixture, "Faut-il"));
}

static void a_silence_after_a_question_is_met_once(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0); /* nothing is asked */
    visit_command(fixture, COMMAND_LOG);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), ASK_AGAIN_DEFAULT * 1000);
    /* Somebody has begun to speak: the pause begins anew. */
    visit_send(fixture, (struct event){.kind = EVENT_PAUSE_OVER, .is_hearing = true});
    assert_int_equal(visit_position(fixture, EFFECT_SAY), -1);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), ASK_AGAIN_DEFAULT * 1000);
    visit_send(fixture, (struct event){.kind = EVENT_PAUSE_OVER});
    assert_true(visit_says(fixture, "Le journal garde ce qui est dit ici. Le journal est arrêté."));
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
    visit_command(fixture, COMMAND_REPEAT);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), ASK_AGAIN_DEFAULT * 1000);
    session_set_settings(fixture->session, &fixture->settings, false);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0); /* what is written stays */
}

static void a_silence_is_not_met_where_that_is_switched_off(void **state)
{
    struct visit *fixture = *state;
    fixture->settings.ask_again = 0;
    visit_begin(fixture, "s1", true);
    visit_command(fixture, COMMAND_LOG);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
}

static void the_simpler_explanation_goes_with_the_simpler_texts(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    visit_command(fixture, COMMAND_EXPLAIN);
    assert_false(visit_says(fixture, "Plus simple."));
    visit_command(fixture, COMMAND_SIMPLER);
    visit_command(fixture, COMMAND_EXPLAIN);
    assert_true(visit_says(fixture, "Plus simple."));
    /* Where there is none the usual one is told. */
    visit_command(fixture, COMMAND_NEXT);
    visit_command(fixture, COMMAND_NEXT);
    visit_command(fixture, COMMAND_EXPLAIN);
    assert_true(visit_says(fixture, "Plus."));
}

/* Who speaks is offered the keyboard and the check of the microphone; who types is not sent there.
 */
static void other_ways_are_offered_at_the_third_miss(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    for (int i = 0; i < 3; i++)
        visit_send(fixture, (struct event){.kind = EVENT_NOT_UNDERSTOOD});
    assert_true(visit_says(fixture, "clavier"));
    assert_true(visit_says(fixture, "micro"));
    for (int i = 0; i < 3; i++)
        visit_send(fixture, (struct event){.kind = EVENT_NOT_UNDERSTOOD, .text = "hein"});
    assert_false(visit_says(fixture, "micro"));
    assert_true(visit_says(fixture, "« aide »"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, visit_set_up, visit_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everyday_commands_are_listened_for_and_answered_everywhere),
        TEST(a_name_said_at_a_step_is_asked_back),
        TEST(a_silence_after_a_question_is_met_once),
        TEST(a_silence_is_not_met_where_that_is_switched_off),
        TEST(the_simpler_explanation_goes_with_the_simpler_texts),
        TEST(other_ways_are_offered_at_the_third_miss),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
