/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ears: how the learner is listened to: when, with which devices, for how long a pause, and whose
 * voice it is. Around one listener (listen/listener.h), which may be missing: then all functions do
 * nothing.
 *
 * Thread: main.
 */
#ifndef PASAPAS_APP_EARS_H
#define PASAPAS_APP_EARS_H

#include "dialogue/microphone_state.h"
#include "listen/heard.h"
#include "listen/listener_mode.h"
#include "listen/pacing.h"
#include "listen/second_try.h"
#include "model/settings.h"

#include <stdbool.h>

struct calibration;
struct listener;
struct sound;
struct vocabulary;

struct ears {
    /* Set before ears_open(); they outlive the ears. */
    const struct settings *settings; /* as they are now */
    bool echo;                       /* what is played may come back in what is recorded */
    bool half;                       /* without an echo: taking turns is asked for all the same */

    struct sound *sound; /* or NULL */
    struct listener *listener;
    bool hears;              /* a voice can give commands */
    bool deaf;               /* the recogniser cannot be used: that stays so */
    bool teaching;           /* sayings are compared: our own voice must not be among them */
    bool tapped;             /* LISTEN_TAP: listening for one utterance */
    bool shut;               /* not listening because somebody speaks whom nobody can cancel */
    bool measures;           /* the microphone is to be measured once all is said */
    struct pacing pacing;    /* how the learner speaks */
    struct second_try tries; /* what was not understood may be said again */
};

/* `voice`: somebody may be heard. Begins with the devices and the learner that are there. */
void ears_open(struct ears *ears, struct sound *sound, bool voice);

/* Nobody is listened to any more. */
void ears_close(struct ears *ears);

/* How to listen now. */
enum listener_mode ears_mode(const struct ears *ears);
/* What is known of these two devices, or NULL. */
const struct settings_pair *ears_pair(const struct ears *ears);
/* Listens as it was found to be best with the devices that are open now. */
void ears_use_pair(struct ears *ears);
/* The settings are those of somebody else. */
void ears_meet_learner(struct ears *ears);
/* `settings->listen` is another one now. */
void ears_change_listening(struct ears *ears);
/* Somebody teaches how they speak, or no longer: then each phrase comes with its sound. */
void ears_set_teaching(struct ears *ears, bool teaching);

void ears_listen_for(struct ears *ears, const struct vocabulary *vocabulary);
/* How the learner says it: all of it, or as far as they agreed to keep it. */
void ears_know_voice(struct ears *ears, const struct calibration *taught, bool kept_only);

/* Tap-to-talk: on or off. False without a listener. */
bool ears_tap(struct ears *ears, bool on);

/* The assistant has something to say (`busy`), and is heard just now (`speaking`). `dispatcher`:
 * through Speech Dispatcher, whose sound cannot be taken out. */
void ears_follow_speech(struct ears *ears, bool dispatcher, bool busy, bool speaking);
/* How long after each sentence somebody is to be listened to, ms; 0: they are heard at any time. */
int ears_turn_ms(const struct ears *ears, bool dispatcher);

/* Somebody spoke: how much silence ends what they say from now on, ms, or 0: as before. */
int ears_learn_pause(struct ears *ears, const struct heard *heard);
/* True if what was heard may be what is left of our own voice. */
bool ears_may_hear_themselves(const struct ears *ears, const struct heard *heard);

/* What was measured of the microphone since all was said; false if there is none. */
bool ears_measure(const struct ears *ears, struct microphone_report *ret_report);

#endif
