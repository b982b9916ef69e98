/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/voice_out.h"

#include "app/event_loop.h"
#include "app/pack_voice.h"
#include "app/sound.h"
#include "base/mem.h"
#include "base/timer.h"
#include "model/pack.h"

#include <stdio.h>

/* The level of the voice while somebody may be speaking: 12 dB less. */
#define LOWERED_PERCENT 25

/* How soon to look again whether somebody who speaks in their turn has finished. */
#define TURN_LOOK_MS 100

/* --- turns beside Speech Dispatcher ----------------------------------------------------------- */

static void on_turn_over(void *context)
{
    struct voice_out *voice = context;
    timer_clear(voice->turn_timer);
    if (voice->is_hearing(voice->context)) {
        timer_start(voice->turn_timer, TURN_LOOK_MS);
        return;
    }
    speech_end_turn(voice->speech);
    voice->changed(voice->context);
}

/* Without a descriptor to be had there is no turn: what is said goes on. */
static void begin_turn(struct voice_out *voice)
{
    if (!speech_leaves_turn(voice->speech))
        return;
    if (voice->turn_timer < 0) {
        voice->turn_timer = timer_open();
        event_loop_watch(voice->loop, voice->turn_timer, on_turn_over, voice);
    }
    if (voice->turn_timer < 0)
        speech_end_turn(voice->speech);
    timer_start(voice->turn_timer, voice->turn_ms);
}

bool voice_out_set_turn(struct voice_out *voice, int ms)
{
    if (!voice->speech)
        return false;
    if (ms != voice->turn_ms)
        speech_set_turn(voice->speech, ms);
    voice->turn_ms = ms;
    const bool tell = ms && !voice->turns_told;
    voice->turns_told |= tell;
    return tell;
}

/* --- ways of speaking ------------------------------------------------------------------------- */

static void on_idle(void *context)
{
    struct voice_out *voice = context;
    speech_clear_idle(voice->speech);
    begin_turn(voice);
    voice->changed(voice->context);
}

static enum speech_opening open_way(struct voice_out *voice)
{
    const struct pack *pack = voice->pack;
    switch (voice->way) {
    case SPEECH_ESPEAK:
        voice->speech = speech_through_speaker(sound_speaker(voice->sound), pack->rate);
        break;
    case SPEECH_SPEECHD:
        return speech_open_dispatcher(pack->synth_language, pack->reading, &voice->speech);
    case SPEECH_NONE:
        break;
    }
    return SPEECH_OPENED;
}

/* Its own voices where it has some; otherwise those of the pack's synth, though nothing may be
 * spoken. */
static void list_voices(struct voice_out *voice)
{
    const struct synth_config config = pack_voice(voice->pack);
    const struct synth_driver *driver = synth_choose(&config);
    struct voice_names *voices = &voice->voices;
    mem_free_texts(voices->items, voices->count);
    *voices = (struct voice_names){0};
    if (voice->way == SPEECH_SPEECHD)
        voices->count = speech_voices(voice->speech, &voices->items);
    else if (driver->voices)
        voices->count = driver->voices(&config, &voices->items);
}

enum speech_opening voice_out_open(struct voice_out *voice, enum settings_speech way)
{
    voice->way = way;
    voice->speech = NULL;
    voice->turn_ms = 0;
    const enum speech_opening opening = open_way(voice);
    if (voice->speech && !voice->simulated)
        event_loop_watch(voice->loop, speech_idle_fd(voice->speech), on_idle, voice);
    voice->named_voice = false;
    list_voices(voice);
    return opening;
}

static void close_speech(struct voice_out *voice)
{
    if (voice->speech && !voice->simulated)
        event_loop_unwatch(voice->loop, speech_idle_fd(voice->speech));
    speech_close(voice->speech);
    voice->speech = NULL;
}

enum speech_opening voice_out_change(struct voice_out *voice, enum settings_speech way)
{
    const enum settings_speech before = voice->way;
    speech_interrupt(voice->speech);
    close_speech(voice);
    const enum speech_opening opening = voice_out_open(voice, way);
    if (opening != SPEECH_OPENED)
        (void)voice_out_open(voice, before);
    return opening;
}

void voice_out_close(struct voice_out *voice)
{
    close_speech(voice);
    if (voice->loop)
        event_loop_unwatch(voice->loop, voice->turn_timer);
    timer_close(voice->turn_timer);
    voice->turn_timer = -1;
    mem_free_texts(voice->voices.items, voice->voices.count);
    voice->voices = (struct voice_names){0};
}

/* --- speaking --------------------------------------------------------------------------------- */

/* Speech Dispatcher goes back to its own voice only when it is opened anew. */
static void choose_voice(struct voice_out *voice, const char *name)
{
    if (voice->named_voice && !name)
        (void)voice_out_change(voice, SPEECH_SPEECHD);
    voice->named_voice = name;
}

void voice_out_set_params(struct voice_out *voice, const struct settings *settings)
{
    const bool dispatcher = voice->way == SPEECH_SPEECHD;
    if (dispatcher)
        choose_voice(voice, settings->speechd_voice);
    const struct speech_params params = {
        .rate = settings->rate,
        .pitch = settings->pitch,
        .volume = settings->volume,
        .gap = settings->sentence_pause,
        .marks = (enum reading_marks)settings->punctuation,
        .variant = dispatcher ? settings->speechd_voice : settings->voice_variant,
    };
    speech_set_params(voice->speech, &params);
}

void voice_out_earcon(struct voice_out *voice, const char *name)
{
    char text[32];
    snprintf(text, sizeof text, "%s", name);
    const struct utterance earcon = {
        .text = text, .kind = UTTERANCE_EARCON, .rule = UTTERANCE_QUEUE};
    speech_say(voice->speech, &earcon);
}

void voice_out_lower(struct voice_out *voice, bool lower)
{
    speech_set_level(voice->speech, lower ? LOWERED_PERCENT : 100);
}

bool voice_out_is_heard(const struct voice_out *voice)
{
    return voice->speech && (voice->way == SPEECH_SPEECHD || sound_has_output(voice->sound));
}

bool voice_out_is_quiet(const struct voice_out *voice)
{
    return !speech_is_busy(voice->speech) || speech_is_paused(voice->speech);
}

bool voice_out_is_speaking(const struct voice_out *voice)
{
    return !voice_out_is_quiet(voice) && !speech_leaves_turn(voice->speech);
}

bool voice_out_is_dispatcher(const struct voice_out *voice)
{
    return voice->speech && voice->way == SPEECH_SPEECHD;
}

bool voice_out_take_failure(struct voice_out *voice)
{
    if (voice->failure_told || voice->way != SPEECH_SPEECHD || speech_works(voice->speech))
        return false;
    return voice->failure_told = true;
}
