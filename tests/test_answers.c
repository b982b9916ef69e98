/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answers: what is typed, pressed and heard, as events; what of it is written; and what a secret, a
 * name, switches and the dialogue below change.
 */
#include "app/answers.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "listen/heard.h"
#include "model/command.h"
#include "model/pack.h"
#include "model/settings.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A dialogue that knows one phrase besides the pack's "suivant". */
struct person {
    const char *phrase; /* or NULL */
    int argument;
    bool is_private, wants_line, wants_speech;
    const char *piece; /* a typed text that means something, or NULL */
};

static void handle(void *state, const struct event *event, struct effects *effects)
{
    (void)state;
    (void)event;
    (void)effects;
}

static void vocabulary(const void *state, enum channel channel, struct vocabulary *vocabulary)
{
    const struct person *person = state;
    vocabulary_add(vocabulary, "suivant", COMMAND_NEXT, 0, false);
    if (person->phrase && channel != CHANNEL_PRIVATE)
        vocabulary_add(vocabulary, person->phrase, COMMAND_CHOOSE, person->argument, false);
}

static bool is_private(const void *state)
{
    const struct person *person = state;
    return person->is_private;
}

static bool wants_line(const void *state)
{
    const struct person *person = state;
    return person->wants_line;
}

static bool wants_speech(const void *state)
{
    const struct person *person = state;
    return person->wants_speech;
}

static bool takes_text(const void *state, const char *text)
{
    const struct person *person = state;
    return person->piece && !strcmp(person->piece, text);
}

static const struct dialogue_methods session = {.handle = handle,
                                                .vocabulary = vocabulary,
                                                .is_private = is_private,
                                                .wants_line = wants_line,
                                                .takes_text = takes_text,
                                                .asks_back = true};
static const struct dialogue_methods setup = {
    .handle = handle, .vocabulary = vocabulary, .wants_speech = wants_speech, .gives_way = true};

struct fixture {
    struct words words;
    struct pack *pack;
    struct settings settings;
    struct person below, above;
    struct dialogue_stack dialogues;
    struct answers answers;
    struct second_try tries;
    struct answer answer; /* the last one */
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    words_open(&fixture->words);
    fixture->pack = words_load_pack(&fixture->words, "voices/fr");
    settings_init(&fixture->settings);
    fixture->below = (struct person){.phrase = "actualisation", .argument = 7};
    fixture->answers = (struct answers){
        .dialogues = &fixture->dialogues, .pack = fixture->pack, .settings = &fixture->settings};
    dialogue_stack_push(&fixture->dialogues,
                        &(struct held_dialogue){.dialogue = {&session, &fixture->below}});
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    answer_free(&fixture->answer);
    settings_free(&fixture->settings);
    pack_free(fixture->pack);
    words_close(&fixture->words);
    free(fixture);
    return 0;
}

static void check_sound(struct fixture *fixture)
{
    dialogue_stack_push(&fixture->dialogues,
                        &(struct held_dialogue){.dialogue = {&setup, &fixture->above}});
}

static void type(struct fixture *fixture, const char *line)
{
    answer_free(&fixture->answer);
    fixture->answer = answers_line(&fixture->answers, line);
}

static void press(struct fixture *fixture, const char *key)
{
    answer_free(&fixture->answer);
    fixture->answer = answers_key(&fixture->answers, key);
}

static void speak(struct fixture *fixture, double confidence, bool echo)
{
    char phrase[] = "suivant";
    const struct hypothesis hypothesis = {COMMAND_NEXT, confidence, false};
    struct heard heard = {.kind = HEARD_PHRASE,
                          .phrase = phrase,
                          .command = COMMAND_NEXT,
                          .confidence = confidence,
                          .start_s = fixture->tries.end_s + 3,
                          .end_s = fixture->tries.end_s + 4};
    heard.verdict = verdict_of(&hypothesis, &heard.situation);
    answer_free(&fixture->answer);
    fixture->answer = answers_heard(&fixture->answers, &heard, echo, &fixture->tries);
}

static void assert_command(const struct fixture *fixture, int command, int argument)
{
    assert_true(fixture->answer.given);
    assert_int_equal(fixture->answer.event.kind, EVENT_COMMAND);
    assert_int_equal(fixture->answer.event.command, command);
    assert_int_equal(fixture->answer.event.argument, argument);
}

static void assert_kind(const struct fixture *fixture, enum event_kind kind)
{
    assert_true(fixture->answer.given);
    assert_int_equal(fixture->answer.event.kind, kind);
}

/* --- lines ------------------------------------------------------------------------------------ */

static void a_phrase_or_a_key_is_a_command(void **state)
{
    struct fixture *fixture = *state;
    type(fixture, "  ACTUALISATION ");
    assert_command(fixture, COMMAND_CHOOSE, 7);
    assert_string_equal(fixture->answer.written, "ACTUALISATION");
    type(fixture, "s");
    assert_command(fixture, COMMAND_NEXT, 0);
    type(fixture, "   ");
    assert_false(fixture->answer.given);
    assert_null(fixture->answer.written);
}

static void what_is_nearly_a_phrase_is_asked_back(void **state)
{
    struct fixture *fixture = *state;
    type(fixture, "suivamt");
    assert_kind(fixture, EVENT_DOUBTFUL);
    assert_int_equal(fixture->answer.event.command, COMMAND_NEXT);
    assert_string_equal(fixture->answer.event.text, "suivant");
    assert_string_equal(fixture->answer.written, "suivamt");
    assert_string_equal(fixture->answer.note, "not-understood");
    type(fixture, "bonjour");
    assert_kind(fixture, EVENT_NOT_UNDERSTOOD);
    assert_string_equal(fixture->answer.event.text, "bonjour");
}

/* A piece of a title is no near miss, and nothing that was not understood. */
static void what_the_dialogue_takes_is_given_to_it(void **state)
{
    struct fixture *fixture = *state;
    fixture->below.piece = "suivan";
    type(fixture, "suivan");
    assert_kind(fixture, EVENT_TYPED);
    assert_string_equal(fixture->answer.event.text, "suivan");
    assert_string_equal(fixture->answer.written, "suivan");
    assert_null(fixture->answer.note);
}

/* A password may land in the wrong window: it is neither written nor guessed at. */
static void a_secret_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    static const char *const secrets[] = {"suivamt",      "actualisation", "s", "1",    "$",
                                          "hunter2",      "\033[C",        "é", "oui!", "suivant 2",
                                          "s u i v a n t"};
    fixture->answers.is_private = true;
    for (size_t i = 0; i < 2 * COUNT_OF(secrets); i++) {
        /* Whatever is held on top of it. */
        if (i == COUNT_OF(secrets))
            check_sound(fixture);
        type(fixture, secrets[i % COUNT_OF(secrets)]);
        assert_kind(fixture, EVENT_SECRET);
        assert_null(fixture->answer.event.text);
        assert_null(fixture->answer.written);
        assert_null(fixture->answer.note);
    }
    /* A word that acts even there, as the pack writes it. */
    type(fixture, "SUIVANT!");
    assert_command(fixture, COMMAND_NEXT, 0);
    assert_string_equal(fixture->answer.written, "suivant");
}

static void no_key_acts_on_a_secret_but_escape_and_switches(void **state)
{
    static const char *const keys[] = {"s", "1", "10", "right", "up", "?", "é", "enter", " "};
    struct fixture *fixture = *state;
    fixture->answers.is_private = true;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        press(fixture, keys[i]);
        assert_false(fixture->answer.given);
        assert_null(fixture->answer.written);
        assert_null(fixture->answer.note);
    }
    press(fixture, "escape");
    assert_command(fixture, COMMAND_STOP, 0);
    fixture->settings.scan = SCAN_ONE;
    press(fixture, " ");
    assert_command(fixture, COMMAND_SCAN_TAKE, 0);
    type(fixture, "");
    assert_command(fixture, COMMAND_SCAN_TAKE, 0);
}

static void a_name_is_no_mistake(void **state)
{
    struct fixture *fixture = *state;
    fixture->below.wants_line = true;
    type(fixture, "Suivane");
    assert_kind(fixture, EVENT_NOT_UNDERSTOOD);
    assert_string_equal(fixture->answer.event.text, "Suivane");
    assert_null(fixture->answer.note);
}

static void a_phrase_of_the_dialogue_below_leaves_the_one_on_top(void **state)
{
    struct fixture *fixture = *state;
    check_sound(fixture);
    type(fixture, "actualisation");
    assert_command(fixture, COMMAND_CHOOSE, 7);
    assert_true(fixture->answer.leave);
    type(fixture, "suivant");
    assert_command(fixture, COMMAND_NEXT, 0);
    assert_false(fixture->answer.leave);
    /* Without asking back there is no guessing either. */
    type(fixture, "suivamt");
    assert_kind(fixture, EVENT_NOT_UNDERSTOOD);
}

static void what_drives_a_terminal_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    type(fixture, "\033[2Jbonjour");
    assert_null(strchr(fixture->answer.written, '\033'));
}

/* --- keys ------------------------------------------------------------------------------------- */

static void a_key_is_written_as_its_phrase(void **state)
{
    struct fixture *fixture = *state;
    press(fixture, "right");
    assert_command(fixture, COMMAND_NEXT, 0);
    assert_string_equal(fixture->answer.written, "suivant");
    press(fixture, "~");
    assert_kind(fixture, EVENT_NOT_UNDERSTOOD);
    assert_null(fixture->answer.written);
    assert_string_equal(fixture->answer.note, "not-understood");
}

static void a_switch_has_two_keys(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.scan = SCAN_ONE;
    press(fixture, " ");
    assert_command(fixture, COMMAND_SCAN_TAKE, 0);
    press(fixture, "enter");
    assert_command(fixture, COMMAND_SCAN_TAKE, 0);
    assert_null(fixture->answer.written);
    fixture->settings.scan = SCAN_TWO;
    press(fixture, " ");
    assert_command(fixture, COMMAND_SCAN_NEXT, 0);
    type(fixture, "");
    assert_command(fixture, COMMAND_SCAN_TAKE, 0);
}

/* --- voice ------------------------------------------------------------------------------------ */

static void what_is_clear_is_obeyed(void **state)
{
    struct fixture *fixture = *state;
    speak(fixture, 0.99, false);
    assert_command(fixture, COMMAND_NEXT, 0);
    assert_string_equal(fixture->answer.written, "suivant");
    speak(fixture, 0, false);
    assert_false(fixture->answer.given);
}

/* The confidence that gives a verdict in a session, found from below. */
static double confidence_of(enum verdict verdict)
{
    const struct situation alone = {0};
    for (double confidence = 0; confidence < 1; confidence += 0.01) {
        const struct hypothesis hypothesis = {COMMAND_NEXT, confidence, false};
        if (verdict_of(&hypothesis, &alone) == verdict)
            return confidence;
    }
    fail();
    return 0;
}

static void doubt_is_asked_back_only_by_who_asks(void **state)
{
    struct fixture *fixture = *state;
    const double doubtful = confidence_of(VERDICT_ASK_BACK);
    speak(fixture, doubtful, false);
    assert_kind(fixture, EVENT_DOUBTFUL);
    assert_null(fixture->answer.written);
    assert_string_equal(fixture->answer.note, "doubtful");
    check_sound(fixture);
    speak(fixture, doubtful, false);
    assert_kind(fixture, EVENT_DOUBTFUL);
    assert_string_equal(fixture->answer.written, "suivant");
}

static void what_is_almost_a_command_gets_a_sound_but_no_answer_to_a_secret(void **state)
{
    struct fixture *fixture = *state;
    const double almost = confidence_of(VERDICT_NOT_UNDERSTOOD);
    speak(fixture, almost, false);
    assert_kind(fixture, EVENT_NOT_UNDERSTOOD);
    assert_true(fixture->answer.missed);
    fixture->below.is_private = true;
    speak(fixture, almost, false);
    assert_false(fixture->answer.given);
}

static void the_exercise_answers_to_anything_but_our_own_voice(void **state)
{
    struct fixture *fixture = *state;
    check_sound(fixture);
    speak(fixture, 0, false);
    assert_false(fixture->answer.given);
    fixture->above.wants_speech = true;
    speak(fixture, 0, false);
    assert_kind(fixture, EVENT_NOT_UNDERSTOOD);
    assert_false(fixture->answer.missed);
    speak(fixture, 0, true);
    assert_false(fixture->answer.given);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_phrase_or_a_key_is_a_command),
        TEST(what_is_nearly_a_phrase_is_asked_back),
        TEST(what_the_dialogue_takes_is_given_to_it),
        TEST(a_secret_is_not_written),
        TEST(no_key_acts_on_a_secret_but_escape_and_switches),
        TEST(a_name_is_no_mistake),
        TEST(a_phrase_of_the_dialogue_below_leaves_the_one_on_top),
        TEST(what_drives_a_terminal_is_not_written),
        TEST(a_key_is_written_as_its_phrase),
        TEST(a_switch_has_two_keys),
        TEST(what_is_clear_is_obeyed),
        TEST(doubt_is_asked_back_only_by_who_asks),
        TEST(what_is_almost_a_command_gets_a_sound_but_no_answer_to_a_secret),
        TEST(the_exercise_answers_to_anything_but_our_own_voice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
