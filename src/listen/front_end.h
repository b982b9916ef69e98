/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * front_end: from what the microphone hears to single utterances: resampling, echo, gate, endpoint.
 *
 * Samples of any rate go in, utterances at LISTENING_RATE come out through a callback. Only the
 * last seconds are held, in memory, and nothing is ever written anywhere. No clock, no file, no
 * thread. Thread: one at a time.
 */
#ifndef PASAPAS_LISTEN_FRONT_END_H
#define PASAPAS_LISTEN_FRONT_END_H

#include "dsp/endpoint.h"
#include "listen/listener_mode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct front_end;

enum front_end_kind {
    FRONT_END_ONSET, /* somebody may have begun to speak */
    /* Somebody may have finished: perhaps the same samples come again as an utterance. Not sent
     * for long speech, which is no command. */
    FRONT_END_PAUSE,
    FRONT_END_UTTERANCE, /* somebody has spoken */
    /* What had begun was nothing, or goes on for longer than any command: then the utterance comes
     * all the same when it ends. */
    FRONT_END_NOTHING
};

struct front_end_event {
    enum front_end_kind kind;
    const int16_t *samples; /* of a pause or utterance, with pre-roll; gone after the callback */
    size_t count;
    double start_s; /* of the speech itself, seconds since the beginning */
    double end_s;
    double lag_s;       /* from the end of the speech to what was heard last */
    bool during_speech; /* the assistant was speaking when it began */
    bool over_others;   /* it was not, but something else was played, and its echo taken out */
};

typedef void (*front_end_sink)(void *context, const struct front_end_event *event);

struct front_end_config {
    int input_rate;  /* Hz; 0: no input yet */
    int output_rate; /* Hz, of the samples played; 0 if none */
    enum listener_mode mode;
    struct endpoint_config endpoint;
    front_end_sink sink;
    void *context;
};

/* Never fails for rates in their range. */
struct front_end *front_end_new(const struct front_end_config *config);
void front_end_free(struct front_end *front_end); /* accepts NULL */

/* Until it is measured: how long after speech LISTENER_HALF stays deaf. */
#define FRONT_END_TAIL_MS 300

/* What was measured: the delay of the echo, and the tail of LISTENER_HALF. */
void front_end_set_room(struct front_end *front_end, int delay_ms, int tail_ms);

/* See endpoint_set_hangover(). */
void front_end_set_hangover(struct front_end *front_end, int ms);

void front_end_set_mode(struct front_end *front_end, enum listener_mode mode);

/* The next samples of the microphone. `speaking`: the assistant was speaking meanwhile. */
void front_end_feed(struct front_end *front_end, const int16_t *samples, size_t count,
                    bool speaking);
/* The next samples played, to be given before the samples of the microphone of the same time. Only
 * used in LISTENER_ECHO. */
void front_end_played(struct front_end *front_end, const int16_t *samples, size_t count);
/* From now on they come from elsewhere, at another rate, Hz; 0: there are none. */
void front_end_set_output_rate(struct front_end *front_end, int rate);

/* The next samples of the microphone were recorded before the last `newer` samples that were given
 * to front_end_played() were played: devices start one after the other, and blocks get lost. */
void front_end_align(struct front_end *front_end, uint64_t newer);

/* The input has ended: what was being said is an utterance. */
void front_end_finish(struct front_end *front_end);

#endif
