/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * endpoint: where speech begins and ends (endpointing). Pure: frames in, events out.
 *
 * Energy in the band of the voice against an adaptive noise floor, with a minimum length for
 * speech, a hangover that bridges the pauses inside a phrase, and a pre-roll that keeps the onset.
 * When speech ends, all of it is looked at again with what is then known of the noise: what was
 * only noise is cancelled, and noise before the first word is cut off. Time is counted in samples
 * from endpoint_new() or endpoint_reset(), never read from a clock. Thread: one at a time.
 */
#ifndef PASAPAS_DSP_ENDPOINT_H
#define PASAPAS_DSP_ENDPOINT_H

#include "dsp/listening_rate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct endpoint_config {
    int hangover_ms; /* silence that ends an utterance, 250..900; in noise half as much again */
    int pause_ms;    /* silence after which it may have ended already; less than hangover_ms */
    int early_ms;    /* the same, sooner, if endpoint_set_early() asks for it */
    int minimum_ms;  /* shorter bursts are no speech */
    int maximum_ms;  /* longer utterances are cut, the rest is dropped: nobody commands so long */
    int preroll_ms;  /* kept before the onset; after the end pause_ms are kept */
};

enum endpoint_event {
    ENDPOINT_NOTHING,
    ENDPOINT_BEGIN,  /* somebody may have begun to speak */
    ENDPOINT_PAUSE,  /* what had begun was speech and may have ended: a chance to work ahead */
    ENDPOINT_CANCEL, /* what had begun was too short, or noise */
    ENDPOINT_END     /* what had begun was speech and has ended */
};

struct endpoint; /* state; see endpoint_new() */

/* The defaults, with the reason for each in dsp/endpoint.c. */
struct endpoint_config endpoint_default_config(void);

struct endpoint *endpoint_new(const struct endpoint_config *config);
void endpoint_free(struct endpoint *endpoint);
/* Forgets everything, the noise floor too. */
void endpoint_reset(struct endpoint *endpoint);

/* Another hangover, from now on; more than pause_ms. */
void endpoint_set_hangover(struct endpoint *endpoint, int ms);

/* In this utterance there is an ENDPOINT_PAUSE after early_ms too. */
void endpoint_set_early(struct endpoint *endpoint, bool early);

/* One frame of LISTENING_FRAME samples. */
enum endpoint_event endpoint_feed(struct endpoint *endpoint, const int16_t *frame);

/* The end of the input: ENDPOINT_END or ENDPOINT_CANCEL if speech was going on, else
 * ENDPOINT_NOTHING. */
enum endpoint_event endpoint_finish(struct endpoint *endpoint);

/*
 * After ENDPOINT_PAUSE or ENDPOINT_END: what a recogniser should hear, in samples since the start:
 * the speech with pre-roll and pause_ms after it, so that both have the same span if the noise
 * did not change in between. It never goes further back than the previous speech's end.
 */
void endpoint_span(const struct endpoint *endpoint, uint64_t *ret_from, uint64_t *ret_to);
/* After ENDPOINT_BEGIN, ENDPOINT_PAUSE or ENDPOINT_END: the speech itself, as far as it is known.
 */
void endpoint_speech(const struct endpoint *endpoint, uint64_t *ret_from, uint64_t *ret_to);

/* The noise floor now, dB over one unit of amplitude, 0..90; for the sound check. */
double endpoint_floor_db(const struct endpoint *endpoint);

#endif
