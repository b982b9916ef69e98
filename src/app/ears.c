/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ears.h"

#include "app/microphone_judgement.h"
#include "app/sound.h"
#include "dsp/microphone.h"
#include "listen/front_end.h"
#include "listen/listener.h"
#include "model/calibration.h"

/* --- how to listen ---------------------------------------------------------------------------- */

const struct settings_pair *ears_pair(const struct ears *ears)
{
    return settings_find_pair(ears->settings, sound_output_name(ears->sound),
                              sound_input_name(ears->sound));
}

enum listener_mode ears_mode(const struct ears *ears)
{
    const struct settings *settings = ears->settings;
    if (settings->listen != LISTEN_FREE)
        return LISTENER_OFF;
    if (!ears->echo)
        return ears->half ? LISTENER_HALF : LISTENER_FULL;
    const struct settings_pair *pair = ears_pair(ears);
    const bool chosen = settings->duplex != DUPLEX_AUTO;
    switch (chosen || !pair ? settings->duplex : pair->duplex) {
    case DUPLEX_HEADPHONES:
        return LISTENER_FULL;
    case DUPLEX_HALF:
        return LISTENER_HALF;
    default:
        return ears->teaching ? LISTENER_HALF : LISTENER_ECHO;
    }
}

static void set_mode(const struct ears *ears, enum listener_mode mode)
{
    if (ears->listener)
        listener_set_mode(ears->listener, mode);
}

void ears_use_pair(struct ears *ears)
{
    const struct settings_pair *pair = ears_pair(ears);
    if (!ears->listener || !pair)
        return;
    listener_set_room(ears->listener, pair->delay, pair->tail);
    if (!ears->tapped && !ears->shut)
        set_mode(ears, ears_mode(ears));
}

static void begin_pacing(struct ears *ears)
{
    const int fixed = ears->settings->listen_pause;
    pacing_init(&ears->pacing, fixed ? fixed : ears->settings->listen_pause_learned);
    if (ears->listener)
        listener_set_hangover(ears->listener, ears->pacing.hangover_ms);
}

void ears_open(struct ears *ears, struct sound *sound, bool voice)
{
    ears->sound = sound;
    ears->listener = sound_listener(sound);
    ears->hears = sound_has_input(sound) && voice;
    ears_use_pair(ears);
    begin_pacing(ears);
}

void ears_close(struct ears *ears)
{
    ears->sound = NULL;
    ears->listener = NULL;
}

void ears_change_listening(struct ears *ears)
{
    ears->tapped = ears->shut = false;
    set_mode(ears, ears_mode(ears));
}

void ears_meet_learner(struct ears *ears)
{
    ears_change_listening(ears);
    ears_use_pair(ears);
    begin_pacing(ears);
}

void ears_set_teaching(struct ears *ears, bool teaching)
{
    if (teaching == ears->teaching || !ears->listener)
        return;
    ears->teaching = teaching;
    listener_set_learning(ears->listener, teaching);
    if (ears->settings->listen == LISTEN_FREE && !ears->shut)
        set_mode(ears, ears_mode(ears));
}

/* --- for what, and whom ----------------------------------------------------------------------- */

void ears_listen_for(struct ears *ears, const struct vocabulary *vocabulary)
{
    if (ears->listener)
        listener_set_vocabulary(ears->listener, vocabulary);
}

void ears_know_voice(struct ears *ears, const struct calibration *taught, bool kept_only)
{
    struct calibration kept;
    if (!ears->listener)
        return;
    if (!kept_only) {
        listener_set_calibration(ears->listener, taught);
        return;
    }
    calibration_copy(&kept, taught, true, -1);
    listener_set_calibration(ears->listener, &kept);
    calibration_free(&kept);
}

/* --- when ------------------------------------------------------------------------------------- */

bool ears_tap(struct ears *ears, bool on)
{
    if (!ears->listener)
        return false;
    ears->tapped = on;
    set_mode(ears, on ? LISTENER_FULL : LISTENER_OFF);
    return true;
}

/* Without headphones nothing is listened for while Speech Dispatcher speaks. */
static void follow_dispatcher(struct ears *ears, bool speaking)
{
    const struct settings *settings = ears->settings;
    if (settings->listen != LISTEN_FREE || settings->duplex == DUPLEX_HEADPHONES)
        return;
    if (speaking != ears->shut)
        set_mode(ears, speaking ? LISTENER_OFF : LISTENER_FULL);
    ears->shut = speaking;
}

void ears_follow_speech(struct ears *ears, bool dispatcher, bool busy, bool speaking)
{
    struct microphone *microphone = sound_microphone(ears->sound);
    if (ears->measures && !busy && microphone)
        microphone_begin(microphone);
    ears->measures &= busy;
    if (dispatcher)
        follow_dispatcher(ears, speaking);
    else if (ears->shut)
        ears_change_listening(ears);
}

int ears_turn_ms(const struct ears *ears, bool dispatcher)
{
    const struct settings *settings = ears->settings;
    const struct settings_pair *pair = ears_pair(ears);
    const bool cannot_cancel = dispatcher && settings->duplex != DUPLEX_HEADPHONES;
    if (!ears->listener || settings->listen != LISTEN_FREE || ears->teaching ||
        (!cannot_cancel && ears_mode(ears) != LISTENER_HALF))
        return 0;
    return (pair ? pair->tail : FRONT_END_TAIL_MS) + PACING_TURN_MS;
}

/* --- what was heard --------------------------------------------------------------------------- */

int ears_learn_pause(struct ears *ears, const struct heard *heard)
{
    /* Slow speakers are given more time, quick ones are answered sooner. */
    if (ears->settings->listen_pause || heard->situation.during_speech ||
        !pacing_heard(&ears->pacing, heard->start_s, heard->end_s, heard->verdict == VERDICT_OBEY))
        return 0;
    listener_set_hangover(ears->listener, ears->pacing.hangover_ms);
    return ears->pacing.hangover_ms;
}

bool ears_may_hear_themselves(const struct ears *ears, const struct heard *heard)
{
    return heard->situation.during_speech && ears_mode(ears) != LISTENER_FULL;
}

bool ears_measure(const struct ears *ears, struct microphone_report *ret_report)
{
    struct microphone *microphone = sound_microphone(ears->sound);
    struct microphone_measure measure;
    if (!microphone)
        return false;
    microphone_measure(microphone, &measure);
    *ret_report = microphone_judgement(&measure);
    return true;
}
