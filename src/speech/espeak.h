/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * espeak: the one espeak-ng of the process.
 *
 * The library keeps all its state in globals, and two of our threads need it: the speaker's, to
 * speak, and the listener's, to know how words are pronounced. So each brackets its calls with
 * espeak_enter() and espeak_leave(), which let one thread in at a time. The main thread and the
 * audio callback never come here, and nobody waits for anything inside, so that the wait is at
 * most one sentence's synthesis (some ms).
 *
 * Once started it stays until the process ends: with version 1.51, the second espeak_ng_Terminate()
 * of a process waits for ever.
 *
 * Nothing here prints, nor lets the library print. Thread: any.
 */
#ifndef PASAPAS_SPEECH_ESPEAK_H
#define PASAPAS_SPEECH_ESPEAK_H

/* Initialises the library in synchronous mode, the first time. 0, or -1 if it is unusable. */
int espeak_start(void);

/* Hz, of the samples of the library's own voices. Only once it is started. */
int espeak_rate(void);

/* Its folder, where MBROLA's voices may be too. Only once it is started. */
const char *espeak_data(void);

/*
 * Waits for the library and makes `voice` (its name, "fr") current, or the best one for `language`
 * (BCP 47) if there is none of that name. Either may be NULL. Only once it is started. Returns 0,
 * or -1 if neither is there; then espeak_leave() must not be called.
 */
int espeak_enter(const char *voice, const char *language);
/* Between the two: Hz, of the samples of the current voice; MBROLA's have a rate of their own. */
int espeak_voice_rate(void);
void espeak_leave(void);

#endif
