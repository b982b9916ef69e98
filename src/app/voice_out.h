/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * voice_out: what speaks: our own speaker, Speech Dispatcher, or nothing, which can change while a
 * session goes on; and the turns that are left to who cannot be heard meanwhile.
 *
 * Thread: main.
 */
#ifndef PASAPAS_APP_VOICE_OUT_H
#define PASAPAS_APP_VOICE_OUT_H

#include "model/settings.h"
#include "model/voice_names.h"
#include "speech/speech.h"

#include <stdbool.h>

struct event_loop;
struct pack;
struct sound;

struct voice_out {
    /* Set before voice_out_open(); they outlive it. */
    const struct pack *pack;
    struct event_loop *loop;
    struct sound *sound; /* or NULL */
    bool simulated;      /* nothing is watched: its end is looked for */
    /* Called with `context`: something was said to its end, or a turn is over. */
    void (*changed)(void *context);
    /* Asked with `context`: somebody has begun to speak, and is heard out before a turn ends. */
    bool (*is_hearing)(void *context);
    void *context;

    enum settings_speech way;
    struct speech *speech;     /* NULL: nothing is spoken */
    struct voice_names voices; /* that can be chosen, this way */
    bool named_voice;          /* Speech Dispatcher was asked for one of them */
    int turn_ms;
    int turn_timer; /* with Speech Dispatcher: the end of a turn; -1: none yet */
    bool turns_told, failure_told;
};

/* Begins to speak this way. What cannot be opened is silent. */
enum speech_opening voice_out_open(struct voice_out *voice, enum settings_speech way);
/* Another way from now on; if that cannot be, it stays as it was. Parameters are to be set anew. */
enum speech_opening voice_out_change(struct voice_out *voice, enum settings_speech way);
void voice_out_close(struct voice_out *voice);

/* How the learner likes it. */
void voice_out_set_params(struct voice_out *voice, const struct settings *settings);
/* A short sound, see enum utterance_kind. */
void voice_out_earcon(struct voice_out *voice, const char *name);
/* Lower while somebody may be speaking: who speaks is heard better, and knows to be heard. */
void voice_out_lower(struct voice_out *voice, bool lower);

/* Silence of so many ms is left after each sentence from now on. True if that is to be told: the
 * first time that there are any. */
bool voice_out_set_turn(struct voice_out *voice, int ms);

/* True if somebody can hear what is said; a speaker may wait for its device. */
bool voice_out_is_heard(const struct voice_out *voice);
/* True if nothing is left to be said, or it waits to be resumed. */
bool voice_out_is_quiet(const struct voice_out *voice);
/* True while it can be heard just now. */
bool voice_out_is_speaking(const struct voice_out *voice);
bool voice_out_is_dispatcher(const struct voice_out *voice);
/* True once Speech Dispatcher turned out not to work, told once. */
bool voice_out_take_failure(struct voice_out *voice);

#endif
