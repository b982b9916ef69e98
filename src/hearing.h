/*
 * hearing: from what the microphone hears to single utterances: resampling, echo, gate, endpoint.
 *
 * Samples of any rate go in, utterances at ENDPOINT_RATE come out through a callback. Only the last
 * seconds are held, in memory, and nothing is ever written anywhere. No clock, no file, no thread.
 * Thread: one at a time.
 */
#ifndef PASAPAS_HEARING_H
#define PASAPAS_HEARING_H

#include "endpoint.h"
#include "listener.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hearing;

enum hearing_kind {
    HEARING_ONSET, /* somebody may have begun to speak */
    /* Somebody may have finished: perhaps the same samples come again as an utterance. Not sent
     * for long speech, which is no command. */
    HEARING_PAUSE,
    HEARING_UTTERANCE, /* somebody has spoken */
    /* What had begun was nothing, or goes on for longer than any command: then the utterance comes
     * all the same when it ends. */
    HEARING_NOTHING
};

struct hearing_event {
    enum hearing_kind kind;
    const int16_t *samples; /* of a pause or utterance, with pre-roll; gone after the callback */
    size_t count;
    double start_s; /* of the speech itself, seconds since the beginning */
    double end_s;
    double lag_s;       /* from the end of the speech to what was heard last */
    bool during_speech; /* the assistant was speaking when it began */
    bool over_others;   /* it was not, but something else was played, and its echo taken out */
};

typedef void (*hearing_sink)(void *context, const struct hearing_event *event);

struct hearing_config {
    int input_rate;  /* Hz, from 1 up */
    int output_rate; /* Hz, of the samples played; 0 if none */
    enum listener_mode mode;
    struct endpoint_config endpoint;
    hearing_sink sink;
    void *context;
};

/* Never fails for rates in their range. */
struct hearing *hearing_new(const struct hearing_config *config);
void hearing_free(struct hearing *hearing); /* accepts NULL */

/* Until it is measured: how long after speech LISTENER_HALF stays deaf. */
#define HEARING_TAIL_MS 300

/* What was measured: the delay of the echo, and the tail of LISTENER_HALF. */
void hearing_set_room(struct hearing *hearing, int delay_ms, int tail_ms);

/* See endpoint_set_hangover(). */
void hearing_set_hangover(struct hearing *hearing, int ms);

void hearing_set_mode(struct hearing *hearing, enum listener_mode mode);

/* The next samples of the microphone. `speaking`: the assistant was speaking meanwhile. */
void hearing_feed(struct hearing *hearing, const int16_t *samples, size_t count, bool speaking);
/* The next samples played, to be given before the samples of the microphone of the same time. Only
 * used in LISTENER_ECHO. */
void hearing_played(struct hearing *hearing, const int16_t *samples, size_t count);
/* From now on they come from elsewhere, at another rate, Hz; 0: there are none. */
void hearing_set_output_rate(struct hearing *hearing, int rate);

/* The next samples of the microphone were recorded before the last `newer` samples that were given
 * to hearing_played() were played: devices start one after the other, and blocks get lost. */
void hearing_align(struct hearing *hearing, uint64_t newer);

/* The input has ended: what was being said is an utterance. */
void hearing_finish(struct hearing *hearing);

#endif
