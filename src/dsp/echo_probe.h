/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * echo_probe: what a microphone hears of a loudspeaker, measured with a signal.
 *
 * ECHO_PROBE_SWEEPS sweeps are played between silences. From what was recorded meanwhile come the
 * delay of the two devices (matched filter), the level of the echo, the noise of the room and how
 * long the room rings; from these, whether dsp/echo.h can take the echo out. Pure, on buffers of
 * LISTENING_RATE. Thread: any.
 */
#ifndef PASAPAS_DSP_ECHO_PROBE_H
#define PASAPAS_DSP_ECHO_PROBE_H

#include "dsp/listening_rate.h"
#include "dsp/microphone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ECHO_PROBE_SWEEPS       3
#define ECHO_PROBE_DELAY_MAX_MS 1000
/* All of the signal, with the silence after it for the longest delay. */
#define ECHO_PROBE_MS 5000

/* What came back of the signal. */
enum echo_probe_finding {
    ECHO_PROBE_MUTED,     /* the microphone gives nothing: nothing can be said */
    ECHO_PROBE_NO_ECHO,   /* the microphone does not hear the loudspeaker: headphones */
    ECHO_PROBE_WEAK_ECHO, /* it does, but the echo can be taken out */
    ECHO_PROBE_LOUD_ECHO, /* too loud, or distorted, to be taken out */
    ECHO_PROBE_LATE_ECHO  /* comes too late to be taken out */
};

struct echo_probe_result {
    enum echo_probe_finding finding;
    bool heard;      /* the signal came back */
    int delay_ms;    /* from its playing to its coming back; 0 if it did not */
    int tail_ms;     /* after its end, until the room is quiet again, with the delay */
    double echo_db;  /* of the sweeps as they came back, against as they were played */
    double floor_db; /* of the room, as in dsp/microphone.h */
    struct microphone_measure measure; /* of the same time, as it was given */
};

/* The signal, ECHO_PROBE_MS long, at any rate; to be freed with free(). */
size_t echo_probe_signal(int rate, int16_t **ret_samples);

/*
 * `recorded` begins with what was recorded when the signal's first sample was played. What is
 * missing at its end counts as silence. `measure`: of the same time, see dsp/microphone.h.
 */
void echo_probe_judge(const int16_t *recorded, size_t count,
                      const struct microphone_measure *measure,
                      struct echo_probe_result *ret_result);

#endif
