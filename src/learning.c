#include "learning.h"

#include "calibration_file.h"
#include "calibrator.h"
#include "command.h"
#include "enrolment.h"
#include "keymap.h"
#include "listener.h"
#include "listening.h"
#include "mem.h"
#include "reason.h"
#include "text.h"
#include "voice.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A saying is taken for a command from this confidence on. */
#define SURE 0.95

struct learning {
    struct learning_config config;
    char *path;                   /* or NULL */
    struct vocabulary vocabulary; /* all that could be said in a session */
    struct calibration calibration;
    struct recog *recog;
    struct calibrator *calibrator;
    struct enrolment *enrolment;
    bool failed;
};

int learning_open(const struct learning_config *config, struct calibration *calibration,
                  struct learning **ret_learning, char **ret_error)
{
    struct learning *learning = xcalloc(1, sizeof *learning);
    learning->config = *config;
    learning->calibration = *calibration;
    *calibration = (struct calibration){0};
    if (config->driver->open(config->voice, &learning->recog, ret_error)) {
        learning_close(learning);
        return -1;
    }
    const struct enrolment_config enrolment = {
        .voice = config->voice,
        .calibration = &learning->calibration,
        .in_session = config->in_session,
        .saves = config->path != NULL,
    };
    /* Halves of an earlier run: their sound is gone. */
    calibration_drop_halves(&learning->calibration);
    listening_add_commands(config->voice, &learning->vocabulary);
    learning->path = config->path ? xstrdup(config->path) : NULL;
    learning->calibrator = calibrator_new(config->driver, learning->recog, &learning->vocabulary,
                                          &learning->calibration);
    learning->enrolment = enrolment_new(&enrolment);
    listener_set_learning(config->listener, true);
    *ret_learning = learning;
    return 0;
}

void learning_close(struct learning *learning)
{
    if (!learning)
        return;
    listener_set_learning(learning->config.listener, false);
    enrolment_free(learning->enrolment);
    calibrator_free(learning->calibrator);
    learning->config.driver->close(learning->recog);
    calibration_free(&learning->calibration);
    vocabulary_free(&learning->vocabulary);
    free(learning->path);
    free(learning);
}

/* --- carrying out ----------------------------------------------------------------------------- */

static void say(const struct learning *learning, const char *text)
{
    learning->config.say(learning->config.context, text);
}

/* It is told once; the learner may go on, but nothing will be left of it. */
static void store(struct learning *learning)
{
    const struct messages *messages = learning->config.voice->messages;
    if (!learning->path || !calibration_save(learning->path, &learning->calibration) ||
        learning->failed)
        return;
    learning->failed = true;
    char *text =
        messages_format(messages, MSG_CALIBRATE_UNWRITABLE, "reason", reason_text(messages, errno));
    say(learning, text);
    free(text);
}

/* What to listen for now, and to whom. */
static void update_listener(const struct learning *learning)
{
    struct vocabulary vocabulary = {0};
    enrolment_vocabulary(learning->enrolment, &vocabulary);
    listener_set_calibration(learning->config.listener, &learning->calibration);
    listener_set_vocabulary(learning->config.listener, &vocabulary);
    vocabulary_free(&vocabulary);
}

static void decide(struct learning *learning, bool keep)
{
    if (keep)
        calibration_keep(&learning->calibration);
    else
        calibration_drop(&learning->calibration);
    calibrator_tidy(learning->calibrator);
    learning->calibration.ease = calibration_best_ease(&learning->calibration);
    store(learning);
}

static void carry_out(struct learning *learning, struct enrolment_step step)
{
    if (step.text)
        say(learning, step.text);
    free(step.text);
    if (step.wish == ENROLMENT_KEEP || step.wish == ENROLMENT_DROP)
        decide(learning, step.wish == ENROLMENT_KEEP);
    if (step.wish == ENROLMENT_MEASURE) {
        calibrator_measure(learning->calibrator);
        store(learning);
        carry_out(learning, enrolment_measured(learning->enrolment));
        return;
    }
    update_listener(learning);
}

void learning_start(struct learning *learning)
{
    carry_out(learning, enrolment_start(learning->enrolment));
}

/* The first saying of a phrase that is left behind is worth nothing. */
void learning_take_command(struct learning *learning, int command)
{
    if (command == COMMAND_STOP) {
        learning->config.hush(learning->config.context);
        return;
    }
    const char *before = enrolment_phrase(learning->enrolment);
    struct enrolment_step step = enrolment_command(learning->enrolment, command);
    const char *now = enrolment_phrase(learning->enrolment);
    if (before && before != now)
        calibrator_tidy(learning->calibrator);
    carry_out(learning, step);
}

/* --- by voice --------------------------------------------------------------------------------- */

/* A saying; the second one of a phrase is measured while the next phrase is being asked for. */
static void take_saying(struct learning *learning, const struct heard *heard)
{
    const char *phrase = enrolment_phrase(learning->enrolment), *other = NULL;
    enum calibrator_answer answer =
        calibrator_hear(learning->calibrator, phrase, heard->samples, heard->sample_count,
                        enrolment_is_strict(learning->enrolment), &other);
    const bool done = calibration_is_done(&learning->calibration, phrase);
    struct enrolment_step step = enrolment_said(learning->enrolment, answer, other);
    if (done && step.wish != ENROLMENT_MEASURE) {
        say(learning, step.text);
        free(step.text);
        step.text = NULL;
    }
    if (done) {
        calibrator_measure_phrase(learning->calibrator, phrase);
        store(learning);
    }
    carry_out(learning, step);
}

void learning_take_voice(struct learning *learning, const struct heard *heard)
{
    const bool clear = heard->verdict == RECOG_ACCEPTED;
    const char *phrase = enrolment_phrase(learning->enrolment);
    const bool sure = clear && heard->confidence >= SURE;
    if (clear && !sure && enrolment_may_ask_stop(learning->enrolment, heard->command)) {
        learning->config.hear(learning->config.context, heard->phrase, false);
        carry_out(learning, enrolment_ask_stop(learning->enrolment));
        return;
    }
    if (phrase && !(sure && enrolment_obeys(learning->enrolment, heard->command))) {
        if (heard->samples)
            take_saying(learning, heard);
        return;
    }
    /* A yes in doubt does no harm here; a noise is no answer. */
    if (clear || (heard->phrase && heard->verdict == RECOG_DOUBTFUL)) {
        learning->config.hear(learning->config.context, heard->phrase, false);
        learning_take_command(learning, heard->command);
    } else {
        carry_out(learning, enrolment_not_understood(learning->enrolment));
    }
}

/* --- by keyboard ------------------------------------------------------------------------------ */

static void obey(struct learning *learning, int command)
{
    if (command == COMMAND_NONE)
        carry_out(learning, enrolment_not_understood(learning->enrolment));
    else
        learning_take_command(learning, command);
}

static bool can_be_shown(const char *line)
{
    const size_t length = strlen(line);
    return length && text_utf8_error(line, length) == length &&
           text_control_error(line, length) == length;
}

void learning_take_line(struct learning *learning, const struct settings_keys *keys,
                        const char *line, bool shown)
{
    const struct phrase *phrase = vocabulary_find(&learning->vocabulary, line);
    const int command =
        phrase ? phrase->command : keymap_command(learning->config.voice, keys, line);
    if (can_be_shown(line))
        learning->config.hear(learning->config.context, line, shown);
    if (*line)
        obey(learning, command);
}

void learning_take_key(struct learning *learning, const struct settings_keys *keys, const char *key)
{
    const struct voice *voice = learning->config.voice;
    const int command = keymap_command(voice, keys, key);
    if (command != COMMAND_NONE) {
        const struct voice_command *words = &voice->commands[command];
        learning->config.hear(
            learning->config.context,
            words->phrase_count ? words->phrases[0] : command_name((enum command)command), false);
    }
    obey(learning, command);
}

/* --- looking at it ---------------------------------------------------------------------------- */

bool learning_is_over(const struct learning *learning)
{
    return enrolment_is_over(learning->enrolment);
}

bool learning_has_failed(const struct learning *learning)
{
    return learning->failed;
}

void learning_take_calibration(struct learning *learning, struct calibration *ret_calibration)
{
    *ret_calibration = learning->calibration;
    learning->calibration = (struct calibration){0};
}
