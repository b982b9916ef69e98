/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pulse_monitor: all that is played where the assistant's own voice is played: a screen reader, a
 * video, a call. A sound server (PulseAudio, or PipeWire in its place) gives a copy of it, its
 * "monitor", and with that as reference the echo canceller takes the others out too
 * (listen/listener.h).
 *
 * Which output it is is asked of the server: the one that plays a stream of this process. It is
 * followed when the stream is moved, and given up when there is none. Samples, mono at
 * LISTENING_RATE, are handed on at once and kept nowhere.
 *
 * Thread: main; the callback runs on a thread of the library's. Nothing is ever printed. Without
 * libpulse (configure) pulse_monitor_open() always returns NULL.
 */
#ifndef PASAPAS_AUDIO_PULSE_MONITOR_H
#define PASAPAS_AUDIO_PULSE_MONITOR_H

#include "dsp/listening_rate.h"

#include <stddef.h>
#include <stdint.h>

struct pulse_monitor;

/* The next samples played by all; `samples` NULL: there will be no more until there are again. */
typedef void (*pulse_monitor_sink)(void *context, const int16_t *samples, size_t count);

/* NULL if there is no sound server. Waits for nothing. */
struct pulse_monitor *pulse_monitor_open(pulse_monitor_sink sink, void *context);
/* The callback has ended when it returns. Accepts NULL. */
void pulse_monitor_close(struct pulse_monitor *monitor);

#endif
