/*
 * sound: the sound side of a session: one audio driver with a speaker and a listener on it.
 *
 * Thread: main; the two audio callbacks inside run on the driver's thread.
 */
#ifndef PASAPAS_SOUND_H
#define PASAPAS_SOUND_H

#include "audio.h"
#include "listener.h"
#include "speaker.h"

#include <stdbool.h>

struct microphone;
struct sound;

struct sound_config {
    const struct audio_driver *driver;
    const char *input, *output; /* see audio.h */
    bool speak, listen;         /* what is wanted */
    bool simulated;
    const struct voice *voice; /* outlives the sound */
    const char *voice_variant; /* of espeak-ng ("f3"), or NULL */
    const struct recog_driver *recog;
    enum listener_mode mode;
    const struct messages *messages;
};

/*
 * Opens and starts. A side that is not there is left out (sound_speaker() or sound_listener() is
 * then NULL). Returns 0, or -1 with a message to be freed with free() when nothing works.
 */
int sound_open(const struct sound_config *config, struct sound **ret_sound, char **ret_error);
void sound_close(struct sound *sound);

struct speaker *sound_speaker(const struct sound *sound);
struct listener *sound_listener(const struct sound *sound);

/* What the microphone hears, measured; NULL if nothing listens. */
struct microphone *sound_microphone(const struct sound *sound);

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
