/* enrolment: what is asked for next, when a part ends, and what the answers lead to. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "dialogue/enrolment.h"
#include "model/command.h"
#include "model/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct messages *messages;
    struct diags diags;
    struct pack *pack;
    struct calibration calibration;
    struct enrolment *enrolment;
    char said[1000]; /* the last step's text */
    enum enrolment_wish wish;
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
    char *folder = xasprintf("%s/voices/fr", getenv("srcdir"));
    fixture->messages = messages_load_builtin();
    diags_init(&fixture->diags, fixture->messages);
    assert_int_equal(pack_load(folder, &fixture->diags, &fixture->pack), 0);
    open_enrolment(fixture, false, true);
    free(folder);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    enrolment_free(fixture->enrolment);
    calibration_free(&fixture->calibration);
    pack_free(fixture->pack);
    diags_free(&fixture->diags);
    messages_free(fixture->messages);
    free(fixture);
    return 0;
}

static void take(struct fixture *fixture, struct enrolment_step step)
{
    snprintf(fixture->said, sizeof fixture->said, "%s", step.text ? step.text : "");
    fixture->wish = step.wish;
    free(step.text);
}

static void command(struct fixture *fixture, enum command command)
{
    take(fixture, enrolment_command(fixture->enrolment, (int)command));
}

/* One saying of what is asked for, taken. */
static void say(struct fixture *fixture)
{
    const struct calibration_token token = {.before = CALIBRATION_WRONG, .after = 100};
    const char *phrase = enrolment_phrase(fixture->enrolment);
    assert_non_null(phrase);
    assert_non_null(calibration_add(&fixture->calibration, phrase, &token));
    take(fixture, enrolment_said(fixture->enrolment, CALIBRATION_TAKEN, NULL));
}

static void say_twice(struct fixture *fixture, int phrases)
{
    for (int i = 0; i < 2 * phrases; i++)
        say(fixture);
}

static void begin(struct fixture *fixture)
{
    take(fixture, enrolment_start(fixture->enrolment));
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
    take(fixture, enrolment_start(fixture->enrolment));
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
    assert_int_equal(fixture->wish, ENROLMENT_NOTHING);
    say_twice(fixture, 1);
    assert_int_equal(fixture->wish, ENROLMENT_MEASURE);
    assert_null(enrolment_phrase(fixture->enrolment));
    take(fixture, enrolment_measured(fixture->enrolment));
    assert_said(fixture, "Avant : 0 sur 20. Maintenant : 20 sur 20. Je garde ?");
    command(fixture, COMMAND_YES);
    assert_int_equal(fixture->wish, ENROLMENT_KEEP);
    assert_said(fixture, "C'est gardé.");
    assert_said(fixture, "On continue ?");
    calibration_keep(&fixture->calibration);
    command(fixture, COMMAND_NO);
    assert_true(enrolment_is_over(fixture->enrolment));
}

static void a_no_forgets_the_part(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    say_twice(fixture, 10);
    take(fixture, enrolment_measured(fixture->enrolment));
    command(fixture, COMMAND_NO);
    assert_int_equal(fixture->wish, ENROLMENT_DROP);
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
        if (fixture->wish == ENROLMENT_MEASURE) {
            take(fixture, enrolment_measured(fixture->enrolment));
            calibration_keep(&fixture->calibration);
            command(fixture, COMMAND_YES);
            if (!enrolment_is_over(fixture->enrolment))
                command(fixture, COMMAND_YES);
        }
    }
    assert_true(enrolment_is_over(fixture->enrolment));
    assert_int_equal(fixture->calibration.phrase_count, spoken);
    restart(fixture);
    take(fixture, enrolment_start(fixture->enrolment));
    assert_true(enrolment_is_over(fixture->enrolment));
}

static void it_goes_on_where_it_was(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    say_twice(fixture, 2);
    say(fixture);
    command(fixture, COMMAND_QUIT);
    assert_true(enrolment_is_over(fixture->enrolment));
    calibration_drop_halves(&fixture->calibration);
    restart(fixture);
    take(fixture, enrolment_start(fixture->enrolment));
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
    assert_int_equal(fixture->wish, ENROLMENT_NOTHING);
    assert_said(fixture, "On continue ?");
}

static void a_refused_saying_is_taken_the_next_time(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    assert_true(enrolment_is_strict(fixture->enrolment));
    take(fixture, enrolment_said(fixture->enrolment, CALIBRATION_OTHER, "quitter"));
    assert_said(fixture, "J'ai entendu « quitter ». Dites : « suivant ».");
    assert_false(enrolment_is_strict(fixture->enrolment));
    say(fixture);
    assert_true(enrolment_is_strict(fixture->enrolment));
    take(fixture, enrolment_said(fixture->enrolment, CALIBRATION_UNLIKE, NULL));
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
    assert_false(enrolment_may_ask_stop(fixture->enrolment, COMMAND_NEXT));
    assert_true(enrolment_may_ask_stop(fixture->enrolment, COMMAND_QUIT));
    take(fixture, enrolment_ask_stop(fixture->enrolment));
    assert_said(fixture, "Voulez-vous arrêter ?");
    assert_null(enrolment_phrase(fixture->enrolment));
    command(fixture, COMMAND_NO);
    /* The first saying is not lost, and it is not asked again at this word. */
    assert_said(fixture, "Encore une fois : « suivant ».");
    assert_false(enrolment_may_ask_stop(fixture->enrolment, COMMAND_QUIT));
    say(fixture);
    take(fixture, enrolment_ask_stop(fixture->enrolment));
    command(fixture, COMMAND_YES);
    assert_true(enrolment_is_over(fixture->enrolment));
}

/* Who is never understood must be able to begin by voice. */
static void any_answer_begins_in_the_end(void **state)
{
    struct fixture *fixture = *state;
    take(fixture, enrolment_start(fixture->enrolment));
    take(fixture, enrolment_not_understood(fixture->enrolment));
    assert_said(fixture, "Je n'ai pas compris. On commence ?");
    take(fixture, enrolment_not_understood(fixture->enrolment));
    take(fixture, enrolment_not_understood(fixture->enrolment));
    assert_string_equal(enrolment_phrase(fixture->enrolment), "suivant");
}

static void questions_listen_for_answers_only(void **state)
{
    struct fixture *fixture = *state;
    struct vocabulary vocabulary = {0};
    take(fixture, enrolment_start(fixture->enrolment));
    enrolment_vocabulary(fixture->enrolment, &vocabulary);
    assert_non_null(vocabulary_find(&vocabulary, "oui"));
    assert_non_null(vocabulary_find(&vocabulary, "quitter"));
    assert_null(vocabulary_find(&vocabulary, "suivant"));
    vocabulary_free(&vocabulary);
    command(fixture, COMMAND_YES);
    vocabulary = (struct vocabulary){0};
    enrolment_vocabulary(fixture->enrolment, &vocabulary);
    assert_non_null(vocabulary_find(&vocabulary, "suivant"));
    assert_non_null(vocabulary_find(&vocabulary, "sommaire"));
    vocabulary_free(&vocabulary);
}

static void in_a_session_it_leads_back(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    command(fixture, COMMAND_QUIT);
    assert_said(fixture, "un autre jour. Au revoir.");
    open_enrolment(fixture, true, true);
    take(fixture, enrolment_start(fixture->enrolment));
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
    take(fixture, enrolment_start(fixture->enrolment));
    assert_said(fixture, "sert pour cette séance, puis je l'oublie.");
    command(fixture, COMMAND_YES);
    say_twice(fixture, 10);
    take(fixture, enrolment_measured(fixture->enrolment));
    command(fixture, COMMAND_YES);
    assert_int_equal(fixture->wish, ENROLMENT_KEEP);
    assert_said(fixture, "Je m'en sers jusqu'à la fin de la séance.");
    assert_null(strstr(fixture->said, "gardé"));
    command(fixture, COMMAND_NO);
    assert_null(strstr(fixture->said, "un autre jour"));
}

/* One takes, or goes on; the other refuses, or hears it again. */
static void switches_answer(void **state)
{
    struct fixture *fixture = *state;
    take(fixture, enrolment_start(fixture->enrolment));
    command(fixture, COMMAND_SCAN_TAKE);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "suivant");
    command(fixture, COMMAND_SCAN_NEXT);
    assert_said(fixture, "Dites : « suivant ».");
    command(fixture, COMMAND_SCAN_TAKE);
    assert_string_equal(enrolment_phrase(fixture->enrolment), "répéter");
    say_twice(fixture, 9);
    take(fixture, enrolment_measured(fixture->enrolment));
    command(fixture, COMMAND_SCAN_NEXT);
    assert_int_equal(fixture->wish, ENROLMENT_DROP);
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
        TEST(in_a_session_it_leads_back),
        TEST(what_is_not_saved_is_said),
        TEST(switches_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
