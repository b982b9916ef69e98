/*
 * setup: the first start and "vérifier le son": hearing, the rate, a screen reader, the microphone,
 * how to listen, and one command as an exercise. A pure state machine like
 * dialogue/session/session.h, with the same events and effects: questions come out, answers come
 * in, and what is chosen is in its settings.
 *
 * Every question can be skipped, one by one or all at once, told again and gone back to; none is a
 * wall for who names a place to go to (EVENT_SETUP_LEAVE). None has a time limit: a question that
 * nobody answers is told a second time, at most, and then waits.
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_SOUND_SETUP_H
#define PASAPAS_DIALOGUE_SOUND_SETUP_H

#include "dialogue/session/session.h"

struct sound_setup;

struct sound_setup_config {
    const struct pack *pack;         /* outlives the setup */
    const struct settings *settings; /* copied */
    bool first;                      /* a first start: more is explained */
    bool speaks;                     /* something is spoken now */
    bool speaker;                    /* our own voice is there */
    bool dispatcher;                 /* Speech Dispatcher can be chosen */
    bool measures;                   /* loudspeaker and microphone can be tried together */
    bool hears;                      /* there is a microphone and what understands it */
    bool single_keys;                /* a key acts without Enter */
    bool other_language;             /* the system is set to a language that is not the pack's */
};

struct sound_setup *sound_setup_new(const struct sound_setup_config *config);
void sound_setup_free(struct sound_setup *setup); /* accepts NULL */

/*
 * Handles one event; appends to `effects` as session_handle() does. Begins with EVENT_START; ends
 * with EFFECT_SETUP_END, or EFFECT_QUIT. Each event brings what was measured of the microphone
 * since EFFECT_MEASURE was carried out, if there is one.
 */
void sound_setup_handle(struct sound_setup *setup, const struct event *event,
                        struct effects *effects);

/* How the learner likes it now; valid until the next event. */
const struct settings *sound_setup_settings(const struct sound_setup *setup);

/* The phrases that make sense now, as session_vocabulary(). */
void sound_setup_vocabulary(const struct sound_setup *setup, enum session_source source,
                            struct vocabulary *vocabulary);

/* Once all was said: after how many ms EVENT_SETUP_TICK is due; 0: never. */
int sound_setup_pause_ms(const struct sound_setup *setup);

/* True while somebody is asked to speak: what was heard and is no command is told, too, by
 * EVENT_NOT_UNDERSTOOD. */
bool sound_setup_wants_speech(const struct sound_setup *setup);

#endif
