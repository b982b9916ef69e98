/* SPDX-License-Identifier: GPL-3.0-or-later */
/* enrolment: what is asked for next, when a part ends, and what the answers lead to. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "dialogue/enrolment.h"
#include "model/command.h"
#include "model/pack.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct words words;
    struct pack *pack;
    struct calibration calibration;
    struct enrolment *enrolment;
    struct effects effects; /* of the last event */
    char said[1000];        /* its text */
};

static void open_enrolment(struct fixture *fixture, bool in_session, bool saves)
{
    const struct enrolment_config config = {
        .pack = fixture->pack,
        .calibration = &fixture->calibration,
        .in_session = in_session,
        .saves = saves,
    };
    enrolment_free(fixture->enrolment);
    fixture->enrolment = enrolment_new(&config);
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    words_open(&fixture->words);
    fixture->pack = words_load_pack(&fixture->words, "voices/fr");
    open_enrolment(fixture, false, true);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    enrolment_free(fixture->enrolment);
    effects_free(&fixture->effects);
    calibration_free(&fixture->calibration);
    pack_free(fixture->pack);
    words_close(&fixture->words);
    free(fixture);
    return 0;
}

static void tell(struct fixture *fixture, struct event event)
{
    const struct dialogue dialogue = enrolment_dialogue(fixture->enrolment);
    effects_free(&fixture->effects);
    dialogue_handle(&dialogue, &event, &fixture->effects);
    fixture->said[0] = '\0';
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == EFFECT_SAY)
            snprintf(fixture->said, sizeof fixture->said, "%s",
                     fixture->effects.items[i].utterance.text);
}

static void happen(struct fixture *fixture, enum event_kind kind)
{
    tell(fixture, (struct event){.kind = kind});
}

/* Where an effect of the last event is, or -1. */
static int position_of(const struct fixture *fixture, enum effect_kind kind)
{
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == kind)
            return (int)i;
    return -1;
}

static bool wants(const struct fixture *fixture, enum effect_kind kind)
{
    return position_of(fixture, kind) >= 0;
}

static void command(struct fixture *fixture, enum command command)
{
    tell(fixture, (struct event){.kind = EVENT_COMMAND, .command = (int)command});
}

/* One saying of what is asked for, taken. */
static void say(struct fixture *fixture)
{
    const struct calibration_token token = {.before = CALIBRATION_WRONG, .after = 100};
    const char *phrase = enrolment_phrase(fixture->enrolment);
    assert_non_null(phrase);
    assert_non_null(calibration_add(&fixture->calibration, phrase, &token));
    tell(fixture, (struct event){.kind = EVENT_SAYING, .answer = CALIBRATION_TAKEN});
}

static void say_twice(struct fixture *fixture, int phrases)
{
    for (int i = 0; i < 2 * phrases; i++)
        say(fixture);
}

static void begin(struct fixture *fixture)
{
    happen(fixture, EVENT_START);
    command(fixture, COMMAND_YES);
}

static void assert_said(const struct fixture *fixture, const char *text)
{
    if (!strstr(fixture->said, text))
        fail_msg("« %s » is not in « %s »", text, fixture->said);
}

static void restart(struct fixture *fixture)
{
    open_enrolment(fixture, false, true);
}

static void the_commonest_come_first_each_twice(void **state)
{
    struct fixture *fixture = *state;
    happen(fixture, EVENT_START);
    assert_null(enrolment_phrase(fixture->enrolment));
    assert_said(fixture, "On commence ?");
    command(fixture, COMMAND_YES);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "suivant");
    assert_said(fixture, "Dites : « suivant ».");
    say(fixture);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "suivant");
    assert_said(fixture, "Encore une fois");
    say(fixture);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "répéter");
}

static void a_part_is_ten_then_the_learner_decides(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    say_twice(fixture, 9);
    assert_false(wants(fixture, EFFECT_MEASURE_GAIN));
    say_twice(fixture, 1);
    assert_true(wants(fixture, EFFECT_MEASURE_GAIN));
    assert_null(enrolment_phrase(fixture->enrolment));
    happen(fixture, EVENT_MEASURED);
    assert_said(fixture, "Avant : 0 sur 20. Maintenant : 20 sur 20. Je garde ?");
    command(fixture, COMMAND_YES);
    assert_true(wants(fixture, EFFECT_KEEP));
    assert_said(fixture, "C'est gardé.");
    assert_said(fixture, "On continue ?");
    calibration_keep(&fixture->calibration);
    command(fixture, COMMAND_NO);
    assert_true(wants(fixture, EFFECT_OVER));
}

static void a_no_forgets_the_part(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    say_twice(fixture, 10);
    happen(fixture, EVENT_MEASURED);
    command(fixture, COMMAND_NO);
    assert_true(wants(fixture, EFFECT_DROP));
    calibration_drop(&fixture->calibration);
    command(fixture, COMMAND_YES);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "suivant");
}

/* All of it, part by part; no phrase is asked for a third time. */
static void everything_is_asked_for_once(void **state)
{
    struct fixture *fixture = *state;
    size_t spoken = 0;
    for (int i = 0; i < COMMAND_COUNT; i++)
        spoken += fixture->pack->commands[i].phrase_count > 0 &&
                  !(command_flags((enum command)i) & COMMAND_TYPED);
    begin(fixture);
    for (size_t said = 0; said < 2 * spoken; said++) {
        say(fixture);
        if (wants(fixture, EFFECT_MEASURE_GAIN)) {
            happen(fixture, EVENT_MEASURED);
            calibration_keep(&fixture->calibration);
            command(fixture, COMMAND_YES);
            if (!wants(fixture, EFFECT_OVER))
                command(fixture, COMMAND_YES);
        }
    }
    assert_true(wants(fixture, EFFECT_OVER));
    assert_int_equal(fixture->calibration.phrase_count, spoken);
    restart(fixture);
    happen(fixture, EVENT_START);
    assert_true(wants(fixture, EFFECT_OVER));
}

static void it_goes_on_where_it_was(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    say_twice(fixture, 2);
    say(fixture);
    command(fixture, COMMAND_QUIT);
    assert_true(wants(fixture, EFFECT_OVER));
    calibration_drop_halves(&fixture->calibration);
    restart(fixture);
    happen(fixture, EVENT_START);
    assert_said(fixture, "Commandes déjà apprises : 2.");
    command(fixture, COMMAND_YES);
    assert_said(fixture, "Dites : « c'est fait ».");
}

static void a_phrase_can_be_skipped(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    command(fixture, COMMAND_NEXT);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "répéter");
    /* All ten skipped: there is nothing to measure or to decide on. */
    for (int i = 0; i < 9; i++)
        command(fixture, COMMAND_NEXT);
    assert_false(wants(fixture, EFFECT_MEASURE_GAIN));
    assert_said(fixture, "On continue ?");
}

static void a_refused_saying_is_taken_the_next_time(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    assert_true(enrolment_is_strict(fixture->enrolment));
    tell(fixture,
         (struct event){.kind = EVENT_SAYING, .answer = CALIBRATION_OTHER, .text = "quitter"});
    assert_said(fixture, "J'ai entendu « quitter ». Dites : « suivant ».");
    assert_false(enrolment_is_strict(fixture->enrolment));
    say(fixture);
    assert_true(enrolment_is_strict(fixture->enrolment));
    tell(fixture, (struct event){.kind = EVENT_SAYING, .answer = CALIBRATION_UNLIKE});
    assert_said(fixture, "Ce n'était pas pareil.");
    say(fixture);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "répéter");
    assert_true(enrolment_is_strict(fixture->enrolment));
}

static void only_quit_is_obeyed_while_a_phrase_is_asked_for(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    assert_true(enrolment_obeys(fixture->enrolment, COMMAND_QUIT));
    assert_false(enrolment_obeys(fixture->enrolment, COMMAND_NEXT));
    assert_false(enrolment_obeys(fixture->enrolment, COMMAND_STOP));
    /* Until it is the one asked for. */
    while (strcmp(enrolment_phrase(fixture->enrolment), "quitter") != 0)
        command(fixture, COMMAND_NEXT);
    assert_false(enrolment_obeys(fixture->enrolment, COMMAND_QUIT));
}

/* It may have been the word that was asked for. */
static void a_quit_that_is_not_clear_is_asked_back(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    say(fixture);
    assert_false(enrolment_asks_back(fixture->enrolment, COMMAND_NEXT));
    assert_true(enrolment_asks_back(fixture->enrolment, COMMAND_QUIT));
    tell(fixture, (struct event){.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT});
    assert_said(fixture, "Voulez-vous arrêter ?");
    assert_null(enrolment_phrase(fixture->enrolment));
    command(fixture, COMMAND_NO);
    /* The first saying is not lost, and it is not asked again at this word. */
    assert_said(fixture, "Encore une fois : « suivant ».");
    assert_false(enrolment_asks_back(fixture->enrolment, COMMAND_QUIT));
    say(fixture);
    tell(fixture, (struct event){.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT});
    command(fixture, COMMAND_YES);
    assert_true(wants(fixture, EFFECT_OVER));
}

/* Who is never understood must be able to begin by voice. */
static void any_answer_begins_in_the_end(void **state)
{
    struct fixture *fixture = *state;
    happen(fixture, EVENT_START);
    happen(fixture, EVENT_NOT_UNDERSTOOD);
    assert_said(fixture, "Je n'ai pas compris. On commence ?");
    happen(fixture, EVENT_NOT_UNDERSTOOD);
    happen(fixture, EVENT_NOT_UNDERSTOOD);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "suivant");
}

static bool hears(const struct fixture *fixture, enum channel channel, const char *text)
{
    const struct dialogue dialogue = enrolment_dialogue(fixture->enrolment);
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&dialogue, channel, &vocabulary);
    const bool found = vocabulary_find(&vocabulary, text) != NULL;
    vocabulary_free(&vocabulary);
    return found;
}

static void questions_listen_for_answers_only(void **state)
{
    struct fixture *fixture = *state;
    happen(fixture, EVENT_START);
    assert_true(hears(fixture, CHANNEL_SPOKEN, "oui"));
    assert_true(hears(fixture, CHANNEL_SPOKEN, "quitter"));
    assert_false(hears(fixture, CHANNEL_SPOKEN, "suivant"));
    assert_true(hears(fixture, CHANNEL_TYPED, "suivant"));
    command(fixture, COMMAND_YES);
    assert_true(hears(fixture, CHANNEL_SPOKEN, "suivant"));
    assert_true(hears(fixture, CHANNEL_SPOKEN, "sommaire"));
}

/* The next phrase is asked for before the last one is measured, and all of a part after that. */
static void what_was_said_twice_is_measured_meanwhile(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    say(fixture);
    assert_false(wants(fixture, EFFECT_MEASURE_PHRASE));
    say(fixture);
    const int said = position_of(fixture, EFFECT_SAY);
    const int measured = position_of(fixture, EFFECT_MEASURE_PHRASE);
    assert_true(said >= 0 && said < measured);
    assert_string_equal(fixture->effects.items[measured].phrase, "suivant");
    say_twice(fixture, 9);
    assert_true(position_of(fixture, EFFECT_MEASURE_PHRASE) <
                position_of(fixture, EFFECT_MEASURE_GAIN));
    /* Nothing is taken while that is on its way. */
    command(fixture, COMMAND_YES);
    assert_int_equal(fixture->effects.count, 0);
}

/* Its first saying is worth nothing; by a question it is not left. */
static void a_half_is_dropped_with_its_phrase(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    say(fixture);
    command(fixture, COMMAND_HELP);
    assert_false(wants(fixture, EFFECT_DROP_HALVES));
    tell(fixture, (struct event){.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT});
    assert_false(wants(fixture, EFFECT_DROP_HALVES));
    command(fixture, COMMAND_NO);
    command(fixture, COMMAND_NEXT);
    assert_true(wants(fixture, EFFECT_DROP_HALVES));
}

/* Whoever holds it may end it: at the end of a recording, say. */
static void it_can_be_left(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    happen(fixture, EVENT_LEAVE);
    assert_said(fixture, "un autre jour. Au revoir.");
    assert_true(wants(fixture, EFFECT_OVER));
    happen(fixture, EVENT_LEAVE);
    assert_int_equal(fixture->effects.count, 0);
}

static void in_a_session_it_leads_back(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    command(fixture, COMMAND_QUIT);
    assert_said(fixture, "un autre jour. Au revoir.");
    open_enrolment(fixture, true, true);
    happen(fixture, EVENT_START);
    assert_said(fixture, "« Quitter » vous ramène au guide.");
    command(fixture, COMMAND_NO);
    assert_said(fixture, "un autre jour. On revient au guide.");
    assert_null(strstr(fixture->said, "Au revoir"));
}

/* Nobody is promised that what they teach as a guest stays. */
static void what_is_not_saved_is_said(void **state)
{
    struct fixture *fixture = *state;
    open_enrolment(fixture, true, false);
    happen(fixture, EVENT_START);
    assert_said(fixture, "sert pour cette séance, puis je l'oublie.");
    command(fixture, COMMAND_YES);
    say_twice(fixture, 10);
    happen(fixture, EVENT_MEASURED);
    command(fixture, COMMAND_YES);
    assert_true(wants(fixture, EFFECT_KEEP));
    assert_said(fixture, "Je m'en sers jusqu'à la fin de la séance.");
    assert_null(strstr(fixture->said, "gardé"));
    command(fixture, COMMAND_NO);
    assert_null(strstr(fixture->said, "un autre jour"));
}

/* One takes, or goes on; the other refuses, or hears it again. */
static void switches_answer(void **state)
{
    struct fixture *fixture = *state;
    happen(fixture, EVENT_START);
    command(fixture, COMMAND_SCAN_TAKE);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "suivant");
    command(fixture, COMMAND_SCAN_NEXT);
    assert_said(fixture, "Dites : « suivant ».");
    command(fixture, COMMAND_SCAN_TAKE);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "répéter");
    say_twice(fixture, 9);
    happen(fixture, EVENT_MEASURED);
    command(fixture, COMMAND_SCAN_NEXT);
    assert_true(wants(fixture, EFFECT_DROP));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_commonest_come_first_each_twice),
        TEST(a_part_is_ten_then_the_learner_decides),
        TEST(a_no_forgets_the_part),
        TEST(everything_is_asked_for_once),
        TEST(it_goes_on_where_it_was),
        TEST(a_phrase_can_be_skipped),
        TEST(a_refused_saying_is_taken_the_next_time),
        TEST(only_quit_is_obeyed_while_a_phrase_is_asked_for),
        TEST(a_quit_that_is_not_clear_is_asked_back),
        TEST(any_answer_begins_in_the_end),
        TEST(questions_listen_for_answers_only),
        TEST(what_was_said_twice_is_measured_meanwhile),
        TEST(a_half_is_dropped_with_its_phrase),
        TEST(it_can_be_left),
        TEST(in_a_session_it_leads_back),
        TEST(what_is_not_saved_is_said),
        TEST(switches_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
