/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sound: the sound side of a session: one audio driver with a speaker and a listener on it, and
 * what keeps them going when devices come and go.
 *
 * Thread: main; the two audio callbacks inside run on the driver's thread.
 */
#ifndef PASAPAS_APP_SOUND_H
#define PASAPAS_APP_SOUND_H

#include "audio/audio.h"
#include "listen/listener.h"
#include "speech/speaker.h"

#include <stdbool.h>
#include <stdint.h>

/* Hz, asked of the output: espeak-ng's own, which needs no resampling. */
#define SOUND_OUTPUT_RATE 22050

struct microphone;
struct sound;
struct echo_probe_result;

struct sound_config {
    const struct audio_driver *driver;
    const char *input, *output; /* see audio/audio.h; copied */
    bool speak, listen;         /* what is wanted */
    bool measured;              /* the devices are opened, but nobody speaks or listens */
    bool simulated;
    /* The driver's devices may come and go: sound_watch() opens them again. Then it is no failure
     * if there is none now. */
    bool watched;
    const struct pack *pack; /* outlives the sound */
    const struct synth_driver *synth;
    const struct recog_driver *recog;
    enum listener_mode mode;
    bool keep_samples;               /* see listen/listener.h */
    const struct messages *messages; /* outlives the sound */
    /* Milliseconds that never go back; called in the audio callback too. NULL: the system's. */
    int64_t (*now_ms)(void);
};

/*
 * Opens and starts. A side that is not there is left out (sound_speaker() or sound_listener() is
 * then NULL), unless the sound is watched: then it waits for its device. Returns 0, or -1 with a
 * message to be freed with free() when nothing works and nothing is watched, or nothing can be.
 */
int sound_open(const struct sound_config *config, struct sound **ret_sound, char **ret_error);
void sound_close(struct sound *sound); /* accepts NULL */

struct speaker *sound_speaker(const struct sound *sound);
struct listener *sound_listener(const struct sound *sound);

/* What the microphone hears, measured; NULL if nothing listens. */
struct microphone *sound_microphone(const struct sound *sound);

/* True if there is a device on that side now. False for NULL. */
bool sound_has_output(const struct sound *sound);
bool sound_has_input(const struct sound *sound);

/* What happened to the devices. */
struct sound_news {
    bool output_lost, input_lost; /* just now: they may be back at once */
    bool output_back, input_back; /* they work again */
};

/* Readable when sound_watch() is due; -1 if the sound is not watched. */
int sound_watch_fd(const struct sound *sound);

/*
 * Looks whether the devices are alive, and opens them again if one was lost or has come: what was
 * being said goes on at its sentence. May take a tenth of a second when it opens.
 */
void sound_watch(struct sound *sound, struct sound_news *ret_news);

/* What was opened, for people; "" for none. */
const char *sound_output_name(const struct sound *sound);
const char *sound_input_name(const struct sound *sound);

/*
 * The sound check (dsp/echo_probe.h): plays its signal instead of speech, for five seconds; speech
 * waits. -1 if a side is missing. Ask sound_check_result() now and then: false until it is done.
 */
int sound_check_start(struct sound *sound);
bool sound_check_result(struct sound *sound, struct echo_probe_result *ret_result);

/* Simulated only: one block of time. Returns its length in ms. */
int sound_step(struct sound *sound);

/* What went wrong since the start, told once: a message to be freed with free(), or NULL. */
char *sound_take_error(struct sound *sound);

/* Stops playing and recording; what was said is then complete in its file. sound_take_error() may
 * still be asked. */
void sound_stop(struct sound *sound);

/* True once the recording that is the microphone has ended. */
bool sound_input_ended(const struct sound *sound);

#endif
