/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "base/number.h"
#include "base/voice_range.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"

#include <stdlib.h>
#include <string.h>

/* One step of a setting, by command. */
#define VOLUME_STEP 20  /* percent */
#define PITCH_STEP  10  /* of 0..100 */
#define PAUSE_STEP  150 /* ms */
#define PAUSE_MIN   0

/* --- up and down -------------------------------------------------------------------------- */

/* The messages of a setting that goes up and down. */
struct dial {
    enum message more, most, less, least;
    const char *argument;
    int step, minimum, maximum;
};

static void turn(struct session *session, const struct dial *dial, int *value, bool up)
{
    int before = *value;
    int wanted = before + (up ? dial->step : -dial->step);
    *value = number_clamp(wanted, dial->minimum, dial->maximum);
    bool moved = *value != before;
    char number[NUMBER_TEXT_SIZE];
    enum message id = up ? (moved ? dial->more : dial->most) : (moved ? dial->less : dial->least);
    if (moved)
        session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, id, dial->argument, number_text(number, *value)));
    /* The change interrupted what was being said: it is heard again, the new way. */
    if (session->config.speaks && session->last_count)
        session_tell_last(session);
}

struct next session_rate(struct session *session, const struct request *request)
{
    static const struct dial dial = {MSG_FASTER, MSG_FASTEST,     MSG_SLOWER,     MSG_SLOWEST,
                                     "rate",     VOICE_RATE_STEP, VOICE_RATE_MIN, VOICE_RATE_MAX};
    if (!session->settings.rate)
        session->settings.rate = session->config.pack->rate;
    turn(session, &dial, &session->settings.rate, request->value > 0);
    return next_stay();
}

struct next session_volume(struct session *session, const struct request *request)
{
    static const struct dial dial = {MSG_LOUDER,           MSG_LOUDEST,     MSG_SOFTER,
                                     MSG_SOFTEST,          "volume",        VOLUME_STEP,
                                     VOICE_VOLUME_SOFTEST, VOICE_VOLUME_MAX};
    turn(session, &dial, &session->settings.volume, request->value > 0);
    return next_stay();
}

struct next session_pitch(struct session *session, const struct request *request)
{
    static const struct dial dial = {MSG_HIGHER, MSG_HIGHEST, MSG_LOWER,       MSG_LOWEST,
                                     "pitch",    PITCH_STEP,  VOICE_PITCH_MIN, VOICE_PITCH_MAX};
    turn(session, &dial, &session->settings.pitch, request->value > 0);
    return next_stay();
}

struct next session_sentence_pause(struct session *session, const struct request *request)
{
    static const struct dial dial = {
        MSG_LONGER_PAUSES, MSG_LONGEST_PAUSES, MSG_SHORTER_PAUSES, MSG_SHORTEST_PAUSES,
        "pause",           PAUSE_STEP,         PAUSE_MIN,          SENTENCE_PAUSE_MAX};
    turn(session, &dial, &session->settings.sentence_pause, request->value > 0);
    return next_stay();
}

/* --- how it is read --------------------------------------------------------------------------- */

/* What is being asked, or the step, is told anew. */
struct next session_text_level(struct session *session, const struct request *request)
{
    const bool simple = request->value;
    session->settings.simple = simple;
    session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, simple ? MSG_SIMPLER : MSG_FULLER));
    session_new_topic(session);
    return next_tell();
}

struct next session_punctuation(struct session *session, const struct request *request)
{
    static const enum message told[] = {MSG_MARKS_NONE, MSG_MARKS_SOME, MSG_MARKS_ALL};
    session->settings.punctuation = (enum settings_punctuation)request->value;
    session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, told[request->value]));
    return next_stay();
}

struct next session_keys(struct session *session, const struct request *request)
{
    session->settings.single_keys = request->value;
    session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, request->value ? MSG_KEYS_SINGLE : MSG_KEYS_LINE));
    return next_stay();
}

/* --- another voice ---------------------------------------------------------------------------- */

/* The voice that is kept for a way of speaking. */
static char **voice_of(struct session *session, enum settings_speech way)
{
    return way == SPEECH_SPEECHD ? &session->settings.speechd_voice
                                 : &session->settings.voice_variant;
}

/* Several in a row are one trial: "no" goes back to the voice before the first of them. */
static void begin_trial(struct session *session)
{
    const enum settings_speech way = session->settings.speech;
    const bool goes_on =
        session->trial.on && session->trial.way == way && session->turns - session->trial.turn <= 1;
    session->trial.turn = session->turns;
    if (goes_on)
        return;
    const char *now = *voice_of(session, way);
    free(session->trial.before);
    session->trial.before = now ? xstrdup(now) : NULL;
    session->trial.way = way;
    session->trial.on = true;
}

/* The next one there is, behind the last one the usual one. Its number, from 1. */
static size_t take_next_voice(struct session *session, const struct voice_names *voices)
{
    char **now = voice_of(session, session->settings.speech);
    size_t next = 0;
    for (size_t i = 0; *now && i < voices->count; i++)
        if (!strcmp(*now, voices->items[i]))
            next = i + 1;
    const bool usual = *now && next == voices->count;
    free(*now);
    *now = usual ? NULL : xstrdup(voices->items[next]);
    session_effect(session, EFFECT_SETTINGS);
    return usual ? 1 : next + 2;
}

/* What the voice is heard on: the first sentence of the step, or of the guide. */
static char *sample_text(const struct session *session)
{
    const struct guide_step *step = session_step(session);
    const char *text = !step                      ? session->guide->welcome
                       : session->settings.simple ? step->simple
                                                  : step->say;
    char **sentences = NULL;
    const size_t count = reading_sentences(session->config.pack->reading, text, &sentences);
    char *first = xstrdup(count ? sentences[0] : text);
    mem_free_texts(sentences, count);
    return first;
}

/* In writing there is nothing to be heard, and nothing to be asked. */
struct next session_next_variant(struct session *session, const struct request *request)
{
    (void)request;
    const struct voice_names *voices = session->config.voices;
    char number[NUMBER_TEXT_SIZE], count[NUMBER_TEXT_SIZE];
    if (!voices || !voices->count) {
        session_say(session, session_text(session, MSG_VARIANT_NONE));
        return next_stay();
    }
    begin_trial(session);
    number_text(number, (long)take_next_voice(session, voices));
    number_text(count, (long)voices->count + 1);
    session_say(session,
                session_text(session, session->config.speaks ? MSG_VARIANT_SELF : MSG_VARIANT,
                             "number", number, "count", count));
    if (!session->config.speaks)
        return next_stay();
    session_say(session, sample_text(session));
    return next_ask(QUESTION_VOICE);
}

void session_ask_voice(struct session *session)
{
    session_say(session, session_text(session, MSG_ASK_VOICE));
}

/* Whoever says neither keeps what they hear, and is asked no more. */
struct next session_answer_voice(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (!yes) {
        char **now = voice_of(session, session->trial.way);
        free(*now);
        *now = session->trial.before;
        session->trial.before = NULL;
        session_effect(session, EFFECT_SETTINGS);
    }
    session->trial.on = false;
    session_say(session, session_text(session, yes ? MSG_VARIANT_KEPT : MSG_VARIANT_BACK));
    return session->question == QUESTION_NONE ? next_stay() : next_tell();
}

/* --- other dialogues -------------------------------------------------------------------------- */

struct next session_sound_check(struct session *session, const struct request *request)
{
    (void)request;
    session_effect(session, EFFECT_SILENCE);
    session_effect(session, EFFECT_SOUND_SETUP);
    return next_stay();
}

struct next session_calibrate(struct session *session, const struct request *request)
{
    (void)request;
    session_effect(session, EFFECT_SILENCE);
    session_effect(session, EFFECT_ENROLMENT);
    return next_stay();
}
