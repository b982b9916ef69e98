/*
 * echo: takes what the loudspeaker says out of what the microphone hears (speexdsp).
 *
 * An adaptive filter learns the way from loudspeaker to microphone from the exact samples played,
 * then what is left of the echo is pressed down. Both streams run at ECHO_RATE and go in frame by
 * frame, the frame played at the moment at which the frame of the microphone was recorded; a delay
 * line holds the played samples back by the delay of the two devices, so that the filter only has
 * to span the room.
 *
 * Pure on buffers. Thread: one at a time. Allocates only in echo_new().
 */
#ifndef PASAPAS_ECHO_H
#define PASAPAS_ECHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ECHO_RATE         16000 /* Hz */
#define ECHO_FRAME_MAX    512   /* samples */
#define ECHO_DELAY_MAX_MS 1000  /* of the devices */

struct echo;

struct echo_config {
    size_t frame; /* samples per call, 1..ECHO_FRAME_MAX; 160 (10 ms) and 256 (16 ms) are good */
    int tail_ms;  /* how long the room rings, 32..500 (clamped); 200 suits a living room */
    /* From a sample's playing to its coming back, 0..ECHO_DELAY_MAX_MS (clamped). May be up to
     * half the tail too short; never too long, for an echo that comes before what caused it cannot
     * be taken out. */
    int delay_ms;
    bool suppress; /* also press down what the filter leaves (costs a little of the near voice) */
};

/* Never fails for a frame in its range; NULL otherwise. */
struct echo *echo_new(const struct echo_config *config);
void echo_free(struct echo *echo); /* accepts NULL */

/*
 * One frame: `microphone` and `played` in, `ret_clean` out, each of `frame` samples. `ret_clean`
 * may be the same buffer as `microphone`. Give silence as `played` when nothing is played.
 */
void echo_process(struct echo *echo, const int16_t *microphone, const int16_t *played,
                  int16_t *ret_clean);

/* Another delay; what was learned is kept and adapts. */
void echo_set_delay(struct echo *echo, int delay_ms);

/* Forgets what was learned, for another device or place. */
void echo_reset(struct echo *echo);

#endif
