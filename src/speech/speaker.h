/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speaker: says utterances through a synth into a ring that the audio callback empties.
 *
 * Interruption is one atomic: speaker_interrupt() bumps the generation, the callback drops every
 * block of an older one, the synthesis in progress ends at its next samples. The stream goes on.
 * Pause keeps the place at the sentence; resume begins that sentence again. Samples go into the
 * ring as the engine makes them, so that the first is heard at once; a short silence goes between
 * two sentences.
 *
 * Threads: the synth belongs to the speaker's own thread (speaker_open()), or, when simulated, to
 * whoever calls speaker_work(). speaker_render() is for the audio callback only: no lock, no
 * malloc. Everything else: main thread. No lock is held across a call into the engine.
 */
#ifndef PASAPAS_SPEECH_SPEAKER_H
#define PASAPAS_SPEECH_SPEAKER_H

#include "reading/utterance.h"
#include "speech/speech_point.h"
#include "speech/synth.h"

#include <stdbool.h>
#include <stdint.h>

struct speaker;

struct speaker_config {
    const struct synth_driver *driver;
    struct synth_config synth; /* for the driver; what it points to outlives the speaker */
    const struct reading_rules *reading; /* outlives the speaker */
    /* Hz, of the audio; resampled to with speexdsp. 0: not known yet; the engine gets ready, and
     * speech waits for speaker_set_output_rate(). */
    int output_rate;
    bool simulated; /* no thread; speaker_work() does its work */
};

/* Opens the engine on its own thread (simulated: with the first speaker_work()), so that this
 * returns at once. 0, or -1 with errno if there are no threads or descriptors left. */
int speaker_open(const struct speaker_config *config, struct speaker **ret_speaker);
/* Accepts NULL. Stop the audio first. */
void speaker_close(struct speaker *speaker);

/* Says an utterance (copied), by its rule. Returns its ticket, from 1 up. */
uint64_t speaker_say(struct speaker *speaker, const struct utterance *utterance);

/* Silence now; the queue is emptied, and a pause is over. So does an utterance that replaces. */
void speaker_interrupt(struct speaker *speaker);

/* Silence now; speaker_resume() goes on with the sentence that was being said. */
void speaker_pause(struct speaker *speaker);
void speaker_resume(struct speaker *speaker);
bool speaker_is_paused(const struct speaker *speaker);

/* Acts on the next sentence. */
void speaker_set_params(struct speaker *speaker, const struct synth_params *params);

/* The silence between two sentences at 175 words per minute, 0..4000 ms (clamped); it shrinks and
 * grows with the rate. 250 at the start. Acts on the next sentence. */
void speaker_set_gap(struct speaker *speaker, int ms);

/*
 * For taking turns: so much silence at least between two sentences, in ms at any rate; 0: none in
 * particular, as at the start. speaker_render() says of it that it is no speech, and it does not
 * end while speaker_hold() says that somebody speaks. Acts on the next sentence.
 */
void speaker_set_turn(struct speaker *speaker, int ms);

/* Which marks are said; acts on the next utterance. READING_MARKS_SOME at the start. */
void speaker_set_marks(struct speaker *speaker, enum reading_marks marks);

/* The audio was opened again: goes on at this rate (Hz) with the sentence that was being said. 0:
 * there is no output at present; what there is to say is kept, and speaker_is_busy() is false until
 * there is a rate again. To be called while no audio callback runs. */
void speaker_set_output_rate(struct speaker *speaker, int rate);

/*
 * Plays lower, at `percent` of the level (0..100), while somebody may be speaking; 100 for the full
 * level again. Heard at once. What is said after an interruption begins at the full level.
 */
void speaker_set_level(struct speaker *speaker, int percent);

/* A number that changes at the beginning and at the end of every sentence; 0 while nothing is being
 * said. */
uint64_t speaker_place(const struct speaker *speaker);

/* Where it is in what it says (speech/speech.h). False if there is nothing left to say. */
bool speaker_point(const struct speaker *speaker, struct speech_point *ret_point);

/* True from speaker_say() until the last sample of the queue went to the audio callback, or until
 * speaker_interrupt(); during a pause, if something is left to say. False while there is no output.
 */
bool speaker_is_busy(const struct speaker *speaker);

/*
 * An eventfd that becomes readable when all that was given to speaker_say() has been played, or
 * cannot be (see speaker_works()). speaker_interrupt() does not make it readable. Read it with
 * speaker_clear_idle(), then ask speaker_is_busy(), for something new may have been said since.
 */
int speaker_idle_fd(const struct speaker *speaker);
void speaker_clear_idle(struct speaker *speaker);

/* False once the engine turned out not to work; then nothing is ever said. */
bool speaker_works(const struct speaker *speaker);

/* Audio callback: somebody speaks; see speaker_set_turn(). */
void speaker_hold(struct speaker *speaker, bool hold);

/* Audio callback: the next `count` samples at the output's rate; silence if there is nothing.
 * Returns true if any of them is speech. */
bool speaker_render(struct speaker *speaker, int16_t *samples, size_t count);

/* Simulated only: synthesises until the ring is full or there is nothing left to say. */
void speaker_work(struct speaker *speaker);

#endif
