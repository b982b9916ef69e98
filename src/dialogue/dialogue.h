/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dialogue: the one protocol of all dialogues: the session, the sound check, the enrolment. Each is
 * a pure state machine: an event comes in, effects come out. It knows no clock, file, thread or
 * sound: the time comes with each event, and whoever holds the dialogue carries the effects out, in
 * order.
 *
 * A dialogue is begun with EVENT_START and is over with EFFECT_OVER. Another one may be held on top
 * of it meanwhile; it is then told EVENT_COME_BACK. app/dialogue_stack.h does that.
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_DIALOGUE_H
#define PASAPAS_DIALOGUE_DIALOGUE_H

#include "dialogue/effect.h"
#include "dialogue/event.h"
#include "dialogue/glance.h"
#include "model/vocabulary.h"

#include <stdbool.h>

/* How something is given: what a voice may say is kept small, so that little can be mistaken; all
 * that can be carried out may be typed. */
enum channel {
    CHANNEL_SPOKEN,
    CHANNEL_TYPED,
    CHANNEL_PRIVATE /* typed where it may be a secret: the few words that act even there */
};

/* One for each kind of dialogue. `state` is that of struct dialogue. What is NULL is 0 or false. */
struct dialogue_methods {
    void (*handle)(void *state, const struct event *event, struct effects *effects);
    void (*vocabulary)(const void *state, enum channel channel, struct vocabulary *vocabulary);
    int (*pause_ms)(const void *state);
    int (*numbers)(const void *state);
    bool (*is_private)(const void *state);
    bool (*wants_line)(const void *state);
    bool (*wants_speech)(const void *state);
    bool (*takes_text)(const void *state, const char *text);
    void (*glance)(const void *state, struct glance *ret_glance);
    bool asks_back;
    bool takes_turns;
    bool gives_way;
    bool uses_microphone;
};

/* A dialogue that somebody else owns. */
struct dialogue {
    const struct dialogue_methods *methods;
    void *state;
};

/* Handles one event; appends to `effects`. */
void dialogue_handle(const struct dialogue *dialogue, const struct event *event,
                     struct effects *effects);

/*
 * The phrases that make sense now, appended to `vocabulary`: for a voice only these, else every
 * phrase that can be carried out from here. Command and argument of a phrase are those of its
 * event.
 */
void dialogue_vocabulary(const struct dialogue *dialogue, enum channel channel,
                         struct vocabulary *vocabulary);

/* Once all was said: after how many ms EVENT_PAUSE_OVER is due; 0: never. */
int dialogue_pause_ms(const struct dialogue *dialogue);

/* How many choices there are that a number takes now. */
int dialogue_numbers(const struct dialogue *dialogue);

/* True while a secret is being typed elsewhere: what is typed may be that, so only CHANNEL_PRIVATE
 * acts and may be written; all else is EVENT_SECRET, and what a voice says without being understood
 * is not answered. */
bool dialogue_is_private(const struct dialogue *dialogue);

/* True while any text may be typed, a name: what is no command is given by EVENT_NOT_UNDERSTOOD and
 * is no mistake. */
bool dialogue_wants_line(const struct dialogue *dialogue);

/* True if a text that was typed and is no phrase means something all the same, as a piece of a
 * title: it is given by EVENT_TYPED. */
bool dialogue_takes_text(const struct dialogue *dialogue, const char *text);

/* True while somebody is asked to speak: what was heard and is no command is given, too, by
 * EVENT_NOT_UNDERSTOOD. */
bool dialogue_wants_speech(const struct dialogue *dialogue);

/* What is seen of it, to be freed with glance_free(); of a kind that has nothing of its own to
 * show, what can be said. */
void dialogue_glance(const struct dialogue *dialogue, struct glance *ret_glance);

/* True if it asks "did you say this?" after EVENT_DOUBTFUL; else that is as good as a command, or
 * nearly. */
bool dialogue_asks_back(const struct dialogue *dialogue);

/* True if silence is left behind each sentence for who could not be heard otherwise. */
bool dialogue_takes_turns(const struct dialogue *dialogue);

/* True if it wants to know what was measured of the microphone (struct event). */
bool dialogue_uses_microphone(const struct dialogue *dialogue);

/* True if it is left (EVENT_LEAVE) for a phrase that only the dialogue below it knows. */
bool dialogue_gives_way(const struct dialogue *dialogue);

#endif
