/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/interpreter.h"

#include "base/mem.h"
#include "listen/front_end.h"
#include "listen/heard.h"
#include "listen/talk_gate.h"
#include "model/command.h"
#include "model/vocabulary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The beginning of speech may be found to be this much elsewhere when more is known of the noise,
 * seconds. */
#define SAME_S 0.15

/* What was decoded ahead, at a pause. */
struct guess {
    bool there;
    double start_s, end_s; /* of the speech */
    size_t count;          /* samples */
    struct recog_result result;
    double ready_ms; /* from the end of the speech until it was decoded */
};

struct interpreter {
    const struct recog_driver *driver;
    struct recog *recog;
    struct vocabulary vocabulary; /* what the recogniser knows */
    struct guess guess;
    bool obeyed; /* the guess was told */
    struct talk_gate gate;
};

int interpreter_open(const struct recog_driver *driver, const struct pack *pack,
                     struct interpreter **ret_interpreter, char **ret_error)
{
    struct recog *recog;
    if (driver->open(pack, &recog, ret_error))
        return -1;
    struct interpreter *interpreter = xcalloc(1, sizeof *interpreter);
    interpreter->driver = driver;
    interpreter->recog = recog;
    *ret_interpreter = interpreter;
    return 0;
}

char *interpreter_take_notice(struct interpreter *interpreter)
{
    const struct recog_driver *driver = interpreter->driver;
    return driver->take_notice ? driver->take_notice(interpreter->recog) : NULL;
}

void interpreter_free(struct interpreter *interpreter)
{
    if (!interpreter)
        return;
    interpreter->driver->close(interpreter->recog);
    vocabulary_free(&interpreter->vocabulary);
    free(interpreter);
}

void interpreter_listen_for(struct interpreter *interpreter, struct vocabulary *vocabulary,
                            const struct calibration *calibration)
{
    const struct recog_driver *driver = interpreter->driver;
    if (!vocabulary && !calibration)
        return;
    if (calibration && driver->set_calibration)
        driver->set_calibration(interpreter->recog, calibration);
    if (vocabulary) {
        vocabulary_free(&interpreter->vocabulary);
        interpreter->vocabulary = *vocabulary;
        *vocabulary = (struct vocabulary){0};
    }
    interpreter->guess.there = false;
    if (interpreter->vocabulary.count > 0 &&
        driver->set_vocabulary(interpreter->recog, &interpreter->vocabulary))
        vocabulary_free(&interpreter->vocabulary);
}

void interpreter_restart(struct interpreter *interpreter)
{
    if (!interpreter)
        return;
    interpreter->gate = (struct talk_gate){0};
    interpreter->guess.there = interpreter->obeyed = false;
}

/* --- decoding --------------------------------------------------------------------------------- */

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct guess decode(struct interpreter *interpreter, const struct front_end_event *event)
{
    struct guess guess = {
        .there = true,
        .start_s = event->start_s,
        .end_s = event->end_s,
        .count = event->count,
        .result = {.phrase = -1},
    };
    const double began = now_ms();
    if (interpreter->vocabulary.count > 0)
        (void)interpreter->driver->decode(interpreter->recog, event->samples, event->count,
                                          &guess.result);
    guess.ready_ms = event->lag_s * 1e3 + now_ms() - began;
    return guess;
}

static bool is_the_same(const struct guess *guess, const struct front_end_event *event)
{
    return guess->there && guess->count == event->count && guess->start_s == event->start_s &&
           guess->end_s == event->end_s;
}

/* --- deciding --------------------------------------------------------------------------------- */

static void describe(const struct interpreter *interpreter, struct interpreter_mode mode,
                     struct heard *heard)
{
    const struct recog_result *result = &interpreter->guess.result;
    heard->verdict = VERDICT_NOTHING;
    if (result->phrase < 0)
        return;
    const struct phrase *phrase = &interpreter->vocabulary.items[result->phrase];
    heard->phrase = xstrdup(phrase->text);
    heard->command = phrase->command;
    heard->argument = phrase->argument;
    heard->costly = phrase->costly;
    heard->confidence = result->confidence;
    heard->evidence = result->evidence;
    heard->situation.echo = mode.echo;
    if (!mode.learning)
        heard->situation.talk = talk_gate_run(&interpreter->gate, heard->start_s);
    heard->verdict = heard_verdict(heard, CONTEXT_SESSION, false);
}

static void keep_samples(const struct front_end_event *event, struct heard *heard)
{
    heard->samples = xmalloc((event->count + 1) * sizeof *heard->samples);
    memcpy(heard->samples, event->samples, event->count * sizeof *heard->samples);
    heard->sample_count = event->count;
}

static void on_utterance(struct interpreter *interpreter, const struct front_end_event *event,
                         struct interpreter_mode mode, struct heard *heard)
{
    if (mode.learning)
        keep_samples(event, heard);
    if (!is_the_same(&interpreter->guess, event))
        interpreter->guess = decode(interpreter, event);
    /* What was decoded ahead was still not known to be the end before now. */
    heard->decision_ms = fmax(interpreter->guess.ready_ms, event->lag_s * 1e3);
    describe(interpreter, mode, heard);
    if (!heard->situation.during_speech)
        talk_gate_heard(&interpreter->gate, heard->start_s, heard->end_s,
                        heard->verdict != VERDICT_NOTHING);
    interpreter->guess.there = false;
}

/* True if a longer phrase may still come of it, as "plus vite" of "plus". */
static bool may_go_on(const struct vocabulary *vocabulary, const struct phrase *phrase)
{
    const size_t length = strlen(phrase->text);
    for (size_t i = 0; i < vocabulary->count; i++) {
        const char *text = vocabulary->items[i].text;
        if (!strncmp(text, phrase->text, length) && text[length] == ' ')
            return true;
    }
    return false;
}

/* True if it need not wait until the silence is long enough. */
static bool acts_now(const struct interpreter *interpreter, struct interpreter_mode mode,
                     const struct heard *heard)
{
    const struct vocabulary *vocabulary = &interpreter->vocabulary;
    return heard->verdict == VERDICT_OBEY && !mode.learning &&
           !may_go_on(vocabulary, &vocabulary->items[interpreter->guess.result.phrase]);
}

/* What was obeyed at its pause, and perhaps a little more. */
static bool is_obeyed(const struct interpreter *interpreter, const struct front_end_event *event)
{
    return interpreter->obeyed && fabs(interpreter->guess.start_s - event->start_s) < SAME_S;
}

/* True if `heard` is to be told already. */
static bool on_pause(struct interpreter *interpreter, const struct front_end_event *event,
                     struct interpreter_mode mode, struct heard *heard)
{
    if (is_obeyed(interpreter, event))
        return false;
    interpreter->guess = decode(interpreter, event);
    heard->kind = HEARD_PHRASE;
    heard->situation.at_pause = true;
    heard->situation.silence_s = event->lag_s;
    heard->decision_ms = interpreter->guess.ready_ms;
    describe(interpreter, mode, heard);
    interpreter->obeyed = acts_now(interpreter, mode, heard);
    if (interpreter->obeyed)
        talk_gate_heard(&interpreter->gate, heard->start_s, heard->end_s, true);
    else
        heard_free(heard);
    return interpreter->obeyed;
}

static enum heard_kind kind_of(enum front_end_kind kind)
{
    return kind == FRONT_END_ONSET       ? HEARD_ONSET
           : kind == FRONT_END_UTTERANCE ? HEARD_PHRASE
                                         : HEARD_NOTHING;
}

bool interpreter_take(struct interpreter *interpreter, const struct front_end_event *event,
                      struct interpreter_mode mode, struct heard *ret_heard)
{
    struct heard heard = {
        .kind = kind_of(event->kind),
        .command = COMMAND_NONE,
        .start_s = event->start_s,
        .end_s = event->end_s,
        .situation = {.during_speech = event->during_speech, .over_others = event->over_others},
    };
    if (event->kind == FRONT_END_PAUSE) {
        if (!on_pause(interpreter, event, mode, &heard))
            return false;
    } else if (event->kind == FRONT_END_UTTERANCE && is_obeyed(interpreter, event)) {
        heard.kind = HEARD_NOTHING;
    } else if (event->kind == FRONT_END_UTTERANCE) {
        on_utterance(interpreter, event, mode, &heard);
    }
    if (event->kind == FRONT_END_ONSET || event->kind == FRONT_END_UTTERANCE)
        interpreter->obeyed = false;
    *ret_heard = heard;
    return true;
}
