/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * listener: microphone samples to what was heard, on a thread of its own: intake -> front_end ->
 * interpreter -> events for the main thread.
 *
 * Threads: listener_capture() and listener_played() are for the audio callback (no lock, no
 * malloc). The work is done on the listener's own thread, or, when simulated, by listener_work() on
 * the caller's. The recogniser loads on that thread. Everything else: main thread.
 */
#ifndef PASAPAS_LISTEN_LISTENER_H
#define PASAPAS_LISTEN_LISTENER_H

#include "dsp/endpoint.h"
#include "listen/heard.h"
#include "listen/listener_mode.h"
#include "listen/recog.h"
#include "model/vocabulary.h"

#include <stdbool.h>
#include <stdint.h>

struct calibration;
struct listener;

struct listener_config {
    const struct recog_driver *driver;
    const struct pack *pack; /* outlives the listener */
    int input_rate;          /* Hz, of the samples captured; 0: no input yet */
    int output_rate;         /* Hz, of the samples played; 0 if none */
    enum listener_mode mode;
    struct endpoint_config endpoint;
    bool simulated;
    bool keep_samples; /* listener_set_learning() from the start */
};

/* 0, or -1 if there are no threads or descriptors left. That the recogniser cannot be used is told
 * later, as HEARD_FAILED; then nothing is ever heard. */
int listener_open(const struct listener_config *config, struct listener **ret_listener);
void listener_close(struct listener *listener); /* accepts NULL; no audio callback runs any more */

/* What makes sense from now on (copied). */
void listener_set_vocabulary(struct listener *listener, const struct vocabulary *vocabulary);
/* Who speaks from now on (copied): see listen/recog.h. An empty one: nobody in particular. */
void listener_set_calibration(struct listener *listener, const struct calibration *calibration);
void listener_set_mode(struct listener *listener, enum listener_mode mode);

/* While somebody teaches how they speak: each phrase comes with what was heard, and nothing is
 * decided before its end, nor by what was said before it. */
void listener_set_learning(struct listener *listener, bool learning);

/* How much silence ends an utterance, ms; at the start as in the endpoint's config. */
void listener_set_hangover(struct listener *listener, int ms);

/* What was measured of the devices: the delay of the echo, and for LISTENER_HALF how long to wait
 * after speech, in ms. 0 and 300 at the start. */
void listener_set_room(struct listener *listener, int delay_ms, int tail_ms);

/*
 * The audio was opened again, at these rates (Hz; 0: that side is not there): forgets what was
 * heard before. Waits until the thread has done so. To be called while no audio callback runs.
 */
void listener_set_rates(struct listener *listener, int input_rate, int output_rate);

/* True between HEARD_ONSET and what follows it. Any thread. */
bool listener_is_hearing(const struct listener *listener);

/* An eventfd, readable when listener_next() has something. */
int listener_fd(const struct listener *listener);
/* Takes one event; false if there is none. To be freed with heard_free(). */
bool listener_next(struct listener *listener, struct heard *ret_heard);

/* Audio callback. `speaking`: what is being played now is speech of ours. */
void listener_capture(struct listener *listener, const int16_t *samples, size_t count);
void listener_played(struct listener *listener, const int16_t *samples, size_t count,
                     bool speaking);

/* All that is played in the room, ours and others' (audio/pulse_monitor.h), at
 * LISTENING_RATE: from the first samples on it is the reference of the echo instead of what
 * was given to listener_played(), until `samples` is NULL. One thread at a time, and none during
 * listener_set_rates(). */
void listener_monitored(struct listener *listener, const int16_t *samples, size_t count);

/* Simulated only: works on all that was captured so far. */
void listener_work(struct listener *listener);

/*
 * Simulated only: forgets all that was heard and goes on as if opened anew, with samples of this
 * rate; the recogniser, its vocabulary, and events not taken yet stay.
 */
void listener_restart(struct listener *listener, int input_rate);

/* The input has ended: what was being said is decided. Blocks until it is (simulated: at once). */
void listener_finish(struct listener *listener);

#endif
