/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session: what a transcript cannot show (tests/sessions has the dialogues): the order of effects,
 * doubt, what may be heard where, saving that fails, speech that is paused.
 */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "dialogue/session/session.h"
#include "model/command.h"
#include "model/guide_load.h"
#include "model/keymap.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char guide_text[] =
    "format: 1\nid: g\ntitle: Guide\nupdated: 2024-01-01\nwelcome: Bienvenue.\nclosing: Bravo.\n"
    "paths:\n"
    "  - {id: a, title: Sur A, place: sur A, phrases: [chemin alpha]}\n"
    "  - {id: b, title: Sur B, place: sur B, phrases: [chemin bravo]}\n"
    "sections:\n"
    "  - id: un\n    title: Partie une\n    phrases: [partie une]\n"
    "    steps:\n"
    "      - {id: s1, say: Premier., simple: Un., more: Plus., check: true}\n"
    "      - {id: s2, say: Secret., simple: Deux., more: Plus., private: true}\n"
    "      - {id: s3, say: Troisième., simple: Trois., more: Plus.}\n"
    "  - id: deux\n    title: Partie deux\n    phrases: [partie deux]\n"
    "    steps:\n"
    "      - {id: t1, say: Dernier., simple: Fin., more: Plus.}\n"
    "glossary:\n  - {word: secret, say: Un secret est pour vous seul.}\n";

struct fixture {
    struct words words;
    struct guide *guide;
    struct pack *pack;
    struct learner_record record;
    struct settings settings;
    struct session *session;
    struct dialogue dialogue;
    const struct settings *chosen; /* those of the last EFFECT_SETTINGS */
    struct effects effects;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    words_open(&fixture->words);
    fixture->pack = words_load_pack(&fixture->words, "voices/fr");
    assert_int_equal(
        guide_parse(guide_text, strlen(guide_text), &fixture->words.diags, &fixture->guide), 0);
    learner_record_init(&fixture->record, "x");
    settings_init(&fixture->settings);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    session_free(fixture->session);
    effects_free(&fixture->effects);
    settings_free(&fixture->settings);
    learner_record_free(&fixture->record);
    pack_free(fixture->pack);
    guide_free(fixture->guide);
    words_close(&fixture->words);
    free(fixture);
    return 0;
}

static void send(struct fixture *fixture, struct event event)
{
    effects_free(&fixture->effects);
    event.today = (struct date){2026, 12, 1};
    event.at = 1796083200; /* 2026-12-01 */
    dialogue_handle(&fixture->dialogue, &event, &fixture->effects);
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == EFFECT_SETTINGS)
            fixture->chosen = fixture->effects.items[i].settings;
}

static void command(struct fixture *fixture, enum command id)
{
    send(fixture, (struct event){.kind = EVENT_COMMAND, .command = (int)id});
}

/* A session at the first step. */
static void begin(struct fixture *fixture, const char *step, bool speaks)
{
    struct session_config config = {
        .guide = fixture->guide,
        .pack = fixture->pack,
        .record = &fixture->record,
        .settings = &fixture->settings,
        .path = "a",
        .section = "un",
        .step = step,
        .speaks = speaks,
        .saves = true,
    };
    fixture->session = session_new(&config);
    fixture->dialogue = session_dialogue(fixture->session);
    send(fixture, (struct event){.kind = EVENT_START});
}

static int position_of(const struct fixture *fixture, enum effect_kind kind)
{
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == kind)
            return (int)i;
    return -1;
}

static bool says(const struct fixture *fixture, const char *text)
{
    for (size_t i = 0; i < fixture->effects.count; i++)
        if (fixture->effects.items[i].kind == EFFECT_SAY &&
            strstr(fixture->effects.items[i].utterance.text, text))
            return true;
    return false;
}

static bool can_hear(const struct fixture *fixture, const char *text)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&fixture->dialogue, CHANNEL_SPOKEN, &vocabulary);
    bool found = vocabulary_find(&vocabulary, text) != NULL;
    vocabulary_free(&vocabulary);
    return found;
}

static void a_mark_is_told_only_once_it_is_saved(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", false);
    command(fixture, COMMAND_DONE);
    assert_true(position_of(fixture, EFFECT_SAVE_MARK) >= 0);
    assert_int_equal(position_of(fixture, EFFECT_SAY), -1);
    assert_non_null(learner_record_mark(session_record(fixture->session), "g", "a", "un", "s1",
                                        (struct month){0, 0}));
    send(fixture, (struct event){.kind = EVENT_SAVED});
    assert_true(says(fixture, "C'est noté. Étape 2"));
}

static void a_mark_that_cannot_be_saved_is_taken_back(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", false);
    command(fixture, COMMAND_DONE);
    send(fixture, (struct event){.kind = EVENT_SAVE_FAILED, .text = "disque plein"});
    assert_true(says(fixture, "disque plein"));
    assert_false(says(fixture, "noté"));
    assert_null(learner_record_mark(session_record(fixture->session), "g", "a", "un", "s1",
                                    (struct month){0, 0}));
    command(fixture, COMMAND_NEXT);
    assert_true(says(fixture, "Étape 2"));
}

static void a_doubtful_command_is_asked_back(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", false);
    struct event quit = {.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT, .text = "quitter"};
    send(fixture, quit);
    assert_true(says(fixture, "Vous avez dit : « quitter » ?"));
    assert_int_equal(position_of(fixture, EFFECT_QUIT), -1);
    command(fixture, COMMAND_NO);
    assert_int_equal(position_of(fixture, EFFECT_QUIT), -1);
    send(fixture, quit);
    command(fixture, COMMAND_NEXT);
    assert_true(says(fixture, "Étape 2"));
    send(fixture, quit);
    send(fixture, quit);
    assert_true(position_of(fixture, EFFECT_QUIT) >= 0);
}

/* Nobody is asked whether they said yes. */
static void an_answer_in_doubt_is_an_answer(void **state)
{
    struct fixture *fixture = *state;
    struct event next = {.kind = EVENT_DOUBTFUL, .command = COMMAND_NEXT, .text = "suivant"};
    struct event quit = {.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT, .text = "quitter"};
    struct event yes = {.kind = EVENT_DOUBTFUL, .command = COMMAND_YES, .text = "oui"};
    struct event no = {.kind = EVENT_DOUBTFUL, .command = COMMAND_NO, .text = "non"};
    begin(fixture, "s1", false);
    send(fixture, next);
    send(fixture, no);
    assert_true(says(fixture, "D'accord, je n'ai rien fait."));
    send(fixture, next);
    send(fixture, yes);
    assert_true(says(fixture, "Étape 2"));
    /* What would lose something asks again. */
    send(fixture, quit);
    send(fixture, yes);
    assert_int_equal(position_of(fixture, EFFECT_QUIT), -1);
    assert_true(says(fixture, "Vous avez dit : « quitter » ?"));
    command(fixture, COMMAND_YES);
    assert_true(position_of(fixture, EFFECT_QUIT) >= 0);
}

static void a_doubt_gives_the_question_before_it_back(void **state)
{
    struct fixture *fixture = *state;
    learner_record_set_place(&fixture->record, "g", "a", "un", "s3", false, 1796083200);
    struct session_config config = {
        .guide = fixture->guide,
        .pack = fixture->pack,
        .record = &fixture->record,
        .settings = &fixture->settings,
    };
    fixture->session = session_new(&config);
    fixture->dialogue = session_dialogue(fixture->session);
    send(fixture, (struct event){.kind = EVENT_START});
    assert_true(says(fixture, "On reprend ?"));
    send(fixture,
         (struct event){.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT, .text = "quitter"});
    command(fixture, COMMAND_NO);
    command(fixture, COMMAND_YES);
    assert_true(says(fixture, "Étape 3 sur 3. Troisième."));
}

/* Says a phrase that is listened for now. */
static void say_phrase(struct fixture *fixture, const char *text)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&fixture->dialogue, CHANNEL_SPOKEN, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    assert_non_null(phrase);
    const int id = phrase->command, argument = phrase->argument;
    vocabulary_free(&vocabulary);
    send(fixture, (struct event){.kind = EVENT_COMMAND, .command = id, .argument = argument});
}

static void only_what_makes_sense_is_listened_for(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", false);
    assert_true(can_hear(fixture, "suivant"));
    assert_true(can_hear(fixture, "quitter"));
    assert_false(can_hear(fixture, "pas besoin"));
    assert_false(can_hear(fixture, "annuler"));
    assert_false(can_hear(fixture, "deux"));
    assert_false(can_hear(fixture, "encore"));
    command(fixture, COMMAND_CONTENTS);
    assert_true(can_hear(fixture, "partie deux"));
    assert_true(can_hear(fixture, "deux"));
    assert_false(can_hear(fixture, "expliquer"));
}

/* Else they would be taken for the nearest phrase of the few that are listened for. */
static void everyday_commands_are_listened_for_and_answered_everywhere(void **state)
{
    static const enum command states[] = {COMMAND_CONTENTS, COMMAND_QUIT,    COMMAND_RESTART,
                                          COMMAND_DONE,     COMMAND_LEARNER, COMMAND_LOG};
    struct fixture *fixture = *state;
    for (size_t s = 0; s < COUNT_OF(states); s++)
        for (int id = 0; id < COMMAND_COUNT; id++) {
            if (!(command_flags((enum command)id) & COMMAND_EVERYDAY))
                continue;
            begin(fixture, "s1", true);
            command(fixture, states[s]);
            if (position_of(fixture, EFFECT_SAVE_MARK) >= 0)
                send(fixture, (struct event){.kind = EVENT_SAVED});
            if (states[s] == COMMAND_DONE)
                command(fixture, COMMAND_PREVIOUS);
            assert_true(can_hear(fixture, pack_command_phrase(fixture->pack, (enum command)id)));
            command(fixture, (enum command)id);
            assert_true(fixture->effects.count > 1);
            session_free(fixture->session);
            fixture->session = NULL;
        }
}

/* At a step a name may be talk: nothing is lost without a yes. Where one chooses it is obeyed. */
static void a_name_said_at_a_step_is_asked_back(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", false);
    say_phrase(fixture, "partie deux");
    assert_true(says(fixture, "Voulez-vous aller à « Partie deux » ?"));
    command(fixture, COMMAND_NO);
    command(fixture, COMMAND_REREAD);
    assert_true(says(fixture, "Étape 1 sur 3. Premier."));
    say_phrase(fixture, "chemin alpha");
    assert_true(says(fixture, "Vous êtes déjà sur A."));
    say_phrase(fixture, "chemin bravo");
    command(fixture, COMMAND_YES);
    assert_true(says(fixture, "Voici le sommaire, sur B."));
    say_phrase(fixture, "chemin alpha");
    assert_true(says(fixture, "Voici le sommaire, sur A."));
}

static void a_silence_after_a_question_is_met_once(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", true);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0); /* nothing is asked */
    command(fixture, COMMAND_LOG);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), ASK_AGAIN_DEFAULT * 1000);
    send(fixture, (struct event){.kind = EVENT_PAUSE_OVER});
    assert_true(says(fixture, "J'attends votre réponse."));
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
    command(fixture, COMMAND_REPEAT);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), ASK_AGAIN_DEFAULT * 1000);
    session_set_settings(fixture->session, &fixture->settings, false);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0); /* what is written stays */
}

static void a_silence_is_not_met_where_that_is_switched_off(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.ask_again = 0;
    begin(fixture, "s1", true);
    command(fixture, COMMAND_LOG);
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
}

/* Who speaks is offered the keyboard and the check of the microphone; who types is not sent there.
 */
static void other_ways_are_offered_at_the_third_miss(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", true);
    for (int i = 0; i < 3; i++)
        send(fixture, (struct event){.kind = EVENT_NOT_UNDERSTOOD});
    assert_true(says(fixture, "clavier"));
    assert_true(says(fixture, "micro"));
    for (int i = 0; i < 3; i++)
        send(fixture, (struct event){.kind = EVENT_NOT_UNDERSTOOD, .text = "hein"});
    assert_false(says(fixture, "micro"));
    assert_true(says(fixture, "« aide »"));
}

/* Whether more certainty is asked of a phrase that is listened for now. */
static bool is_costly(const struct fixture *fixture, const char *text)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&fixture->dialogue, CHANNEL_SPOKEN, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    assert_non_null(phrase);
    const bool costly = phrase->costly;
    vocabulary_free(&vocabulary);
    return costly;
}

static void what_loses_something_needs_more_certainty(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", false);
    command(fixture, COMMAND_DONE);
    send(fixture, (struct event){.kind = EVENT_SAVED});
    command(fixture, COMMAND_PREVIOUS);
    static const char *const losing[] = {"quitter", "au revoir", "recommencer", "annuler"};
    static const char *const harmless[] = {"répéter", "suivant", "précédent", "aide", "stop"};
    for (size_t i = 0; i < COUNT_OF(losing); i++)
        assert_true(is_costly(fixture, losing[i]));
    for (size_t i = 0; i < COUNT_OF(harmless); i++)
        assert_false(is_costly(fixture, harmless[i]));
}

static void beside_a_secret_four_commands_are_listened_for(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s2", false);
    assert_true(dialogue_is_private(&fixture->dialogue));
    assert_true(can_hear(fixture, "suivant"));
    assert_true(can_hear(fixture, "répéter"));
    assert_true(can_hear(fixture, "aide"));
    assert_true(can_hear(fixture, "stop"));
    assert_false(can_hear(fixture, "quitter"));
    assert_false(can_hear(fixture, "c'est fait"));
    command(fixture, COMMAND_NEXT);
    assert_false(dialogue_is_private(&fixture->dialogue));
}

static void speech_is_paused_and_resumed(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", true);
    command(fixture, COMMAND_PAUSE);
    assert_true(position_of(fixture, EFFECT_PAUSE) >= 0);
    assert_int_equal(position_of(fixture, EFFECT_SAY), -1);
    command(fixture, COMMAND_RESUME);
    assert_true(position_of(fixture, EFFECT_RESUME) >= 0);
    assert_int_equal(position_of(fixture, EFFECT_SAY), -1);
    /* A second time there is nothing paused: the text is said again. */
    command(fixture, COMMAND_RESUME);
    assert_true(says(fixture, "Premier."));
}

static void new_speech_replaces_old_and_the_rest_follows(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s2", true);
    command(fixture, COMMAND_REPEAT);
    assert_int_equal(fixture->effects.items[0].utterance.rule, UTTERANCE_REPLACE);
    assert_int_equal(fixture->effects.items[1].utterance.rule, UTTERANCE_QUEUE);
    command(fixture, COMMAND_STOP);
    assert_int_equal(fixture->effects.items[0].kind, EFFECT_SILENCE);
    assert_false(says(fixture, "Secret."));
}

static void a_change_of_rate_is_heard_on_the_same_text(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", true);
    command(fixture, COMMAND_FASTER);
    assert_int_equal(fixture->chosen->rate, fixture->pack->rate + 20);
    assert_true(position_of(fixture, EFFECT_SETTINGS) < position_of(fixture, EFFECT_SAY));
    assert_true(says(fixture, "Premier."));
}

static void every_command_everywhere_is_harmless(void **state)
{
    struct fixture *fixture = *state;
    /* A walk that visits every place with every command and every answer to its questions. */
    for (int first = 0; first < COMMAND_COUNT; first++) {
        for (int second = 0; second < COMMAND_COUNT; second++) {
            begin(fixture, first % 2 ? "s1" : "s3", second % 2);
            command(fixture, COMMAND_CONTENTS);
            send(fixture, (struct event){.kind = EVENT_COMMAND,
                                         .command = COMMAND_CHOOSE,
                                         .argument = first * 100});
            for (int round = 0; round < 3; round++) {
                command(fixture, (enum command)first);
                if (position_of(fixture, EFFECT_SAVE_MARK) >= 0)
                    send(fixture,
                         (struct event){.kind = round % 2 ? EVENT_SAVED : EVENT_SAVE_FAILED});
                command(fixture, (enum command)second);
                if (position_of(fixture, EFFECT_SAVE_MARK) >= 0)
                    send(fixture, (struct event){.kind = EVENT_SAVED});
                send(fixture, (struct event){.kind = EVENT_NOT_UNDERSTOOD});
                assert_true(says(fixture, "Je n'ai"));
            }
            session_free(fixture->session);
            fixture->session = NULL;
        }
    }
}

static void one_switch_is_not_hurried(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.scan = SCAN_ONE;
    begin(fixture, "s1", false);
    send(fixture, (struct event){.kind = EVENT_PAUSE_OVER});
    assert_int_equal(position_of(fixture, EFFECT_SAY), -1); /* it rests until it is pressed */
    command(fixture, COMMAND_SCAN_TAKE);
    assert_true(dialogue_pause_ms(&fixture->dialogue) > 0);
    assert_true(says(fixture, "suivant ?"));
    int told = 0, rounds = 0;
    while (dialogue_pause_ms(&fixture->dialogue) && told++ < 100) {
        send(fixture, (struct event){.kind = EVENT_PAUSE_OVER});
        rounds += says(fixture, "suivant ?");
    }
    assert_int_equal(rounds, 2);
    assert_true(told > 4 && told < 100);
    command(fixture, COMMAND_SCAN_TAKE);
    assert_true(says(fixture, "suivant ?"));
    command(fixture, COMMAND_SCAN_TAKE);
    assert_true(says(fixture, "Étape 2"));
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
}

/* One press to begin, pauses until the choice is told, one press to take it; other pages on the
 * way.
 */
static void take_by_one_switch(struct fixture *fixture, const char *choice)
{
    char *told = xasprintf("%s ?", choice);
    command(fixture, COMMAND_SCAN_TAKE);
    for (int pages = 0; pages < 20 && !says(fixture, told); pages++) {
        while (!says(fixture, told) && !says(fixture, "Autres choix ?"))
            send(fixture, (struct event){.kind = EVENT_PAUSE_OVER});
        if (!says(fixture, told))
            command(fixture, COMMAND_SCAN_TAKE);
    }
    assert_true(says(fixture, told));
    command(fixture, COMMAND_SCAN_TAKE);
    if (position_of(fixture, EFFECT_SAVE_MARK) >= 0)
        send(fixture, (struct event){.kind = EVENT_SAVED});
    free(told);
}

static void one_switch_goes_through_a_whole_guide(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.scan = SCAN_ONE;
    begin(fixture, NULL, false);
    take_by_one_switch(fixture, "sommaire");
    take_by_one_switch(fixture, "Partie une");
    take_by_one_switch(fixture, "c'est fait");
    assert_true(says(fixture, "Étape 2"));
    take_by_one_switch(fixture, "suivant");
    take_by_one_switch(fixture, "c'est fait");
    assert_true(says(fixture, "Fin de la partie"));
    take_by_one_switch(fixture, "suivant");
    assert_true(says(fixture, "Dernier."));
    take_by_one_switch(fixture, "c'est fait");
    take_by_one_switch(fixture, "quitter");
    assert_true(position_of(fixture, EFFECT_QUIT) >= 0);
}

static void another_command_ends_the_scanning(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", false);
    command(fixture, COMMAND_SCAN_NEXT);
    command(fixture, COMMAND_SCAN_NEXT);
    assert_false(says(fixture, "suivant ?"));
    command(fixture, COMMAND_WHERE);
    command(fixture, COMMAND_SCAN_TAKE);
    assert_true(says(fixture, "suivant ?"));
}

static void beside_a_secret_few_choices_are_scanned(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s2", false);
    bool seen = false;
    for (int i = 0; i < 20; i++) {
        command(fixture, COMMAND_SCAN_NEXT);
        seen |= says(fixture, "quitter") || says(fixture, "épeler");
    }
    assert_false(seen);
}

static const struct utterance *first_said(const struct fixture *fixture)
{
    int at = position_of(fixture, EFFECT_SAY);
    assert_true(at >= 0);
    return &fixture->effects.items[at].utterance;
}

static void another_voice_is_heard_on_the_same_text(void **state)
{
    struct fixture *fixture = *state;
    size_t count = fixture->pack->variant_count;
    assert_true(count > 0);
    begin(fixture, "s1", true);
    for (size_t i = 0; i < count; i++) {
        command(fixture, COMMAND_VARIANT);
        /* First the voice, then the words in it. */
        assert_true(position_of(fixture, EFFECT_SETTINGS) < position_of(fixture, EFFECT_SAY));
        assert_true(position_of(fixture, EFFECT_SETTINGS) >= 0);
        assert_true(says(fixture, "Premier."));
        assert_string_equal(fixture->chosen->voice_variant, fixture->pack->variants[i]);
    }
    command(fixture, COMMAND_VARIANT);
    assert_null(fixture->chosen->voice_variant);
    assert_true(says(fixture, "Voix 1 sur"));
}

static void with_speech_dispatcher_the_voice_is_its_own(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.speech = SPEECH_SPEECHD;
    begin(fixture, "s1", true);
    command(fixture, COMMAND_VARIANT);
    assert_int_equal(position_of(fixture, EFFECT_SETTINGS), -1);
}

/* "aide suivant", for each command: all its other phrases are told. */
static void every_command_has_its_other_phrases_told(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", false);
    for (int id = 0; id < COMMAND_COUNT; id++) {
        const struct pack_command *words = &fixture->pack->commands[id];
        send(fixture,
             (struct event){.kind = EVENT_COMMAND, .command = COMMAND_HELP, .argument = id + 1});
        for (size_t i = 0; i < words->phrase_count; i++)
            assert_true(says(fixture, words->phrases[i]));
    }
}

static void it_is_repeated_slowly_once(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", true);
    command(fixture, COMMAND_REPEAT_SLOWER);
    assert_true(first_said(fixture)->slowly);
    command(fixture, COMMAND_REPEAT);
    assert_false(first_said(fixture)->slowly);
}

static void what_is_only_typed_is_not_listened_for(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, "s1", true);
    assert_true(can_hear(fixture, "dernière phrase"));
    assert_false(can_hear(fixture, "toute la ponctuation"));
    assert_false(can_hear(fixture, "prendre ce choix"));
}

/* The key that is named is the one that acts. */
static void own_keys_are_named_and_obeyed(void **state)
{
    struct fixture *fixture = *state;
    struct settings_keys own = {
        .of = {[COMMAND_DONE] = (char[]){"s"}, [COMMAND_QUIT] = (char[]){""}}};
    fixture->settings.keys = &own;
    begin(fixture, "s1", false);
    command(fixture, COMMAND_HELP);
    assert_true(says(fixture, "« suivant » :")); /* its key was given away */
    assert_int_equal(keymap_command(fixture->pack, &own, "S"), COMMAND_DONE);
    assert_int_equal(keymap_command(fixture->pack, &own, "f"), COMMAND_NONE);
    assert_int_equal(keymap_command(fixture->pack, &own, "q"), COMMAND_NONE);
    assert_int_equal(keymap_command(fixture->pack, &own, "right"), COMMAND_NEXT);
    assert_int_equal(keymap_command(fixture->pack, NULL, "q"), COMMAND_QUIT);
    fixture->settings.keys = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_mark_is_told_only_once_it_is_saved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mark_that_cannot_be_saved_is_taken_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_doubtful_command_is_asked_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_in_doubt_is_an_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_doubt_gives_the_question_before_it_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(only_what_makes_sense_is_listened_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(everyday_commands_are_listened_for_and_answered_everywhere,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_said_at_a_step_is_asked_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_silence_after_a_question_is_met_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_silence_is_not_met_where_that_is_switched_off, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(other_ways_are_offered_at_the_third_miss, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_loses_something_needs_more_certainty, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(beside_a_secret_four_commands_are_listened_for, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(speech_is_paused_and_resumed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_speech_replaces_old_and_the_rest_follows, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_change_of_rate_is_heard_on_the_same_text, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_switch_is_not_hurried, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_switch_goes_through_a_whole_guide, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_command_ends_the_scanning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(beside_a_secret_few_choices_are_scanned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_voice_is_heard_on_the_same_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(with_speech_dispatcher_the_voice_is_its_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_command_has_its_other_phrases_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(it_is_repeated_slowly_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_only_typed_is_not_listened_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(own_keys_are_named_and_obeyed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_command_everywhere_is_harmless, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
