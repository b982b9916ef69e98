/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/visit.h"

#include "base/mem.h"
#include "model/guide_load.h"

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
    "      - {id: s1, say: Premier., simple: Un., more: Plus., simple_more: Plus simple., check: "
    "true}\n"
    "      - {id: s2, say: Secret., simple: Deux., more: Plus., private: true}\n"
    "      - {id: s3, say: Troisième., simple: Trois., more: Plus.}\n"
    "  - id: deux\n    title: Partie deux\n    phrases: [partie deux]\n"
    "    steps:\n"
    "      - {id: t1, say: Dernier., simple: Fin., more: Plus.}\n"
    "glossary:\n  - {word: secret, say: Un secret est pour vous seul.}\n";

int visit_set_up(void **state)
{
    struct visit *visit = xcalloc(1, sizeof *visit);
    words_open(&visit->words);
    visit->pack = words_load_pack(&visit->words, "voices/fr");
    assert_int_equal(
        guide_parse(guide_text, strlen(guide_text), &visit->words.diags, &visit->guide), 0);
    learner_record_init(&visit->record, "x");
    settings_init(&visit->settings);
    *state = visit;
    return 0;
}

int visit_tear_down(void **state)
{
    struct visit *visit = *state;
    session_free(visit->session);
    effects_free(&visit->effects);
    settings_free(&visit->settings);
    learner_record_free(&visit->record);
    pack_free(visit->pack);
    guide_free(visit->guide);
    words_close(&visit->words);
    free(visit);
    return 0;
}

void visit_send(struct visit *visit, struct event event)
{
    effects_free(&visit->effects);
    event.today = (struct date){2026, 12, 1};
    event.at += 1796083200; /* 2026-12-01 */
    dialogue_handle(&visit->dialogue, &event, &visit->effects);
    for (size_t i = 0; i < visit->effects.count; i++)
        if (visit->effects.items[i].kind == EFFECT_SETTINGS)
            visit->chosen = visit->effects.items[i].settings;
}

void visit_command(struct visit *visit, enum command id)
{
    visit_send(visit, (struct event){.kind = EVENT_COMMAND, .command = (int)id});
}

void visit_begin(struct visit *visit, const char *step, bool speaks)
{
    if (!visit->voices.count)
        visit->voices = (struct voice_names){visit->pack->variants, visit->pack->variant_count};
    struct session_config config = {
        .guide = visit->guide,
        .pack = visit->pack,
        .record = &visit->record,
        .settings = &visit->settings,
        .voices = &visit->voices,
        .path = "a",
        .section = "un",
        .step = step,
        .speaks = speaks,
        .saves = true,
    };
    visit->session = session_new(&config);
    visit->dialogue = session_dialogue(visit->session);
    visit_send(visit, (struct event){.kind = EVENT_START});
}

int visit_position(const struct visit *visit, enum effect_kind kind)
{
    for (size_t i = 0; i < visit->effects.count; i++)
        if (visit->effects.items[i].kind == kind)
            return (int)i;
    return -1;
}

bool visit_says(const struct visit *visit, const char *text)
{
    for (size_t i = 0; i < visit->effects.count; i++)
        if (visit->effects.items[i].kind == EFFECT_SAY &&
            strstr(visit->effects.items[i].utterance.text, text))
            return true;
    return false;
}

bool visit_hears(const struct visit *visit, const char *text)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&visit->dialogue, CHANNEL_SPOKEN, &vocabulary);
    bool found = vocabulary_find(&vocabulary, text) != NULL;
    vocabulary_free(&vocabulary);
    return found;
}

void visit_say(struct visit *visit, const char *text)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&visit->dialogue, CHANNEL_SPOKEN, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    assert_non_null(phrase);
    const int id = phrase->command, argument = phrase->argument;
    vocabulary_free(&vocabulary);
    visit_send(visit, (struct event){.kind = EVENT_COMMAND, .command = id, .argument = argument});
}
