/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audio_double: an audio driver whose devices fail on purpose, on a clock of its own.
 *
 * One at a time. Each step is one block in and out, if the devices are there and alive.
 */
#ifndef PASAPAS_AUDIO_DOUBLE_H
#define PASAPAS_AUDIO_DOUBLE_H

#include "audio/audio.h"

#define AUDIO_DOUBLE_RATE 16000 /* Hz, if the test does not set another */
#define AUDIO_DOUBLE_MS   10

/* What the test sets, and what happened. */
struct audio_double {
    bool output_there, input_there;   /* plugged in: can be opened */
    bool output_stands, input_stands; /* opened, but nothing comes any more; until opened again */
    bool busy;                        /* another program has them: opening fails */
    int rate;                         /* Hz, of both from the next opening on; 48000 at most */
    int default_device;               /* a number for what "default" is */
    int opened_device;                /* what it was at the last opening */
    bool start_fails;
    uint64_t underruns;
    int64_t now_ms;
    int opened, closed; /* how often */
    int latency_ms;     /* asked for at the last opening */
    bool loud;          /* the microphone hears a buzz like a voice */
    uint64_t rendered;  /* samples played that are not silence */
};

extern struct audio_double audio_double;
extern const struct audio_driver audio_double_driver;

/* All is there and works, nothing has happened. */
void audio_double_reset(void);

/* The clock: goes on with every step. */
int64_t audio_double_now_ms(void);

#endif
