/* SPDX-License-Identifier: GPL-3.0-or-later */
/* enrolment_run: what was heard is a command, a saying or nothing; what was taught is on disk at
 * once, and what cannot be is told once. The recogniser is a double that writes down what it is
 * told to. */
#include "app/enrolment_run.h"
#include "base/mem.h"
#include "dialogue/dialogue.h"
#include "listen/heard.h"
#include "model/calibration.h"
#include "model/command.h"
#include "model/pack.h"
#include "store/calibration_file.h"
#include "support/store.h"
#include "support/words.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct recog {
    int unused;
};

static const char *written; /* what the double writes down, or NULL: nothing */
static int open_doubles;

static int double_open(const struct pack *pack, struct recog **ret_recog, char **ret_error)
{
    (void)pack;
    (void)ret_error;
    *ret_recog = xcalloc(1, sizeof **ret_recog);
    open_doubles++;
    return 0;
}

static int double_fail(const struct pack *pack, struct recog **ret_recog, char **ret_error)
{
    (void)pack;
    (void)ret_recog;
    *ret_error = xstrdup("aucun modèle");
    return -1;
}

static void double_close(struct recog *recog)
{
    open_doubles -= recog != NULL;
    free(recog);
}

static int double_set_vocabulary(struct recog *recog, const struct vocabulary *vocabulary)
{
    (void)recog;
    (void)vocabulary;
    return 0;
}

static int double_decode(struct recog *recog, const int16_t *samples, size_t count,
                         struct recog_result *ret_result)
{
    (void)recog;
    (void)samples;
    (void)count;
    *ret_result = (struct recog_result){.phrase = -1};
    return 0;
}

static void double_set_calibration(struct recog *recog, const struct calibration *calibration)
{
    (void)recog;
    (void)calibration;
}

static int double_transcribe(struct recog *recog, const int16_t *samples, size_t count,
                             struct calibration_token *ret_token)
{
    (void)recog;
    (void)samples;
    (void)count;
    if (written)
        calibration_add_sound(ret_token, "fr", written);
    return 0;
}

static const struct recog_driver driver = {
    .name = "double",
    .open = double_open,
    .set_vocabulary = double_set_vocabulary,
    .decode = double_decode,
    .close = double_close,
    .set_calibration = double_set_calibration,
    .transcribe = double_transcribe,
};

/* --- the run ---------------------------------------------------------------------------------- */

struct fixture {
    char *root, *path;
    struct words words;
    struct pack *pack;
    struct enrolment_run *run;
    struct dialogue dialogue;
    struct effects effects; /* of the last event */
};

static void send(struct fixture *fixture, struct event event)
{
    effects_free(&fixture->effects);
    dialogue_handle(&fixture->dialogue, &event, &fixture->effects);
}

/* Opens it, and answers the first question: the first phrase is asked for. */
static void begin(struct fixture *fixture, const char *path)
{
    struct calibration nothing = {0};
    char *error = NULL;
    const struct enrolment_run_config config = {
        .pack = fixture->pack, .driver = &driver, .path = path};
    assert_int_equal(enrolment_run_open(&config, &nothing, &fixture->run, &error), 0);
    fixture->dialogue = enrolment_run_dialogue(fixture->run);
    send(fixture, (struct event){.kind = EVENT_START});
}

static void ask_for_a_phrase(struct fixture *fixture)
{
    send(fixture, (struct event){.kind = EVENT_COMMAND, .command = COMMAND_YES});
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    fixture->path = xasprintf("%s/calibration.yaml", fixture->root);
    words_open(&fixture->words);
    fixture->pack = words_load_pack(&fixture->words, "voices/fr");
    written = "ss yy ii vv an";
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    effects_free(&fixture->effects);
    enrolment_run_close(fixture->run);
    assert_int_equal(open_doubles, 0);
    pack_free(fixture->pack);
    words_close(&fixture->words);
    store_remove(fixture->root);
    free(fixture->path);
    free(fixture);
    return 0;
}

static struct answer judge(struct fixture *fixture, enum command command, double confidence,
                           bool with_sound)
{
    static int16_t sound[8000];
    char phrase[] = "une phrase";
    const struct heard heard = {
        .kind = HEARD_PHRASE,
        .phrase = phrase,
        .command = (int)command,
        .confidence = confidence,
        .samples = with_sound ? sound : NULL,
        .sample_count = with_sound ? COUNT_OF(sound) : 0,
    };
    return enrolment_run_judge(fixture->run, &heard);
}

/* Says what is asked for; how it was taken. */
static enum calibration_answer say(struct fixture *fixture)
{
    struct answer answer = judge(fixture, COMMAND_NONE, 0, true);
    const enum calibration_answer taken = answer.event.answer;
    assert_true(answer.given);
    assert_int_equal(answer.event.kind, EVENT_SAYING);
    assert_null(answer.written);
    send(fixture, answer.event);
    answer_free(&answer);
    return taken;
}

static const struct effect *find_effect(const struct fixture *fixture, enum effect_kind kind)
{
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == kind)
            return &fixture->effects.items[i];
    return NULL;
}

/* Says one phrase twice, which is then to be measured: what came of it. */
static int say_a_phrase(struct fixture *fixture)
{
    assert_int_equal(say(fixture), CALIBRATION_TAKEN);
    assert_int_equal(say(fixture), CALIBRATION_TAKEN);
    const struct effect *measure = find_effect(fixture, EFFECT_MEASURE_PHRASE);
    assert_non_null(measure);
    return enrolment_run_carry_out(fixture->run, measure);
}

static void without_a_model_there_is_none(void **state)
{
    struct fixture *fixture = *state;
    struct recog_driver failing = driver;
    struct calibration known = {0};
    struct calibration_token token = {0};
    struct enrolment_run *run = NULL;
    char *error = NULL;
    failing.open = double_fail;
    calibration_add_sound(&token, "fr", "a b");
    calibration_add(&known, "aide", &token);
    calibration_token_free(&token);
    const struct enrolment_run_config config = {.pack = fixture->pack, .driver = &failing};
    assert_int_equal(enrolment_run_open(&config, &known, &run, &error), -1);
    assert_string_equal(error, "aucun modèle");
    assert_null(run);
    assert_int_equal(known.phrase_count, 0); /* taken over in any case */
    free(error);
}

static void a_question_is_answered_by_a_command(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, NULL);
    struct answer answer = judge(fixture, COMMAND_YES, 1, false);
    assert_true(answer.given);
    assert_int_equal(answer.event.kind, EVENT_COMMAND);
    assert_int_equal(answer.event.command, COMMAND_YES);
    assert_string_equal(answer.written, "une phrase");
    answer_free(&answer);
    answer = judge(fixture, COMMAND_YES, 0, true);
    assert_int_equal(answer.event.kind, EVENT_NOT_UNDERSTOOD);
    assert_null(answer.written);
    answer_free(&answer);
}

/* While a phrase is asked for, everything else is a saying of it; but leaving is possible. */
static void what_is_said_is_a_saying(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, NULL);
    ask_for_a_phrase(fixture);
    struct answer answer = judge(fixture, COMMAND_NEXT, 1, true);
    assert_int_equal(answer.event.kind, EVENT_SAYING);
    answer_free(&answer);
    answer = judge(fixture, COMMAND_QUIT, 1, true);
    assert_int_equal(answer.event.kind, EVENT_COMMAND);
    assert_int_equal(answer.event.command, COMMAND_QUIT);
    answer_free(&answer);
    answer = judge(fixture, COMMAND_NONE, 0, false);
    assert_false(answer.given); /* its sound is gone */
    answer_free(&answer);
}

static void a_breath_is_not_taken(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, NULL);
    ask_for_a_phrase(fixture);
    written = NULL;
    assert_int_not_equal(say(fixture), CALIBRATION_TAKEN);
    assert_int_equal(enrolment_run_calibration(fixture->run)->phrase_count, 0);
}

static void what_was_said_twice_is_on_disk(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, fixture->path);
    ask_for_a_phrase(fixture);
    assert_int_equal(access(fixture->path, F_OK), -1);
    assert_int_equal(say_a_phrase(fixture), 0);
    char *text = store_read(fixture->path, NULL);
    assert_non_null(text);
    assert_non_null(strstr(text, written));
    free(text);
    assert_null(enrolment_run_take_aside(fixture->run));
}

static void for_this_session_nothing_is_written(void **state)
{
    struct fixture *fixture = *state;
    struct calibration taught;
    begin(fixture, NULL);
    ask_for_a_phrase(fixture);
    assert_int_equal(say_a_phrase(fixture), 0);
    assert_int_equal(store_count(fixture->root, "calibration", NULL), 0);
    enrolment_run_take_calibration(fixture->run, &taught);
    assert_int_equal(taught.phrase_count, 1);
    assert_int_equal(enrolment_run_calibration(fixture->run)->phrase_count, 0);
    calibration_free(&taught);
}

static void what_cannot_be_saved_is_told_once(void **state)
{
    struct fixture *fixture = *state;
    char *path = xasprintf("%s/file/calibration.yaml", fixture->root);
    char *file = xasprintf("%s/file", fixture->root);
    store_write(file, "", 0);
    begin(fixture, path);
    ask_for_a_phrase(fixture);
    assert_int_equal(say_a_phrase(fixture), ENOTDIR);
    assert_int_equal(say_a_phrase(fixture), 0);
    assert_int_equal(enrolment_run_calibration(fixture->run)->phrase_count, 2);
    free(file);
    free(path);
}

/* A file that is not understood makes way, and its new name is told once. */
static void what_was_there_is_not_lost(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, fixture->path);
    ask_for_a_phrase(fixture);
    store_write(fixture->path, "{", 1);
    assert_int_equal(say_a_phrase(fixture), 0);
    char *aside = enrolment_run_take_aside(fixture->run);
    assert_non_null(aside);
    assert_non_null(strstr(aside, "calibration.yaml.damaged-"));
    free(aside);
    assert_null(enrolment_run_take_aside(fixture->run));
    assert_int_equal(store_count(fixture->root, "calibration", NULL), 2);
}

static void what_is_dropped_is_gone(void **state)
{
    struct fixture *fixture = *state;
    const struct effect drop = {.kind = EFFECT_DROP}, keep = {.kind = EFFECT_KEEP};
    const struct effect halves = {.kind = EFFECT_DROP_HALVES}, other = {.kind = EFFECT_SILENCE};
    const struct effect gain = {.kind = EFFECT_MEASURE_GAIN};
    const struct calibration *known;
    begin(fixture, fixture->path);
    ask_for_a_phrase(fixture);
    known = enrolment_run_calibration(fixture->run);
    assert_int_equal(say_a_phrase(fixture), 0);
    assert_int_equal(enrolment_run_carry_out(fixture->run, &gain), 0);
    assert_int_equal(enrolment_run_carry_out(fixture->run, &keep), 0);
    assert_int_equal(say_a_phrase(fixture), 0);
    assert_int_equal(known->phrase_count, 2);
    assert_int_equal(enrolment_run_carry_out(fixture->run, &drop), 0);
    assert_int_equal(known->phrase_count, 1);
    assert_int_equal(say(fixture), CALIBRATION_TAKEN);
    assert_int_equal(known->phrase_count, 2);
    assert_int_equal(enrolment_run_carry_out(fixture->run, &other), 0);
    assert_int_equal(known->phrase_count, 2);
    assert_int_equal(enrolment_run_carry_out(fixture->run, &halves), 0);
    assert_int_equal(known->phrase_count, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(without_a_model_there_is_none),     TEST(a_question_is_answered_by_a_command),
        TEST(what_is_said_is_a_saying),          TEST(a_breath_is_not_taken),
        TEST(what_was_said_twice_is_on_disk),    TEST(for_this_session_nothing_is_written),
        TEST(what_cannot_be_saved_is_told_once), TEST(what_was_there_is_not_lost),
        TEST(what_is_dropped_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
