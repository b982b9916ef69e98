/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audio: the seam to sound: back-ends that play and record PCM, mono, 16 bit.
 *
 * USING ONE
 *
 * audio_find() gives the back-end that `--audio` calls for: a driver and what it is like. open()
 * opens what the driver has, start() begins, stop() and close() end. While it runs it calls two
 * functions of the caller, the callbacks:
 *
 *     render   asks for the next samples to play; all of the block is to be filled
 *     capture  hands over the samples that were just recorded
 *
 * Callbacks run on a thread of the driver's that may not be late. In them: no malloc, no lock, no
 * file, no log, no call into an audio library; rings and atomics only.
 *
 * WRITING ONE
 *
 * A back-end is one file, audio_NAME.c, that defines `const struct audio_driver audio_NAME`, and
 * one row in audio/backends.def. What it is like stands in the row's flags: nobody asks for its
 * name. A driver without a device takes its blocks and their thread from audio/audio_paced.h.
 *
 * Main thread. All functions of struct audio_driver are called here, one after the other, but
 * input_ended(), which any thread may ask. They may wait for a device some tenths of a second,
 * never for ever: a device that is gone must not hold up close().
 *
 * Threads of the driver. render() and capture() may be called from one thread or from two at once,
 * but each from one at a time. Neither is called before start() nor once stop() or close() has
 * returned. A block has 1 to audio_format.block samples, and blocks may differ. render() is called
 * for every block played, also when there is nothing to say, and is never left out to save work:
 * that the calls come is how the caller knows that the device is alive (audio/device_watch.h).
 * Nothing that render() gave may be dropped or played twice without audio_health telling so: the
 * echo canceller compares it with what capture() brings. Blocks that were recorded are handed over
 * at once, not gathered.
 *
 * Opened with `simulated` there is no thread: the callbacks run inside step(), on the main thread,
 * as fast as it is called, and the same input gives the same output.
 *
 * Terminal. Neither the driver nor its library writes on it (audio/stderr_guard.h).
 *
 * Errors: -1 and a message to be freed with free(), that names the device or file and says what to
 * do; other out-parameters are then untouched.
 */
#ifndef PASAPAS_AUDIO_AUDIO_H
#define PASAPAS_AUDIO_AUDIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AUDIO_NAME_SIZE 128 /* bytes of a device's or file's name, with the NUL; longer is cut */

struct audio; /* what a driver has open; each driver has its own */
struct messages;

/* What a back-end is like; any of them together. */
enum audio_flags {
    /* Devices among people, at their own pace: cannot be stepped. */
    AUDIO_LIVE = 1 << 0,
    /* What is played comes back in what is recorded, through a room or otherwise. */
    AUDIO_ECHO = 1 << 1,
    /* Devices come and go: that there is none now is no failure, and open() may find others. */
    AUDIO_HOTPLUG = 1 << 2,
    /* Somebody may be heard. Without it the input is silence and never gives a command. */
    AUDIO_VOICE = 1 << 3,
    /* The input ends by itself, and the session with it: see input_ended(). */
    AUDIO_ENDS = 1 << 4,
    /* Named with its files, "NAME:IN,OUT"; a side without one is left out. */
    AUDIO_FILES = 1 << 5
};

struct audio_callbacks {
    void *context;
    /* Fills `samples` with what to play next (silence if nothing). */
    void (*render)(void *context, int16_t *samples, size_t count);
    /* Takes what was just recorded. */
    void (*capture)(void *context, const int16_t *samples, size_t count);
};

/* What is asked of a driver. Everything in it but `messages` may be gone after open(). */
struct audio_config {
    /* What to open: a file for AUDIO_FILES, else part of a device's name, in any case. NULL: no
     * file, or the usual device. */
    const char *input, *output;
    bool want_input, want_output; /* false: that side is left out */
    int preferred_output_rate;    /* Hz, from 1 up; the driver may choose another */
    int latency_ms; /* ask the output to hold this much at least; 0: as little as works */
    bool simulated; /* no thread: the caller drives with step(); never for AUDIO_LIVE */
    const struct messages *messages; /* outlives the struct audio */
};

/* What the driver settled on. */
struct audio_format {
    int output_rate; /* Hz; 0: no output */
    int input_rate;  /* Hz; 0: no input. LISTENING_RATE (dsp/listening_rate.h) costs least */
    size_t block;    /* samples per callback at most, in either direction */
    /* What was opened, for people and for the settings of a pair of devices: not empty, and the
     * same each time it is the same device; "" for none. Not the device that was asked for if that
     * was not there: then it is the usual one, and `_substitute` is true. */
    char output_name[AUDIO_NAME_SIZE];
    char input_name[AUDIO_NAME_SIZE];
    bool output_substitute;
    bool input_substitute;
};

/* How it runs, counted from open(). A device that works moves its beats several times a second;
 * when one stands still the device is gone, even if nobody said so. */
struct audio_health {
    uint64_t output_beats; /* calls of `render` */
    uint64_t input_beats;  /* calls of `capture` */
    uint64_t underruns;    /* blocks that came too late to be played */
    uint64_t overruns;     /* recorded sound that was lost */
};

struct audio_driver {
    const char *name; /* in what is told of it */

    /* Opens what there is now; calls no callback yet. A device that is missing on one side leaves
     * that side's rate 0; a failure is only if nothing can be opened, or a file cannot. Several may
     * be open one after the other, never at once. */
    int (*open)(const struct audio_config *config, const struct audio_callbacks *callbacks,
                struct audio **ret_audio, struct audio_format *ret_format, char **ret_error);
    /* From now on the callbacks are called (simulated: by step() only). After a failure close() is
     * still to be called. */
    int (*start)(struct audio *audio, char **ret_error);
    /* What was rendered is played, or complete in its file, when it returns, unless take_error()
     * tells otherwise. */
    void (*stop)(struct audio *audio);
    /* Ends at once, if stop() has not: what the device still holds is dropped. Frees. Accepts
     * NULL. */
    void (*close)(struct audio *audio);
    /* One block in and out. Returns its length in ms, 1 and up. NULL for AUDIO_LIVE. */
    int (*step)(struct audio *audio);
    /* True once the input has ended; silence is captured from then on. Any thread. NULL without
     * AUDIO_ENDS. */
    bool (*input_ended)(const struct audio *audio);
    /* What went wrong since start(), told once, while the sound goes on as far as it can: a message
     * to be freed with free(), or NULL. May be asked after stop() too. NULL if nothing can. */
    char *(*take_error)(struct audio *audio);
    void (*health)(const struct audio *audio, struct audio_health *ret_health);
};

/* A row of audio/backends.def. */
struct audio_backend {
    const char *word; /* what `--audio` calls it, with the colon of AUDIO_FILES */
    unsigned flags;   /* of enum audio_flags */
    const struct audio_driver *driver;
};

/*
 * The back-end that `text` calls for: its word, followed for AUDIO_FILES by "IN,OUT", of which one
 * may be empty; `text` NULL: the usual one. NULL if there is none, or its files are missing.
 * Thread: any.
 */
const struct audio_backend *audio_find(const char *text);

/* The files in `text`: IN ends at the last comma. Both to be freed with free(); NULL for one that
 * is empty or was not given, and without AUDIO_FILES. */
void audio_files(const char *text, char **ret_input, char **ret_output);

#define AUDIO_BACKEND(name, word, flags, meaning) extern const struct audio_driver audio_##name;
#include "audio/backends.def"

#endif
