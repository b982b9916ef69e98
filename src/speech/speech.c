/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/speech.h"

#include "base/mem.h"
#include "speech/speaker.h"

#include <stdio.h>
#include <stdlib.h>

struct speech {
    const struct speech_driver *driver;
    void *self;
};

struct speech *speech_new(const struct speech_driver *driver, void *self)
{
    struct speech *speech = xcalloc(1, sizeof *speech);
    *speech = (struct speech){driver, self};
    return speech;
}

void speech_close(struct speech *speech)
{
    if (!speech)
        return;
    speech->driver->close(speech->self);
    free(speech);
}

void speech_say(struct speech *speech, const struct utterance *utterance)
{
    if (speech)
        speech->driver->say(speech->self, utterance);
}

void speech_interrupt(struct speech *speech)
{
    if (speech)
        speech->driver->interrupt(speech->self);
}

void speech_pause(struct speech *speech)
{
    if (speech)
        speech->driver->pause(speech->self);
}

void speech_resume(struct speech *speech)
{
    if (speech)
        speech->driver->resume(speech->self);
}

bool speech_is_paused(const struct speech *speech)
{
    return speech && speech->driver->is_paused(speech->self);
}

void speech_set_params(struct speech *speech, const struct speech_params *params)
{
    if (speech)
        speech->driver->set_params(speech->self, params);
}

void speech_set_turn(struct speech *speech, int ms)
{
    if (speech && speech->driver->set_turn)
        speech->driver->set_turn(speech->self, ms);
}

void speech_set_level(struct speech *speech, int percent)
{
    if (speech && speech->driver->set_level)
        speech->driver->set_level(speech->self, percent);
}

bool speech_leaves_turn(const struct speech *speech)
{
    return speech && speech->driver->leaves_turn && speech->driver->leaves_turn(speech->self);
}

void speech_end_turn(struct speech *speech)
{
    if (speech_leaves_turn(speech))
        speech->driver->end_turn(speech->self);
}

bool speech_is_busy(const struct speech *speech)
{
    return speech && speech->driver->is_busy(speech->self);
}

bool speech_point(const struct speech *speech, struct speech_point *ret_point)
{
    return speech && speech->driver->point && speech->driver->point(speech->self, ret_point);
}

size_t speech_voices(const struct speech *speech, char ***ret_names)
{
    *ret_names = NULL;
    return speech && speech->driver->voices ? speech->driver->voices(speech->self, ret_names) : 0;
}

int speech_idle_fd(const struct speech *speech)
{
    return speech ? speech->driver->idle_fd(speech->self) : -1;
}

void speech_clear_idle(struct speech *speech)
{
    if (speech)
        speech->driver->clear_idle(speech->self);
}

bool speech_works(const struct speech *speech)
{
    return speech && speech->driver->works(speech->self);
}

/* --- through our own speaker ------------------------------------------------------------------ */

struct by_speaker {
    struct speaker *speaker;
    int rate;
};

static struct speaker *of(const void *self)
{
    return ((const struct by_speaker *)self)->speaker;
}

static void close_it(void *self)
{
    free(self);
}

static void say(void *self, const struct utterance *utterance)
{
    speaker_say(of(self), utterance);
}

static void interrupt(void *self)
{
    speaker_interrupt(of(self));
}

static void pause_it(void *self)
{
    speaker_pause(of(self));
}

static void resume(void *self)
{
    speaker_resume(of(self));
}

static bool is_paused(const void *self)
{
    return speaker_is_paused(of(self));
}

static void set_params(void *self, const struct speech_params *params)
{
    const struct by_speaker *by = self;
    struct synth_params synth = {
        .rate = params->rate ? params->rate : by->rate,
        .pitch = params->pitch,
        .volume = params->volume,
    };
    snprintf(synth.variant, sizeof synth.variant, "%s", params->variant ? params->variant : "");
    speaker_set_params(by->speaker, &synth);
    speaker_set_gap(by->speaker, params->gap);
    speaker_set_marks(by->speaker, params->marks);
}

static void set_turn(void *self, int ms)
{
    speaker_set_turn(of(self), ms);
}

static void set_level(void *self, int percent)
{
    speaker_set_level(of(self), percent);
}

static bool is_busy(const void *self)
{
    return speaker_is_busy(of(self));
}

static bool point(const void *self, struct speech_point *ret_point)
{
    return speaker_point(of(self), ret_point);
}

static int idle_fd(const void *self)
{
    return speaker_idle_fd(of(self));
}

static void clear_idle(void *self)
{
    speaker_clear_idle(of(self));
}

static bool works(const void *self)
{
    return speaker_works(of(self));
}

struct speech *speech_through_speaker(struct speaker *speaker, int rate)
{
    static const struct speech_driver driver = {
        .close = close_it,
        .say = say,
        .interrupt = interrupt,
        .pause = pause_it,
        .resume = resume,
        .is_paused = is_paused,
        .set_params = set_params,
        .set_turn = set_turn,
        .set_level = set_level,
        .is_busy = is_busy,
        .point = point,
        .idle_fd = idle_fd,
        .clear_idle = clear_idle,
        .works = works,
    };
    if (!speaker)
        return NULL;
    struct by_speaker *by = xcalloc(1, sizeof *by);
    *by = (struct by_speaker){speaker, rate};
    return speech_new(&driver, by);
}
