/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stderr_guard: keeps the sound libraries from writing on the terminal.
 *
 * ALSA, JACK and their plugins write on standard error while they look for devices: a hundred lines
 * on a machine without sound. Standard error is the whole process's, so what another thread writes
 * to it in between is lost as well; nothing of ours but main writes there.
 * Thread: main.
 */
#ifndef PASAPAS_AUDIO_STDERR_GUARD_H
#define PASAPAS_AUDIO_STDERR_GUARD_H

/* Points standard error to nowhere. Returns what stderr_guard_end() needs. No nesting. */
int stderr_guard_begin(void);
void stderr_guard_end(int saved);

/* Makes ALSA, if it is in this process, keep its messages to itself from now on: some come later,
 * from threads of its own. */
void stderr_guard_alsa(void);

/*
 * From now on only the calling thread can write to stderr (the FILE of stdio, not the descriptor):
 * PortAudio's threads print there, without end, when a sound server dies under them. Has to be
 * called by the main thread; calling it again does nothing.
 */
void stderr_guard_threads(void);

#endif
