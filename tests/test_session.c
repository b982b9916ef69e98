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
#include "support/visit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_mark_is_told_only_once_it_is_saved(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    visit_command(fixture, COMMAND_DONE);
    assert_true(visit_position(fixture, EFFECT_SAVE_MARK) >= 0);
    assert_int_equal(visit_position(fixture, EFFECT_SAY), -1);
    assert_non_null(learner_record_mark(session_record(fixture->session), "g", "a", "un", "s1",
                                        (struct month){0, 0}));
    visit_send(fixture, (struct event){.kind = EVENT_SAVED});
    assert_true(visit_says(fixture, "C'est noté. Étape 2"));
}

static void a_mark_that_cannot_be_saved_is_taken_back(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    visit_command(fixture, COMMAND_DONE);
    visit_send(fixture, (struct event){.kind = EVENT_SAVE_FAILED, .text = "disque plein"});
    assert_true(visit_says(fixture, "disque plein"));
    assert_false(visit_says(fixture, "noté"));
    assert_null(learner_record_mark(session_record(fixture->session), "g", "a", "un", "s1",
                                    (struct month){0, 0}));
    visit_command(fixture, COMMAND_NEXT);
    assert_true(visit_says(fixture, "Étape 2"));
}

static void a_doubtful_command_is_asked_back(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    struct event quit = {.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT, .text = "quitter"};
    visit_send(fixture, quit);
    assert_true(visit_says(fixture, "Vous avez dit : « quitter » ?"));
    assert_int_equal(visit_position(fixture, EFFECT_QUIT), -1);
    visit_command(fixture, COMMAND_NO);
    assert_int_equal(visit_position(fixture, EFFECT_QUIT), -1);
    visit_send(fixture, quit);
    visit_command(fixture, COMMAND_NEXT);
    assert_true(visit_says(fixture, "Étape 2"));
    visit_send(fixture, quit);
    visit_send(fixture, quit);
    assert_true(visit_position(fixture, EFFECT_QUIT) >= 0);
}

/* Nobody is asked whether they said yes. */
static void an_answer_in_doubt_is_an_answer(void **state)
{
    struct visit *fixture = *state;
    struct event next = {.kind = EVENT_DOUBTFUL, .command = COMMAND_NEXT, .text = "suivant"};
    struct event quit = {.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT, .text = "quitter"};
    struct event yes = {.kind = EVENT_DOUBTFUL, .command = COMMAND_YES, .text = "oui"};
    struct event no = {.kind = EVENT_DOUBTFUL, .command = COMMAND_NO, .text = "non"};
    visit_begin(fixture, "s1", false);
    visit_send(fixture, next);
    visit_send(fixture, no);
    assert_true(visit_says(fixture, "D'accord, je n'ai rien fait."));
    visit_send(fixture, next);
    visit_send(fixture, yes);
    assert_true(visit_says(fixture, "Étape 2"));
    /* What would lose something asks again. */
    visit_send(fixture, quit);
    visit_send(fixture, yes);
    assert_int_equal(visit_position(fixture, EFFECT_QUIT), -1);
    assert_true(visit_says(fixture, "Vous avez dit : « quitter » ?"));
    visit_command(fixture, COMMAND_YES);
    assert_true(visit_position(fixture, EFFECT_QUIT) >= 0);
}

/* Who was at a step (NULL: the end of the section) then starts a session. */
static void come_back(struct visit *fixture, const char *step, int64_t then)
{
    learner_record_set_place(&fixture->record, "g", "a", "un", step, false, then);
    const struct session_config config = {
        .guide = fixture->guide,
        .pack = fixture->pack,
        .record = &fixture->record,
        .settings = &fixture->settings,
    };
    fixture->session = session_new(&config);
    fixture->dialogue = session_dialogue(fixture->session);
    visit_send(fixture, (struct event){.kind = EVENT_START});
}

static void a_doubt_gives_the_question_before_it_back(void **state)
{
    struct visit *fixture = *state;
    come_back(fixture, "s3", 1796083200);
    assert_true(visit_says(fixture, "On reprend ?"));
    visit_send(fixture,
               (struct event){.kind = EVENT_DOUBTFUL, .command = COMMAND_QUIT, .text = "quitter"});
    visit_command(fixture, COMMAND_NO);
    visit_command(fixture, COMMAND_YES);
    assert_true(visit_says(fixture, "Étape 3 sur 3. Troisième."));
}

/* Of several guides the one where the learner was last is offered: to resume is to be there. */
static void a_place_that_is_resumed_is_the_last_one(void **state)
{
    struct visit *fixture = *state;
    come_back(fixture, NULL, 1796083100);
    assert_int_equal(learner_record_latest_place(session_record(fixture->session))->at, 1796083100);
    visit_command(fixture, COMMAND_YES);
    assert_int_equal(learner_record_latest_place(session_record(fixture->session))->at, 1796083200);
    assert_true(visit_position(fixture, EFFECT_SAVE_PLACE) >= 0);
}

static void only_what_makes_sense_is_listened_for(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    assert_true(visit_hears(fixture, "suivant"));
    assert_true(visit_hears(fixture, "quitter"));
    assert_false(visit_hears(fixture, "pas besoin"));
    assert_false(visit_hears(fixture, "annuler"));
    assert_false(visit_hears(fixture, "deux"));
    assert_false(visit_hears(fixture, "encore"));
    visit_command(fixture, COMMAND_CONTENTS);
    assert_true(visit_hears(fixture, "partie deux"));
    assert_true(visit_hears(fixture, "deux"));
    assert_false(visit_hears(fixture, "expliquer"));
}

/* Whether more certainty is asked of a phrase that is listened for now. */
static bool is_costly(const struct visit *fixture, const char *text)
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
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    visit_command(fixture, COMMAND_DONE);
    visit_send(fixture, (struct event){.kind = EVENT_SAVED});
    visit_command(fixture, COMMAND_PREVIOUS);
    static const char *const losing[] = {"quitter", "au revoir", "recommencer", "annuler"};
    static const char *const harmless[] = {"répéter", "suivant", "précédent", "aide", "stop"};
    for (size_t i = 0; i < COUNT_OF(losing); i++)
        assert_true(is_costly(fixture, losing[i]));
    for (size_t i = 0; i < COUNT_OF(harmless); i++)
        assert_false(is_costly(fixture, harmless[i]));
}

static void the_page_is_listened_for_with_consent_alone(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    assert_false(visit_hears(fixture, "où suis-je sur la page"));
    assert_false(visit_hears(fixture, "aide-moi à y aller"));
    visit_command(fixture, COMMAND_PAGE_WHERE);
    assert_true(visit_says(fixture, "Voulez-vous que je regarde"));
    visit_command(fixture, COMMAND_YES);
    assert_true(visit_hears(fixture, "où suis-je sur la page"));
    assert_true(visit_hears(fixture, "aide-moi à y aller"));
    visit_command(fixture, COMMAND_NEXT); /* a secret */
    assert_false(visit_hears(fixture, "où suis-je sur la page"));
    visit_command(fixture, COMMAND_CONTENTS);
    assert_false(visit_hears(fixture, "où suis-je sur la page"));
}

static bool acts_beside_a_secret(const struct visit *fixture, const char *text)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&fixture->dialogue, CHANNEL_PRIVATE, &vocabulary);
    const bool found = vocabulary_find(&vocabulary, text) != NULL;
    vocabulary_free(&vocabulary);
    return found;
}

static void beside_a_secret_a_few_words_act(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s2", false);
    assert_true(dialogue_is_private(&fixture->dialogue));
    static const char *const few[] = {"suivant",    "répéter",    "précédent",        "stop",
                                      "c'est fait", "où suis-je", "que puis-je dire", "aide",
                                      "expliquer",  "quitter"};
    static const char *const others[] = {
        "oui", "non", "sommaire", "plus fort", "annuler", "apprendre ma voix", "1", "aide suivant"};
    for (size_t i = 0; i < COUNT_OF(few); i++)
        assert_true(visit_hears(fixture, few[i]) && acts_beside_a_secret(fixture, few[i]));
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_false(visit_hears(fixture, others[i]) || acts_beside_a_secret(fixture, others[i]));
    /* What is asked there can be answered. */
    visit_send(
        fixture,
        (struct event){.kind = EVENT_DOUBTFUL, .command = COMMAND_PREVIOUS, .text = "précédent"});
    assert_true(dialogue_is_private(&fixture->dialogue));
    assert_true(visit_hears(fixture, "oui") && acts_beside_a_secret(fixture, "oui"));
    visit_command(fixture, COMMAND_NO);
    visit_send(fixture, (struct event){.kind = EVENT_SECRET});
    assert_true(visit_says(fixture, "pas ici"));
    visit_command(fixture, COMMAND_NEXT);
    assert_false(dialogue_is_private(&fixture->dialogue));
}

static void speech_is_paused_and_resumed(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    visit_command(fixture, COMMAND_PAUSE);
    assert_true(visit_position(fixture, EFFECT_PAUSE) >= 0);
    assert_int_equal(visit_position(fixture, EFFECT_SAY), -1);
    visit_command(fixture, COMMAND_RESUME);
    assert_true(visit_position(fixture, EFFECT_RESUME) >= 0);
    assert_int_equal(visit_position(fixture, EFFECT_SAY), -1);
    /* A second time there is nothing paused: the text is said again. */
    visit_command(fixture, COMMAND_RESUME);
    assert_true(visit_says(fixture, "Premier."));
}

static void new_speech_replaces_old_and_the_rest_follows(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s2", true);
    visit_command(fixture, COMMAND_REPEAT);
    assert_int_equal(fixture->effects.items[0].utterance.rule, UTTERANCE_REPLACE);
    assert_int_equal(fixture->effects.items[1].utterance.rule, UTTERANCE_QUEUE);
    visit_command(fixture, COMMAND_STOP);
    assert_int_equal(fixture->effects.items[0].kind, EFFECT_SILENCE);
    assert_false(visit_says(fixture, "Secret."));
}

static void a_change_of_rate_is_heard_on_the_same_text(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    visit_command(fixture, COMMAND_FASTER);
    assert_int_equal(fixture->chosen->rate, fixture->pack->rate + 20);
    assert_true(visit_position(fixture, EFFECT_SETTINGS) < visit_position(fixture, EFFECT_SAY));
    assert_true(visit_says(fixture, "Premier."));
}

static void every_command_everywhere_is_harmless(void **state)
{
    struct visit *fixture = *state;
    /* A walk that visits every place with every command and every answer to its questions. */
    for (int first = 0; first < COMMAND_COUNT; first++) {
        for (int second = 0; second < COMMAND_COUNT; second++) {
            visit_begin(fixture, first % 2 ? "s1" : "s3", second % 2);
            visit_command(fixture, COMMAND_CONTENTS);
            visit_send(fixture, (struct event){.kind = EVENT_COMMAND,
                                               .command = COMMAND_CHOOSE,
                                               .argument = first * 100});
            for (int round = 0; round < 3; round++) {
                visit_command(fixture, (enum command)first);
                if (visit_position(fixture, EFFECT_SAVE_MARK) >= 0)
                    visit_send(fixture,
                               (struct event){.kind = round % 2 ? EVENT_SAVED : EVENT_SAVE_FAILED});
                visit_command(fixture, (enum command)second);
                if (visit_position(fixture, EFFECT_SAVE_MARK) >= 0)
                    visit_send(fixture, (struct event){.kind = EVENT_SAVED});
                visit_send(fixture, (struct event){.kind = EVENT_NOT_UNDERSTOOD});
                assert_true(visit_says(fixture, "Je n'ai"));
            }
            session_free(fixture->session);
            fixture->session = NULL;
        }
    }
}

static void one_switch_is_not_hurried(void **state)
{
    struct visit *fixture = *state;
    fixture->settings.scan = SCAN_ONE;
    visit_begin(fixture, "s1", false);
    visit_send(fixture, (struct event){.kind = EVENT_PAUSE_OVER});
    assert_int_equal(visit_position(fixture, EFFECT_SAY), -1); /* it rests until it is pressed */
    visit_command(fixture, COMMAND_SCAN_TAKE);
    assert_true(dialogue_pause_ms(&fixture->dialogue) > 0);
    assert_true(visit_says(fixture, "suivant ?"));
    int told = 0, rounds = 0;
    while (dialogue_pause_ms(&fixture->dialogue) && told++ < 100) {
        visit_send(fixture, (struct event){.kind = EVENT_PAUSE_OVER});
        rounds += visit_says(fixture, "suivant ?");
    }
    assert_int_equal(rounds, 2);
    assert_true(told > 4 && told < 100);
    visit_command(fixture, COMMAND_SCAN_TAKE);
    assert_true(visit_says(fixture, "suivant ?"));
    visit_command(fixture, COMMAND_SCAN_TAKE);
    assert_true(visit_says(fixture, "Étape 2"));
    assert_int_equal(dialogue_pause_ms(&fixture->dialogue), 0);
}

/* One press to begin, pauses until the choice is told, one press to take it; other pages on the
 * way.
 */
static void take_by_one_switch(struct visit *fixture, const char *choice)
{
    char *told = xasprintf("%s ?", choice);
    visit_command(fixture, COMMAND_SCAN_TAKE);
    for (int pages = 0; pages < 20 && !visit_says(fixture, told); pages++) {
        while (!visit_says(fixture, told) && !visit_says(fixture, "Autres choix ?"))
            visit_send(fixture, (struct event){.kind = EVENT_PAUSE_OVER});
        if (!visit_says(fixture, told))
            visit_command(fixture, COMMAND_SCAN_TAKE);
    }
    assert_true(visit_says(fixture, told));
    visit_command(fixture, COMMAND_SCAN_TAKE);
    if (visit_position(fixture, EFFECT_SAVE_MARK) >= 0)
        visit_send(fixture, (struct event){.kind = EVENT_SAVED});
    free(told);
}

static void one_switch_goes_through_a_whole_guide(void **state)
{
    struct visit *fixture = *state;
    fixture->settings.scan = SCAN_ONE;
    visit_begin(fixture, NULL, false);
    take_by_one_switch(fixture, "sommaire");
    take_by_one_switch(fixture, "Partie une");
    take_by_one_switch(fixture, "c'est fait");
    assert_true(visit_says(fixture, "Étape 2"));
    take_by_one_switch(fixture, "suivant");
    take_by_one_switch(fixture, "c'est fait");
    assert_true(visit_says(fixture, "Fin de la partie"));
    take_by_one_switch(fixture, "suivant");
    assert_true(visit_says(fixture, "Dernier."));
    take_by_one_switch(fixture, "c'est fait");
    take_by_one_switch(fixture, "quitter");
    assert_true(visit_position(fixture, EFFECT_QUIT) >= 0);
}

/* The first part of all is as good as any other. */
static void the_month_may_be_the_first_part(void **state)
{
    struct visit *fixture = *state;
    static const char text[] =
        "format: 1\nid: m\ntitle: Mois\nupdated: 2024-01-01\nwelcome: W.\nclosing: C.\n"
        "paths:\n  - {id: a, title: Sur A, place: sur A, phrases: [chemin alpha]}\n"
        "sections:\n"
        "  - id: un\n    title: Partie une\n    phrases: [partie une]\n"
        "    period: {every: month, opens: 28, closes: 15}\n"
        "    steps: [{id: s1, say: Premier., simple: Un., more: Plus., check: true}]\n";
    guide_free(fixture->guide);
    assert_int_equal(guide_parse(text, strlen(text), &fixture->words.diags, &fixture->guide), 0);
    const struct session_config config = {
        .guide = fixture->guide,
        .pack = fixture->pack,
        .record = &fixture->record,
        .settings = &fixture->settings,
        .saves = true,
    };
    fixture->session = session_new(&config);
    fixture->dialogue = session_dialogue(fixture->session);
    visit_send(fixture, (struct event){.kind = EVENT_START});
    assert_true(visit_says(fixture, "On y va ?"));
    visit_send(fixture, (struct event){.kind = EVENT_COMMAND, .command = COMMAND_YES});
    assert_true(visit_says(fixture, "Premier."));
}

static void what_was_cleared_is_not_undone(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    visit_command(fixture, COMMAND_DONE);
    visit_send(fixture, (struct event){.kind = EVENT_SAVED});
    visit_command(fixture, COMMAND_RESTART);
    visit_send(fixture, (struct event){.kind = EVENT_COMMAND, .command = COMMAND_YES});
    visit_send(fixture, (struct event){.kind = EVENT_SAVED});
    assert_true(visit_says(fixture, "Les étapes sont effacées"));
    visit_command(fixture, COMMAND_UNDO);
    assert_true(visit_says(fixture, "rien à annuler"));
}

#define CHOICES_PER_PAGE 6

/* Goes on to the next page. */
static void take_other_choices(struct visit *fixture)
{
    while (!visit_says(fixture, "Autres choix ?"))
        visit_command(fixture, COMMAND_SCAN_NEXT);
    visit_command(fixture, COMMAND_SCAN_TAKE);
}

static void begin_scanning(struct visit *fixture, bool speaks)
{
    session_free(fixture->session);
    fixture->session = NULL;
    visit_begin(fixture, "s1", speaks);
    visit_command(fixture, COMMAND_SCAN_NEXT);
}

/* Of all pages, without those that lead to the next one. */
static int count_choices(struct visit *fixture, bool speaks)
{
    int count = 0;
    begin_scanning(fixture, speaks);
    do {
        for (; !visit_says(fixture, "Autres choix ?"); count++)
            visit_command(fixture, COMMAND_SCAN_NEXT);
        visit_command(fixture, COMMAND_SCAN_TAKE);
    } while (!visit_says(fixture, "suivant ?"));
    return count;
}

/* What can be done has changed since a choice was told: the last one of the page is taken then. */
static void a_choice_that_is_gone_is_not_taken(void **state)
{
    struct visit *fixture = *state;
    const int spoken = count_choices(fixture, true), silent = count_choices(fixture, false);
    const int page = silent / CHOICES_PER_PAGE, left = silent % CHOICES_PER_PAGE;
    assert_true(spoken > silent && left > 0);
    for (int at = left; at <= CHOICES_PER_PAGE && page * CHOICES_PER_PAGE + at <= spoken; at++) {
        begin_scanning(fixture, true);
        for (int i = 0; i < page; i++)
            take_other_choices(fixture);
        for (int i = 0; i < at; i++)
            visit_command(fixture, COMMAND_SCAN_NEXT);
        session_set_settings(fixture->session, &fixture->settings, false);
        visit_command(fixture, COMMAND_SCAN_TAKE);
        if (!visit_says(fixture, "suivant ?"))
            fail_msg("choice %d of %d", at, left);
    }
}

static void another_command_ends_the_scanning(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    visit_command(fixture, COMMAND_SCAN_NEXT);
    visit_command(fixture, COMMAND_SCAN_NEXT);
    assert_false(visit_says(fixture, "suivant ?"));
    visit_command(fixture, COMMAND_WHERE);
    visit_command(fixture, COMMAND_SCAN_TAKE);
    assert_true(visit_says(fixture, "suivant ?"));
}

static void beside_a_secret_few_choices_are_scanned(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s2", false);
    bool seen = false;
    for (int i = 0; i < 20; i++) {
        visit_command(fixture, COMMAND_SCAN_NEXT);
        seen |= visit_says(fixture, "sommaire") || visit_says(fixture, "épeler");
    }
    assert_false(seen);
}

static const struct utterance *first_said(const struct visit *fixture)
{
    int at = visit_position(fixture, EFFECT_SAY);
    assert_true(at >= 0);
    return &fixture->effects.items[at].utterance;
}

static void another_voice_is_heard_on_the_same_text(void **state)
{
    struct visit *fixture = *state;
    size_t count = fixture->pack->variant_count;
    assert_true(count > 0);
    visit_begin(fixture, "s1", true);
    for (size_t i = 0; i < count; i++) {
        visit_command(fixture, COMMAND_VARIANT);
        /* First the voice, then the words in it. */
        assert_true(visit_position(fixture, EFFECT_SETTINGS) < visit_position(fixture, EFFECT_SAY));
        assert_true(visit_position(fixture, EFFECT_SETTINGS) >= 0);
        assert_true(visit_says(fixture, "Premier."));
        assert_string_equal(fixture->chosen->voice_variant, fixture->pack->variants[i]);
    }
    visit_command(fixture, COMMAND_VARIANT);
    assert_null(fixture->chosen->voice_variant);
    assert_true(visit_says(fixture, "Je suis la voix 1 sur"));
}

/* A trial is one, however many voices: a no goes back to where it began. */
static void a_voice_is_tried_and_kept_or_not(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    visit_command(fixture, COMMAND_VARIANT);
    visit_command(fixture, COMMAND_YES);
    assert_true(visit_says(fixture, "Cette voix est gardée."));
    assert_int_equal(visit_position(fixture, EFFECT_SETTINGS), -1);
    visit_command(fixture, COMMAND_VARIANT);
    visit_command(fixture, COMMAND_VARIANT);
    visit_command(fixture, COMMAND_NO);
    assert_true(visit_says(fixture, "Je reprends la voix d'avant."));
    assert_string_equal(fixture->chosen->voice_variant, fixture->pack->variants[0]);
    /* Who goes on keeps it; the next trial begins with it. */
    visit_command(fixture, COMMAND_VARIANT);
    visit_command(fixture, COMMAND_NEXT);
    assert_true(visit_says(fixture, "Étape 2"));
    visit_command(fixture, COMMAND_PREVIOUS);
    visit_command(fixture, COMMAND_VARIANT);
    visit_command(fixture, COMMAND_NO);
    assert_string_equal(fixture->chosen->voice_variant, fixture->pack->variants[1]);
}

/* The question that was open before is asked again. */
static void a_voice_is_tried_beside_a_question(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    visit_command(fixture, COMMAND_REMINDERS);
    assert_true(visit_says(fixture, "?"));
    visit_command(fixture, COMMAND_VARIANT);
    visit_command(fixture, COMMAND_VARIANT);
    visit_command(fixture, COMMAND_YES);
    assert_true(visit_says(fixture, "Cette voix est gardée."));
    assert_true(visit_says(fixture, "?"));
}

/* In writing it changes, and nothing is asked. */
static void without_a_voice_nothing_is_asked(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    visit_command(fixture, COMMAND_VARIANT);
    assert_true(visit_says(fixture, "Voix 2 sur"));
    assert_false(visit_says(fixture, "?"));
}

static void with_speech_dispatcher_the_voices_are_its_own(void **state)
{
    static char *names[] = {"siwis", "pierre"};
    struct visit *fixture = *state;
    fixture->settings.speech = SPEECH_SPEECHD;
    fixture->settings.voice_variant = xstrdup("f3");
    fixture->voices = (struct voice_names){names, COUNT_OF(names)};
    visit_begin(fixture, "s1", true);
    visit_command(fixture, COMMAND_VARIANT);
    assert_string_equal(fixture->chosen->speechd_voice, "siwis");
    assert_true(visit_says(fixture, "Je suis la voix 2 sur 3."));
    visit_command(fixture, COMMAND_YES);
    visit_command(fixture, COMMAND_VARIANT);
    assert_string_equal(fixture->chosen->speechd_voice, "pierre");
    visit_command(fixture, COMMAND_VARIANT);
    assert_null(fixture->chosen->speechd_voice);
    visit_command(fixture, COMMAND_NO);
    assert_string_equal(fixture->chosen->speechd_voice, "siwis");
    assert_string_equal(fixture->chosen->voice_variant, "f3");
}

/* Another way of speaking in the middle of a trial: its voice is none that the first way could take
 * back. */
static void a_trial_is_of_one_way_of_speaking(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    visit_command(fixture, COMMAND_VARIANT);
    assert_string_equal(fixture->chosen->voice_variant, fixture->pack->variants[0]);
    struct settings other;
    settings_copy(&other, fixture->chosen);
    other.speech = SPEECH_SPEECHD;
    session_set_settings(fixture->session, &other, true);
    settings_free(&other);
    visit_command(fixture, COMMAND_NO);
    assert_null(fixture->chosen->voice_variant);
    assert_null(fixture->chosen->speechd_voice);
}

static void where_there_is_no_other_voice_it_is_told(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    fixture->voices.count = 0;
    visit_command(fixture, COMMAND_VARIANT);
    assert_int_equal(visit_position(fixture, EFFECT_SETTINGS), -1);
    assert_true(visit_says(fixture, "Il n'y a pas d'autre voix ici."));
}

/* "aide suivant", for each command: all its other phrases are told. */
static void every_command_has_its_other_phrases_told(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", false);
    for (int id = 0; id < COMMAND_COUNT; id++) {
        const struct pack_command *words = &fixture->pack->commands[id];
        visit_send(
            fixture,
            (struct event){.kind = EVENT_COMMAND, .command = COMMAND_HELP, .argument = id + 1});
        for (size_t i = 0; i < words->phrase_count; i++)
            assert_true(visit_says(fixture, words->phrases[i]));
    }
}

static void it_is_repeated_slowly_once(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    visit_command(fixture, COMMAND_REPEAT_SLOWER);
    assert_true(first_said(fixture)->slowly);
    visit_command(fixture, COMMAND_REPEAT);
    assert_false(first_said(fixture)->slowly);
}

static void what_is_only_typed_is_not_listened_for(void **state)
{
    struct visit *fixture = *state;
    visit_begin(fixture, "s1", true);
    assert_true(visit_hears(fixture, "dernière phrase"));
    assert_false(visit_hears(fixture, "toute la ponctuation"));
    assert_false(visit_hears(fixture, "prendre ce choix"));
}

/* The key that is named is the one that acts. */
static void own_keys_are_named_and_obeyed(void **state)
{
    struct visit *fixture = *state;
    struct settings_keys own = {
        .of = {[COMMAND_DONE] = (char[]){"s"}, [COMMAND_QUIT] = (char[]){""}}};
    fixture->settings.keys = &own;
    visit_begin(fixture, "s1", false);
    visit_command(fixture, COMMAND_HELP);
    assert_true(visit_says(fixture, "« suivant » :")); /* its key was given away */
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
        cmocka_unit_test_setup_teardown(a_mark_is_told_only_once_it_is_saved, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_mark_that_cannot_be_saved_is_taken_back, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_doubtful_command_is_asked_back, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(an_answer_in_doubt_is_an_answer, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_doubt_gives_the_question_before_it_back, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_place_that_is_resumed_is_the_last_one, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(only_what_makes_sense_is_listened_for, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(what_loses_something_needs_more_certainty, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(the_page_is_listened_for_with_consent_alone, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(beside_a_secret_a_few_words_act, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(speech_is_paused_and_resumed, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(new_speech_replaces_old_and_the_rest_follows, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_change_of_rate_is_heard_on_the_same_text, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(one_switch_is_not_hurried, visit_set_up, visit_tear_down),
        cmocka_unit_test_setup_teardown(one_switch_goes_through_a_whole_guide, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(the_month_may_be_the_first_part, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(what_was_cleared_is_not_undone, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_choice_that_is_gone_is_not_taken, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(another_command_ends_the_scanning, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(beside_a_secret_few_choices_are_scanned, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(another_voice_is_heard_on_the_same_text, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_voice_is_tried_and_kept_or_not, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_voice_is_tried_beside_a_question, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(without_a_voice_nothing_is_asked, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(with_speech_dispatcher_the_voices_are_its_own, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(a_trial_is_of_one_way_of_speaking, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(where_there_is_no_other_voice_it_is_told, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(every_command_has_its_other_phrases_told, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(it_is_repeated_slowly_once, visit_set_up, visit_tear_down),
        cmocka_unit_test_setup_teardown(what_is_only_typed_is_not_listened_for, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(own_keys_are_named_and_obeyed, visit_set_up,
                                        visit_tear_down),
        cmocka_unit_test_setup_teardown(every_command_everywhere_is_harmless, visit_set_up,
                                        visit_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
