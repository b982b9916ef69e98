/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sound_setup: the sound check as a machine: the order of its questions, what is skipped where
 * there is nothing to hear or to say, what comes of each answer, what the microphone's measures
 * lead to, and that nothing hurries or traps anybody.
 */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "dialogue/microphone_state.h"
#include "dialogue/sound_setup.h"
#include "model/command.h"
#include "model/keymap.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Nobody in a quiet room; a muted microphone; a loud room; a voice that is fine, low, too loud. */
static const struct microphone_report quiet = {MICROPHONE_FINE, MICROPHONE_SILENT};
static const struct microphone_report muted = {MICROPHONE_MUTED, MICROPHONE_MUTED};
static const struct microphone_report noisy = {MICROPHONE_NOISE, MICROPHONE_NOISE};
static const struct microphone_report fine = {MICROPHONE_FINE, MICROPHONE_FINE};
static const struct microphone_report low = {MICROPHONE_FINE, MICROPHONE_TOO_LOW};
static const struct microphone_report loud = {MICROPHONE_FINE, MICROPHONE_TOO_LOUD};

struct fixture {
    struct words words;
    struct pack *pack;
    struct settings settings;
    struct sound_setup_config config;
    struct sound_setup *setup;
    struct dialogue dialogue;
    const struct settings *chosen; /* those of the last EFFECT_SETTINGS */
    struct effects effects;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    words_open(&fixture->words);
    fixture->pack = words_load_pack(&fixture->words, "voices/fr");
    settings_init(&fixture->settings);
    fixture->config = (struct sound_setup_config){
        .pack = fixture->pack,
        .settings = &fixture->settings,
        .first = true,
        .speaks = true,
        .speaker = true,
        .dispatcher = true,
        .hears = true,
        .single_keys = true,
        .taps = true,
    };
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    sound_setup_free(fixture->setup);
    effects_free(&fixture->effects);
    settings_free(&fixture->settings);
    pack_free(fixture->pack);
    words_close(&fixture->words);
    free(fixture);
    return 0;
}

static void send(struct fixture *fixture, struct event event)
{
    effects_free(&fixture->effects);
    dialogue_handle(&fixture->dialogue, &event, &fixture->effects);
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == EFFECT_SETTINGS)
            fixture->chosen = fixture->effects.items[i].settings;
}

static void begin(struct fixture *fixture)
{
    sound_setup_free(fixture->setup);
    fixture->setup = sound_setup_new(&fixture->config);
    fixture->dialogue = sound_setup_dialogue(fixture->setup);
    send(fixture, (struct event){.kind = EVENT_START});
}

static void command(struct fixture *fixture, enum command id)
{
    send(fixture, (struct event){.kind = EVENT_COMMAND, .command = (int)id});
}

static void choose(struct fixture *fixture, int number)
{
    send(fixture,
         (struct event){.kind = EVENT_COMMAND, .command = COMMAND_CHOOSE, .argument = number});
}

static void tick(struct fixture *fixture, const struct microphone_report *report)
{
    send(fixture, (struct event){.kind = EVENT_PAUSE_OVER, .microphone = report});
}

/* A word that is typed, as the vocabulary has it. */
static void type(struct fixture *fixture, const char *text)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&fixture->dialogue, CHANNEL_TYPED, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    assert_non_null(phrase);
    struct event event = {
        .kind = EVENT_COMMAND, .command = phrase->command, .argument = phrase->argument};
    vocabulary_free(&vocabulary);
    send(fixture, event);
}

static bool says(const struct fixture *fixture, const char *text)
{
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == EFFECT_SAY &&
            strstr(fixture->effects.items[i].utterance.text, text))
            return true;
    return false;
}

static const struct effect *effect_of(const struct fixture *fixture, enum effect_kind kind)
{
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == kind)
            return &fixture->effects.items[i];
    return NULL;
}

static bool hears(const struct fixture *fixture, const char *text)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&fixture->dialogue, CHANNEL_SPOKEN, &vocabulary);
    bool found = vocabulary_find(&vocabulary, text) != NULL;
    vocabulary_free(&vocabulary);
    return found;
}

#define HEAR     "M'entendez-vous"
#define READER   "lecteur d'écran ? Dites"
#define SHARE    "Deux voix"
#define RATE     "Écoutez deux vitesses"
#define QUIET    "J'essaie le micro"
#define LISTEN   "Comment voulez-vous me parler"
#define EXERCISE "Un essai pour finir"

static void all_questions_come_in_order(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    assert_true(says(fixture, "première fois"));
    assert_true(says(fixture, HEAR));
    command(fixture, COMMAND_YES);
    assert_true(says(fixture, READER));
    command(fixture, COMMAND_NO);
    assert_true(says(fixture, RATE));
    choose(fixture, 2);
    assert_true(says(fixture, QUIET));
    assert_non_null(effect_of(fixture, EFFECT_MEASURE_MICROPHONE));
    tick(fixture, &quiet);
    assert_true(says(fixture, "Le micro marche."));
    assert_true(says(fixture, LISTEN));
    choose(fixture, 1);
    assert_true(says(fixture, EXERCISE));
    assert_true(dialogue_wants_speech(&fixture->dialogue));
    send(fixture,
         (struct event){.kind = EVENT_COMMAND, .command = COMMAND_NEXT, .microphone = &fine});
    assert_true(says(fixture, "Bravo"));
    assert_true(says(fixture, "vérifier le son"));
    assert_non_null(effect_of(fixture, EFFECT_OVER));
    assert_int_equal(fixture->chosen->listen, LISTEN_FREE);
    assert_true(fixture->chosen->rate > fixture->pack->rate);
}

static void samples_are_heard_at_their_rates(void **state)
{
    struct fixture *fixture = *state;
    int heard[2] = {0, 0}, count = 0;
    begin(fixture);
    type(fixture, "passer");
    type(fixture, "passer");
    for (size_t i = 0; i < fixture->effects.count; i++) {
        int rate = fixture->effects.items[i].utterance.rate;
        if (rate && count < 2)
            heard[count++] = rate;
    }
    assert_int_equal(count, 2);
    assert_true(heard[0] < fixture->pack->rate && heard[1] > fixture->pack->rate);
    command(fixture, COMMAND_FASTER);
    assert_true(says(fixture, RATE));
    choose(fixture, 1);
    assert_int_equal(fixture->chosen->rate, heard[1]);
}

static void rates_stay_in_their_range(void **state)
{
    struct fixture *fixture = *state;
    for (int up = 0; up < 2; up++) {
        begin(fixture);
        type(fixture, "passer");
        type(fixture, "passer");
        for (int i = 0; i < 12; i++)
            command(fixture, up ? COMMAND_FASTER : COMMAND_SLOWER);
        choose(fixture, up ? 2 : 1);
        assert_int_equal(fixture->chosen->rate, up ? 450 : 80);
    }
}

static void who_does_not_hear_is_spoken_to_louder(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    command(fixture, COMMAND_NO);
    assert_int_equal(fixture->chosen->volume, 140);
    assert_non_null(effect_of(fixture, EFFECT_SETTINGS));
    assert_true(says(fixture, HEAR));
    command(fixture, COMMAND_NO);
    command(fixture, COMMAND_NO);
    command(fixture, COMMAND_NO);
    assert_int_equal(fixture->chosen->volume, 200);
    assert_true(says(fixture, "Vérifiez que le haut-parleur"));
    command(fixture, COMMAND_YES);
    assert_true(says(fixture, READER));
}

static void a_screen_reader_shares_the_sound(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    command(fixture, COMMAND_YES);
    command(fixture, COMMAND_YES);
    assert_true(says(fixture, SHARE));
    assert_true(says(fixture, "1. Je parle avec la voix de votre lecteur"));
    choose(fixture, 1);
    assert_int_equal(fixture->chosen->speech, SPEECH_SPEECHD);
    /* Its rate is the reader's. Beside another voice, listening after a key comes first. */
    assert_true(says(fixture, QUIET));
    tick(fixture, &quiet);
    assert_true(says(fixture, "1. Je vous écoute après un appui"));
    choose(fixture, 1);
    assert_int_equal(fixture->chosen->listen, LISTEN_TAP);
    assert_true(says(fixture, "Appuyez sur la barre d'espace"));
    /* Who presses first is not hurried. */
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
}

static void a_way_of_speaking_that_is_not_there_is_taken_back(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    command(fixture, COMMAND_YES);
    command(fixture, COMMAND_YES);
    choose(fixture, 1);
    send(fixture, (struct event){.kind = EVENT_SPEECH_REFUSED});
    assert_int_equal(fixture->chosen->speech, SPEECH_ESPEAK);
}

static void what_is_not_there_is_not_asked(void **state)
{
    struct fixture *fixture = *state;
    fixture->config.speaks = fixture->config.speaker = fixture->config.hears = false;
    fixture->config.dispatcher = false;
    begin(fixture);
    assert_false(says(fixture, HEAR));
    assert_true(says(fixture, READER));
    command(fixture, COMMAND_YES);
    assert_false(says(fixture, "la voix de votre lecteur"));
    choose(fixture, 2);
    assert_true(says(fixture, "prochaine séance"));
    assert_true(says(fixture, "Je ne trouve pas de micro"));
    assert_true(says(fixture, "touche s"));
    command(fixture, COMMAND_NEXT);
    assert_non_null(effect_of(fixture, EFFECT_OVER));
}

static void who_wants_no_microphone_hears_of_none(void **state)
{
    struct fixture *fixture = *state;
    fixture->config.hears = false;
    fixture->settings.listen = LISTEN_NONE;
    begin(fixture);
    type(fixture, "passer");
    type(fixture, "passer");
    type(fixture, "passer");
    assert_false(says(fixture, "Je ne trouve pas de micro"));
    /* They may have changed their mind. */
    assert_true(says(fixture, LISTEN));
    choose(fixture, 1);
    assert_int_equal(fixture->chosen->listen, LISTEN_FREE);
    assert_true(says(fixture, "prochaine séance"));
    assert_true(says(fixture, "touche s"));
}

/* To the measuring of the room. */
static void begin_quiet(struct fixture *fixture)
{
    begin(fixture);
    type(fixture, "passer");
    type(fixture, "passer");
    type(fixture, "passer");
    assert_true(says(fixture, QUIET));
    assert_true(dialogue_pause_ms(&fixture->dialogue) > 0);
}

static void a_fault_is_told_once_and_seen_mended(void **state)
{
    struct fixture *fixture = *state;
    begin_quiet(fixture);
    tick(fixture, &muted);
    assert_true(says(fixture, "n'envoie aucun son"));
    assert_true(says(fixture, "Prenez votre temps"));
    for (int i = 0; i < 20; i++) {
        assert_true(dialogue_pause_ms(&fixture->dialogue) > 0);
        tick(fixture, &muted);
        assert_null(effect_of(fixture, EFFECT_SAY));
    }
    tick(fixture, &noisy);
    assert_true(says(fixture, "beaucoup de bruit"));
    tick(fixture, &quiet);
    assert_true(says(fixture, "marche maintenant"));
    assert_true(says(fixture, LISTEN));
}

static void a_fault_can_be_left_as_it_is(void **state)
{
    struct fixture *fixture = *state;
    begin_quiet(fixture);
    tick(fixture, &noisy);
    type(fixture, "passer");
    /* In noise, listening after a key comes first. */
    assert_true(says(fixture, "1. Je vous écoute après un appui"));
}

static void begin_exercise(struct fixture *fixture)
{
    begin_quiet(fixture);
    tick(fixture, &quiet);
    type(fixture, "passer");
    assert_true(says(fixture, EXERCISE));
}

static void misheard(struct fixture *fixture, const struct microphone_report *report)
{
    send(fixture, (struct event){.kind = EVENT_NOT_UNDERSTOOD, .microphone = report});
}

static void what_was_misheard_is_explained(void **state)
{
    struct fixture *fixture = *state;
    begin_exercise(fixture);
    misheard(fixture, &low);
    assert_true(says(fixture, "trop faible"));
    misheard(fixture, &loud);
    assert_true(says(fixture, "trop fort"));
    assert_false(says(fixture, "Le clavier marche aussi"));
    misheard(fixture, &fine);
    assert_true(says(fixture, "J'entends votre voix"));
    assert_true(says(fixture, "Le clavier marche aussi : « suivant », touche s."));
    misheard(fixture, &noisy);
    assert_true(says(fixture, "beaucoup de bruit"));
    send(fixture,
         (struct event){.kind = EVENT_COMMAND, .command = COMMAND_NEXT, .microphone = &loud});
    assert_true(says(fixture, "Bravo"));
    assert_true(says(fixture, "trop fort"));
}

static void silence_is_answered_once_and_then_waited_for(void **state)
{
    struct fixture *fixture = *state;
    begin_exercise(fixture);
    assert_true(dialogue_pause_ms(&fixture->dialogue) > 0);
    tick(fixture, &quiet);
    assert_true(says(fixture, "Je n'entends pas votre voix"));
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);

    begin(fixture);
    assert_true(dialogue_pause_ms(&fixture->dialogue) > 0);
    tick(fixture, &quiet);
    assert_true(says(fixture, HEAR));
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
    command(fixture, COMMAND_YES);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
}

static void begin_listening(struct fixture *fixture)
{
    fixture->config.measures = true;
    begin_quiet(fixture);
    tick(fixture, &quiet);
    assert_true(says(fixture, LISTEN));
}

static void the_loudspeaker_is_tried_with_the_microphone(void **state)
{
    struct fixture *fixture = *state;
    begin_listening(fixture);
    choose(fixture, 1);
    assert_true(says(fixture, "Ne parlez pas"));
    assert_null(effect_of(fixture, EFFECT_CHECK_ECHO));
    /* Once this is said. */
    assert_true(dialogue_pause_ms(&fixture->dialogue) > 0);
    tick(fixture, &quiet);
    assert_non_null(effect_of(fixture, EFFECT_CHECK_ECHO));
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
    send(fixture, (struct event){.kind = EVENT_ECHO_CHECKED, .text = "Trouvé."});
    assert_true(says(fixture, "Trouvé."));
    assert_true(says(fixture, EXERCISE));
}

static void what_cannot_be_tried_is_passed_over(void **state)
{
    struct fixture *fixture = *state;
    begin_listening(fixture);
    choose(fixture, 1);
    tick(fixture, &quiet);
    send(fixture, (struct event){.kind = EVENT_ECHO_CHECKED});
    assert_true(says(fixture, EXERCISE));
    /* A result that comes when the question was skipped. */
    send(fixture, (struct event){.kind = EVENT_ECHO_CHECKED, .text = "Trouvé."});
    assert_null(effect_of(fixture, EFFECT_SAY));
}

static void who_has_chosen_how_to_listen_needs_no_trial(void **state)
{
    struct fixture *fixture = *state;
    begin_listening(fixture);
    choose(fixture, 2);
    assert_true(says(fixture, EXERCISE));
    fixture->settings.duplex = DUPLEX_HEADPHONES;
    begin_listening(fixture);
    choose(fixture, 1);
    assert_true(says(fixture, EXERCISE));
}

static void everything_can_be_skipped_at_once(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    type(fixture, "tout passer");
    assert_non_null(effect_of(fixture, EFFECT_OVER));
    /* Saved, so that it is not asked again. */
    assert_non_null(effect_of(fixture, EFFECT_SETTINGS));
}

static void every_question_is_told_again_and_gone_back_to(void **state)
{
    static const char *const words[] = {HEAR, READER, RATE, QUIET, LISTEN, EXERCISE};
    struct fixture *fixture = *state;
    begin(fixture);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        command(fixture, COMMAND_REPEAT);
        assert_true(says(fixture, words[i]));
        assert_true(hears(fixture, "passer"));
        assert_true(hears(fixture, "tout passer"));
        assert_true(hears(fixture, "stop"));
        if (i + 1 < COUNT_OF(words))
            type(fixture, "passer");
    }
    for (size_t i = COUNT_OF(words) - 1; i-- > 0;) {
        command(fixture, COMMAND_PREVIOUS);
        assert_true(says(fixture, words[i]));
    }
    command(fixture, COMMAND_PREVIOUS);
    assert_true(says(fixture, HEAR));
}

/* Whatever is said: the answer is a question again, the end, or a change of how it sounds. */
static void every_command_everywhere_is_harmless(void **state)
{
    struct fixture *fixture = *state;
    for (int question = 0; question < 6; question++) {
        for (int id = 0; id < COMMAND_COUNT; id++) {
            begin(fixture);
            for (int i = 0; i < question; i++)
                type(fixture, "passer");
            send(fixture,
                 (struct event){.kind = EVENT_COMMAND, .command = id, .microphone = &quiet});
            bool mute = id == COMMAND_STOP || id == COMMAND_PAUSE || id == COMMAND_RESUME;
            assert_true(mute || effect_of(fixture, EFFECT_SAY));
            assert_true(!effect_of(fixture, EFFECT_QUIT) || id == COMMAND_QUIT);
        }
    }
}

static void leaving_must_be_clear(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    send(fixture,
         (struct event){.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT, .text = "au revoir"});
    assert_null(effect_of(fixture, EFFECT_QUIT));
    send(fixture, (struct event){.kind = EVENT_DOUBTFUL, .command = COMMAND_YES, .text = "oui"});
    assert_true(says(fixture, READER));
    command(fixture, COMMAND_QUIT);
    assert_non_null(effect_of(fixture, EFFECT_QUIT));
}

static void another_language_is_told(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    assert_false(says(fixture, "autre langue"));
    fixture->config.other_language = true;
    begin(fixture);
    assert_true(says(fixture, "autre langue"));
}

static void without_single_keys_words_are_offered(void **state)
{
    struct fixture *fixture = *state;
    fixture->config.single_keys = false;
    fixture->config.hears = false;
    begin(fixture);
    assert_false(says(fixture, "touche"));
    type(fixture, "passer");
    type(fixture, "passer");
    type(fixture, "passer");
    assert_true(says(fixture, "Écrivez « suivant »"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_questions_come_in_order),
        TEST(samples_are_heard_at_their_rates),
        TEST(rates_stay_in_their_range),
        TEST(who_does_not_hear_is_spoken_to_louder),
        TEST(a_screen_reader_shares_the_sound),
        TEST(a_way_of_speaking_that_is_not_there_is_taken_back),
        TEST(what_is_not_there_is_not_asked),
        TEST(who_wants_no_microphone_hears_of_none),
        TEST(a_fault_is_told_once_and_seen_mended),
        TEST(a_fault_can_be_left_as_it_is),
        TEST(what_was_misheard_is_explained),
        TEST(silence_is_answered_once_and_then_waited_for),
        TEST(the_loudspeaker_is_tried_with_the_microphone),
        TEST(what_cannot_be_tried_is_passed_over),
        TEST(who_has_chosen_how_to_listen_needs_no_trial),
        TEST(everything_can_be_skipped_at_once),
        TEST(every_question_is_told_again_and_gone_back_to),
        TEST(every_command_everywhere_is_harmless),
        TEST(leaving_must_be_clear),
        TEST(another_language_is_told),
        TEST(without_single_keys_words_are_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
