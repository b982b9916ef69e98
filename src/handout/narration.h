/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * narration: texts read aloud by a speech engine into MP3, and when each of them is heard.
 *
 * Thread: one at a time, which has the engine to itself.
 */
#ifndef PASAPAS_HANDOUT_NARRATION_H
#define PASAPAS_HANDOUT_NARRATION_H

#include "reading/reading.h"
#include "speech/synth.h"

#include <stddef.h>

struct strbuf;
struct narration;

struct narration_config {
    const struct synth_driver *driver;
    struct synth_config synth;           /* for the driver; what it points to outlives it */
    const struct reading_rules *reading; /* outlives it */
    int rate;                            /* words per minute */
};

/* When a text is heard, in ms from the beginning of its file; 0 and 0: it has no words. */
struct narration_clip {
    long begin, end;
};

/* The engine, or NULL if it does not work. */
struct narration *narration_open(const struct narration_config *config);
void narration_close(struct narration *narration); /* accepts NULL */

/* False if this libsndfile writes no MP3 (before 1.1). */
bool narration_can_encode(void);

/*
 * Says the texts one after another, with a silence between them, and appends the MP3 file to `mp3`;
 * `ret_clips` has room for `count`. The file's length in ms, or -1 if the engine or the encoder
 * failed.
 */
long narration_make(struct narration *narration, const char *const *texts, size_t count,
                    struct strbuf *mp3, struct narration_clip *ret_clips);

#endif
