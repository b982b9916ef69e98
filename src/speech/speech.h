/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speech: the seam to what says utterances: our own speaker (speech/speaker.h), or Speech
 * Dispatcher, which does synthesis and sound itself, with the voice that the user has chosen for
 * it.
 *
 * All functions accept NULL, which is silent. Thread: main.
 */
#ifndef PASAPAS_SPEECH_SPEECH_H
#define PASAPAS_SPEECH_SPEECH_H

#include "reading/utterance.h"
#include "speech/speech_point.h"

#include <stdbool.h>

struct speaker;
struct speech;

/* How it is said. What a way of speaking does not know of is left out. */
struct speech_params {
    int rate;   /* words per minute; 0: as the pack or Speech Dispatcher has it */
    int pitch;  /* VOICE_PITCH_NORMAL is normal */
    int volume; /* percent */
    int gap;    /* ms between two sentences (speaker only) */
    enum reading_marks marks;
    const char *variant; /* another voice, for the call only; NULL: the usual one */
};

/* Speech through a speaker, which outlives it; `rate` stands for the rate 0. NULL for NULL. */
struct speech *speech_through_speaker(struct speaker *speaker, int rate);

/* True if Speech Dispatcher can be spoken through: it was there when this was built. */
bool speech_has_dispatcher(void);

enum speech_opening { SPEECH_OPENED, SPEECH_NOT_BUILT, SPEECH_NO_SERVER };

/*
 * Speech through Speech Dispatcher (started if need be, as its library does). `language` is a BCP
 * 47 name. Priority "message": queued, and before the text that a screen reader reads out. Pause
 * keeps the place at the sentence. There may be one at a time: the library's callbacks have no
 * context.
 */
enum speech_opening speech_open_dispatcher(const char *language,
                                           const struct reading_rules *reading,
                                           struct speech **ret_speech);
void speech_close(struct speech *speech);

void speech_say(struct speech *speech, const struct utterance *utterance);
/* Silence now; what was to be said is forgotten. */
void speech_interrupt(struct speech *speech);
/* Silence now; speech_resume() goes on with the sentence that was being said. */
void speech_pause(struct speech *speech);
void speech_resume(struct speech *speech);
bool speech_is_paused(const struct speech *speech);
void speech_set_params(struct speech *speech, const struct speech_params *params);
/* For taking turns with who listens while it does not speak: so much silence after each sentence,
 * ms; see speaker_set_turn(). 0: none in particular, as at the start. */
void speech_set_turn(struct speech *speech, int ms);
/* Only where nobody but the caller knows when the turn is over (Speech Dispatcher): true while it
 * is silent behind a sentence, until speech_end_turn() lets it say the next one. */
bool speech_leaves_turn(const struct speech *speech);
void speech_end_turn(struct speech *speech);
/* Lower, at `percent` of its level, while somebody may be speaking (speaker only); 100: as before.
 */
void speech_set_level(struct speech *speech, int percent);
/* True while something is being said or, during a pause, left to say. */
bool speech_is_busy(const struct speech *speech);

/* Where it is in what is being said. False if nothing is, or that is not known. */
bool speech_point(const struct speech *speech, struct speech_point *ret_point);

/* Readable when something was said to its end (not always the last thing), or -1. Call
 * speech_clear_idle(), then ask speech_is_busy(). */
int speech_idle_fd(const struct speech *speech);
void speech_clear_idle(struct speech *speech);

/* The other voices that Speech Dispatcher has for its language, by the names for speech_params; how
 * many, at most SPEECH_VOICES_MAX. To be freed with mem_free_texts(). None where the voices are
 * somebody else's to know (the speaker's are its synth's). */
#define SPEECH_VOICES_MAX 20
size_t speech_voices(const struct speech *speech, char ***ret_names);

/* False once the engine or the server turned out not to work; then nothing is ever said. */
bool speech_works(const struct speech *speech);

/* --- for those who implement a way of speaking ----------------------------------------------- */

struct speech_driver {
    void (*close)(void *self);
    void (*say)(void *self, const struct utterance *utterance);
    void (*interrupt)(void *self);
    void (*pause)(void *self);
    void (*resume)(void *self);
    bool (*is_paused)(const void *self);
    void (*set_params)(void *self, const struct speech_params *params);
    void (*set_turn)(void *self, int ms);  /* may be NULL */
    bool (*leaves_turn)(const void *self); /* NULL: it knows by itself when a turn is over */
    void (*end_turn)(void *self);
    void (*set_level)(void *self, int percent); /* the same */
    bool (*is_busy)(const void *self);
    bool (*point)(const void *self, struct speech_point *ret_point); /* may be NULL */
    size_t (*voices)(const void *self, char ***ret_names);           /* may be NULL */
    int (*idle_fd)(const void *self);
    void (*clear_idle)(void *self);
    bool (*works)(const void *self);
};

struct speech *speech_new(const struct speech_driver *driver, void *self);

#endif
