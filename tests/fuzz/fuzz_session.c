/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any order of events in a session through our own guide (run from the top of the tree): no crash,
 * and what may never happen does not happen.
 *
 * The first byte says on which day and in which way the session begins; each byte after it is an
 * event: something that can be said or typed now, something that cannot, silence, a secret, a save
 * that fails.
 */
#include "fuzz/support/fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "dialogue/session/session.h"
#include "model/guide_load.h"

#include <string.h>

#define GUIDE "guides/espace-france-travail.yaml"
#define PACK  "voices/fr"

/* One session is no longer: a hundred things said are more than an hour. */
#define EVENTS_MAX 100

#define DAY_S 86400
#define START 1796083200 /* 2026-12-01 */

/* Loaded once, for all inputs. */
struct texts {
    struct guide *guide;
    struct pack *pack;
};

static const struct texts *texts(void)
{
    static struct texts loaded;
    if (loaded.pack)
        return &loaded;
    struct diags diags;
    diags_init(&diags, fuzz_messages());
    demand(!guide_load(GUIDE, &diags, &loaded.guide) && !pack_load(PACK, &diags, &loaded.pack));
    diags_free(&diags);
    return &loaded;
}

/* A session under way. */
struct play {
    struct session *session;
    struct dialogue dialogue;
    struct effects effects; /* of the last event */
    struct date today;
    int64_t at;
    bool over;
};

static bool has(const struct play *play, enum effect_kind kind)
{
    for (size_t i = 0; i < play->effects.count; i++)
        if (play->effects.items[i].kind == kind)
            return true;
    return false;
}

/* Something is written or said, and it can be printed. */
static bool says_something(const struct play *play)
{
    bool found = false;
    for (size_t i = 0; i < play->effects.count; i++) {
        const struct effect *effect = &play->effects.items[i];
        if (effect->kind != EFFECT_SAY && effect->kind != EFFECT_PRINT)
            continue;
        const char *text = effect->utterance.text;
        const size_t length = strlen(text);
        demand(length && text_utf8_error(text, length) == length);
        found = true;
    }
    return found;
}

/* What would be saved is a place of the guide. */
static void check_place(const struct play *play)
{
    const struct guide *guide = texts()->guide;
    const struct learner_record_place *place =
        learner_record_place(session_record(play->session), guide->id);
    const int path = place && place->path ? guide_find_path(guide, place->path) : -1;
    if (!place || !place->section)
        return;
    demand(path >= 0);
    const int section = guide_find_section(&guide->paths[path], place->section);
    demand(section >= 0);
    demand(!place->step || guide_find_step(guide->paths[path].sections[section], place->step) >= 0);
}

/* How many phrases there are now: with the place, where somebody is. */
static size_t phrase_count(const struct play *play)
{
    struct vocabulary spoken = {0};
    dialogue_vocabulary(&play->dialogue, CHANNEL_SPOKEN, &spoken);
    const size_t count = spoken.count;
    vocabulary_free(&spoken);
    return count;
}

static void send(struct play *play, struct event event)
{
    event.today = play->today;
    event.at = play->at++;
    effects_free(&play->effects);
    dialogue_handle(&play->dialogue, &event, &play->effects);
    (void)says_something(play);
    play->over = has(play, EFFECT_QUIT) || has(play, EFFECT_OVER) || has(play, EFFECT_GUIDE);
    for (size_t i = 0; i < play->effects.count && !play->over; i++)
        play->over = play->effects.items[i].kind == EFFECT_LEARNER &&
                     play->effects.items[i].request != LEARNER_EXPORT;
    if (!play->over)
        check_place(play);
}

/* What the program would answer to effects, as often as one answer leads to another. */
static void answer(struct play *play, uint8_t byte)
{
    static const enum event_kind saved[] = {EVENT_SAVED, EVENT_UNSAVED, EVENT_SAVE_FAILED};
    for (int i = 0; i < 8 && !play->over; i++) {
        if (has(play, EFFECT_SAVE_MARK))
            send(play, (struct event){.kind = saved[byte % 3], .text = "plein"});
        else if (has(play, EFFECT_LEARNER))
            send(play, (struct event){.kind = EVENT_TOLD, .text = "copié"});
        else if (has(play, EFFECT_SOUND_SETUP) || has(play, EFFECT_ENROLMENT))
            send(play, (struct event){.kind = EVENT_COME_BACK});
        else
            return;
    }
    demand(play->over);
}

/* --- one event of each kind, with what must be true after it ---------------------------------- */

static void say_a_phrase(struct play *play, enum channel channel, enum event_kind kind,
                         size_t which)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&play->dialogue, channel, &vocabulary);
    demand(vocabulary.count);
    const struct phrase *phrase = &vocabulary.items[which % vocabulary.count];
    const bool is_help = phrase->command == COMMAND_HELP && kind == EVENT_COMMAND;
    send(play, (struct event){.kind = kind,
                              .command = phrase->command,
                              .argument = phrase->argument,
                              .text = phrase->text});
    demand(!is_help || says_something(play));
    vocabulary_free(&vocabulary);
}

/* What is not understood answers no question and leads nowhere. (A name may be any text.) */
static void not_understand(struct play *play, const char *text)
{
    const bool is_name = dialogue_wants_line(&play->dialogue);
    const size_t before = phrase_count(play);
    send(play, (struct event){.kind = EVENT_NOT_UNDERSTOOD, .text = text});
    demand(is_name || (!play->over && phrase_count(play) == before));
}

/* Nor does a secret, and nothing of it is told. */
static void type_a_secret(struct play *play)
{
    if (!dialogue_is_private(&play->dialogue))
        return;
    const size_t before = phrase_count(play);
    send(play, (struct event){.kind = EVENT_SECRET});
    demand(!play->over && dialogue_is_private(&play->dialogue) && phrase_count(play) == before);
}

/* An event chosen by a byte: mostly what can be said or typed. */
static void happen(struct play *play, uint8_t byte, uint8_t next)
{
    switch (byte >> 5) {
    case 0:
        not_understand(play, byte & 1 ? "zut" : NULL);
        break;
    case 1:
        if (dialogue_pause_ms(&play->dialogue))
            send(play, (struct event){.kind = EVENT_PAUSE_OVER});
        break;
    case 2:
        type_a_secret(play);
        break;
    case 3:
        if (!dialogue_is_private(&play->dialogue))
            say_a_phrase(play, CHANNEL_SPOKEN, EVENT_DOUBTFUL, next);
        break;
    case 4:
        say_a_phrase(play, dialogue_is_private(&play->dialogue) ? CHANNEL_PRIVATE : CHANNEL_TYPED,
                     EVENT_COMMAND, (size_t)(byte & 31) << 8 | next);
        break;
    default:
        say_a_phrase(play, CHANNEL_SPOKEN, EVENT_COMMAND, (size_t)(byte & 31) << 8 | next);
        break;
    }
    if (!play->over)
        answer(play, next);
}

/* The ways to begin: alone or after another learner, saved or not, spoken or written. */
static void begin(struct play *play, uint8_t way, const struct learner_record *record,
                  const struct settings *settings)
{
    static const char *const learners[] = {"Anne", "Zoé"};
    const struct session_config config = {
        .guide = texts()->guide,
        .pack = texts()->pack,
        .record = record,
        .settings = settings,
        .speaks = way & 1,
        .terminal = way & 2,
        .saves = !(way & 4),
        .guest = way & 4,
        .learners = learners,
        .learner_count = COUNT_OF(learners),
        .choose_learner = (way & 24) == 8,
        .offer_unsaved = (way & 24) == 16,
        .continues = (way & 24) == 24,
    };
    play->session = session_new(&config);
    play->dialogue = session_dialogue(play->session);
    send(play, (struct event){.kind = EVENT_START});
    if (!play->over)
        answer(play, way);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (!length)
        return 0;
    struct learner_record record;
    struct settings settings;
    learner_record_init(&record, texts()->guide->id);
    settings_init(&settings);
    /* Before, in, and at the end of the month's window. */
    struct play play = {.today = {2026, 12, 1 + (bytes[0] >> 5) * 4},
                        .at = START + (int64_t)(bytes[0] >> 5) * 4 * DAY_S};
    begin(&play, bytes[0], &record, &settings);
    for (size_t i = 1; i + 1 < length && i < 2 * EVENTS_MAX && !play.over; i += 2)
        happen(&play, bytes[i], bytes[i + 1]);
    effects_free(&play.effects);
    session_free(play.session);
    settings_free(&settings);
    learner_record_free(&record);
    return 0;
}
