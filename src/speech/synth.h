/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * synth: the seam to a speech engine: one sentence of words to PCM.
 *
 * Each engine instance belongs to exactly one thread. Synthesis is asked to stop by the sink's
 * return value, never from another thread. The scripted double for tests lives in tests/.
 */
#ifndef PASAPAS_SPEECH_SYNTH_H
#define PASAPAS_SPEECH_SYNTH_H

#include "base/voice_range.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct synth;

#define SYNTH_VARIANT_SIZE (VOICE_VARIANT_MAX + 1)

/* The ranges are those of base/voice_range.h. */
struct synth_params {
    int rate;   /* words per minute (clamped) */
    int pitch;  /* (clamped) */
    int volume; /* percent (clamped) */
    /* Another voice, as the driver names it: a variant ("f3") or a voice of its own ("mb-fr1"); "":
     * the pack's. One that is not there is the pack's too. */
    char variant[SYNTH_VARIANT_SIZE];
};

/* Takes samples as they are made; returns false to stop the synthesis at once. With none it is only
 * asked whether they are still wanted. */
typedef bool (*synth_sink)(void *context, const int16_t *samples, size_t count);

/* Told of each word before its samples: where it begins in the sentence, in code points, and when,
 * in ms from the beginning of the sentence. */
typedef void (*synth_word)(void *context, size_t character, int ms);

/* What a pack says of its voice. All of it outlives the synth. */
struct synth_config {
    const char *voice;    /* as espeak-ng names it ("fr"), or NULL */
    const char *language; /* BCP 47, to fall back on, or NULL */
    char **command;       /* the words of a program that speaks instead (synth_pipe); NULL: none */
    size_t command_count;
    int command_rate; /* of its samples, Hz */
    char **variants;  /* of the voice, that go well with the language, or NULL */
    size_t variant_count;
};

/* Words per minute at which a program speaks that knows only longer and shorter. */
#define SYNTH_NORMAL_RATE 175

struct synth_driver {
    const char *name;
    /* True if it is the one for this pack; the first one in the list of drivers is taken. */
    bool (*is_for)(const struct synth_config *config);
    int (*open)(const struct synth_config *config, struct synth **ret_synth);
    /* The other voices that there are just now, for synth_params; how many. To be freed with
     * mem_free_texts(). NULL: there are none. */
    size_t (*voices)(const struct synth_config *config, char ***ret_names);
    int (*rate)(const struct synth *synth); /* of the samples, Hz */
    /* Returns 0 when all was made or the sink stopped it, -1 if the engine failed. `word`
     * may be NULL; an engine that does not know its words never calls it. */
    int (*say)(struct synth *synth, const char *sentence, const struct synth_params *params,
               synth_sink sink, synth_word word, void *context);
    void (*close)(struct synth *synth); /* accepts NULL */
};

extern const struct synth_driver synth_espeak;
extern const struct synth_driver synth_pipe;

/* The driver for a pack; there always is one. */
const struct synth_driver *synth_choose(const struct synth_config *config);

#endif
