/*
 * endpoint: where speech begins and ends (endpointing). Pure: frames in, events out.
 *
 * Energy against an adaptive noise floor, with a minimum length for speech, a hangover that bridges
 * the pauses inside a phrase, and a pre-roll that keeps the onset. Time is counted in samples from
 * endpoint_init(), never read from a clock.
 */
#ifndef PASAPAS_ENDPOINT_H
#define PASAPAS_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENDPOINT_RATE  16000 /* Hz */
#define ENDPOINT_FRAME 160   /* samples: 10 ms */

struct endpoint_config {
    int hangover_ms; /* silence that ends an utterance, 250..900 */
    int minimum_ms;  /* shorter bursts are no speech */
    int maximum_ms;  /* longer utterances are cut: nobody commands for so long */
    int preroll_ms;  /* kept before the onset */
};

enum endpoint_event { ENDPOINT_NOTHING, ENDPOINT_BEGIN, ENDPOINT_CANCEL, ENDPOINT_END };

struct endpoint; /* state; see endpoint_new() */

/* The defaults, with the reason for each in endpoint.c. */
struct endpoint_config endpoint_default_config(void);

struct endpoint *endpoint_new(const struct endpoint_config *config);
void endpoint_free(struct endpoint *endpoint);
/* Forgets everything, the noise floor too. */
void endpoint_reset(struct endpoint *endpoint);

/* One frame of ENDPOINT_FRAME samples. */
enum endpoint_event endpoint_feed(struct endpoint *endpoint, const int16_t *frame);

/* The end of the input: ENDPOINT_END if speech was going on, else ENDPOINT_NOTHING. */
enum endpoint_event endpoint_finish(struct endpoint *endpoint);

/* After BEGIN or END: from where (pre-roll included) and to where, in samples since the start. */
void endpoint_span(const struct endpoint *endpoint, uint64_t *ret_from, uint64_t *ret_to);

#endif
