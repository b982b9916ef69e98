/*
 * audio: the seam to sound. PCM out and PCM in, mono, 16 bit.
 *
 * A driver runs two callbacks, `render` for every block it plays and `capture` for every block it
 * recorded, from a thread of its own (PortAudio's callback, or a paced thread of the wav and null
 * drivers), or from audio_step() if it was opened with `simulated`. The callbacks obey the rules of
 * a real-time thread: no malloc, lock, file, log or call into the audio library; `render` always
 * fills its block.
 *
 * Thread: all functions below on the main thread. Errors: -1 and a message to be freed with
 * free(), that names the device or file and says what to do.
 */
#ifndef PASAPAS_AUDIO_AUDIO_H
#define PASAPAS_AUDIO_AUDIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AUDIO_NAME_SIZE 128

struct audio;
struct messages;

struct audio_callbacks {
    void *context;
    /* Fills `samples` with what to play next (silence if nothing). */
    void (*render)(void *context, int16_t *samples, size_t count);
    /* Takes what was just recorded. */
    void (*capture)(void *context, const int16_t *samples, size_t count);
};

struct audio_config {
    /* portaudio: part of a device's name, in any case, or NULL for the default. wav: the file to
     * read, of any rate and number of channels; NULL leaves this side out. null: ignored. */
    const char *input;
    const char *output; /* the same; wav: written as 16 bit mono at preferred_output_rate */
    bool want_input;
    bool want_output;
    int preferred_output_rate; /* Hz; the driver may choose another */
    int latency_ms; /* ask the output to hold this much at least; 0: as little as works */
    bool simulated; /* no thread: the caller drives with audio_step() */
    const struct messages *messages;
};

/* What the driver settled on. */
struct audio_format {
    int output_rate; /* Hz; 0: no output */
    int input_rate;  /* Hz; 0: no input */
    size_t block;    /* samples per callback at most, in either direction */
    /* What was opened, for people; "" for none. Not the device that was asked for if that was not
     * there: then it is the default one, and `_substitute` is true. */
    char output_name[AUDIO_NAME_SIZE];
    char input_name[AUDIO_NAME_SIZE];
    bool output_substitute;
    bool input_substitute;
};

/* How it runs. A device that works moves its counts several times a second; when one stands still
 * the device is gone, even if nobody said so: close the driver and open it again. */
struct audio_health {
    uint64_t output_beats; /* calls of `render` */
    uint64_t input_beats;  /* calls of `capture` */
    uint64_t underruns;    /* blocks that came too late to be played */
    uint64_t overruns;     /* recorded sound that was lost */
};

struct audio_driver {
    const char *name; /* "portaudio", "wav", "null" */
    /* Opens, does not start. `ret_error` is set only on failure. A device that is missing on one
     * side leaves that side's rate 0; only when nothing can be opened is it a failure. */
    int (*open)(const struct audio_config *config, const struct audio_callbacks *callbacks,
                struct audio **ret_audio, struct audio_format *ret_format, char **ret_error);
    int (*start)(struct audio *audio, char **ret_error);
    /* No callback runs any more when it returns; wav: what was said is complete on the disk, unless
     * take_error() tells otherwise. */
    void (*stop)(struct audio *audio);
    /* Ends at once, if stop() has not: what the device still holds may be dropped, so that a device
     * that is gone is not waited for. Accepts NULL. */
    void (*close)(struct audio *audio);
    /* Simulated only: one block in and out. Returns its length in ms. */
    int (*step)(struct audio *audio);
    /* True once the recording has ended (never for devices). Any thread. */
    bool (*input_ended)(const struct audio *audio);
    /* What went wrong since the start, told once: a message to be freed with free(), or NULL. wav:
     * the disk is full (ask after stop() too); the sound goes on without being written. */
    char *(*take_error)(struct audio *audio);
    void (*health)(const struct audio *audio, struct audio_health *ret_health);
};

extern const struct audio_driver audio_null;
extern const struct audio_driver audio_wav;
extern const struct audio_driver audio_portaudio;

#endif
