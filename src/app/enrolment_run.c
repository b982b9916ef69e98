#include "app/enrolment_run.h"

#include "base/errno_words.h"
#include "base/mem.h"
#include "base/text.h"
#include "dialogue/enrolment.h"
#include "listen/calibrator.h"
#include "listen/listener.h"
#include "model/command.h"
#include "model/keymap.h"
#include "model/pack.h"
#include "model/pack_vocabulary.h"
#include "store/calibration_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct enrolment_run {
    struct enrolment_run_config config;
    char *path;                   /* or NULL */
    struct vocabulary vocabulary; /* all that could be said in a session */
    struct calibration calibration;
    struct recog *recog;
    struct calibrator *calibrator;
    struct enrolment *enrolment;
    bool failed;
};

int enrolment_run_open(const struct enrolment_run_config *config, struct calibration *calibration,
                       struct enrolment_run **ret_learning, char **ret_error)
{
    struct enrolment_run *learning = xcalloc(1, sizeof *learning);
    learning->config = *config;
    learning->calibration = *calibration;
    *calibration = (struct calibration){0};
    if (config->driver->open(config->pack, &learning->recog, ret_error)) {
        enrolment_run_close(learning);
        return -1;
    }
    const struct enrolment_config enrolment = {
        .pack = config->pack,
        .calibration = &learning->calibration,
        .in_session = config->in_session,
        .saves = config->path != NULL,
    };
    /* Halves of an earlier run: their sound is gone. */
    calibration_drop_halves(&learning->calibration);
    pack_vocabulary_add_spoken(config->pack, &learning->vocabulary);
    learning->path = config->path ? xstrdup(config->path) : NULL;
    learning->calibrator = calibrator_new(config->driver, learning->recog, &learning->vocabulary,
                                          &learning->calibration);
    learning->enrolment = enrolment_new(&enrolment);
    listener_set_learning(config->listener, true);
    *ret_learning = learning;
    return 0;
}

void enrolment_run_close(struct enrolment_run *learning)
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

static void say(const struct enrolment_run *learning, const char *text)
{
    learning->config.say(learning->config.context, text);
}

/* It is told once; the learner may go on, but nothing will be left of it. */
static void store(struct enrolment_run *learning)
{
    const struct messages *messages = learning->config.pack->messages;
    if (!learning->path || !calibration_save(learning->path, &learning->calibration) ||
        learning->failed)
        return;
    learning->failed = true;
    char *text =
        messages_format(messages, MSG_CALIBRATE_UNWRITABLE, "reason", errno_words(messages, errno));
    say(learning, text);
    free(text);
}

/* What to listen for now, and to whom. */
static void update_listener(const struct enrolment_run *learning)
{
    struct vocabulary vocabulary = {0};
    enrolment_vocabulary(learning->enrolment, &vocabulary);
    listener_set_calibration(learning->config.listener, &learning->calibration);
    listener_set_vocabulary(learning->config.listener, &vocabulary);
    vocabulary_free(&vocabulary);
}

static void decide(struct enrolment_run *learning, bool keep)
{
    if (keep)
        calibration_keep(&learning->calibration);
    else
        calibration_drop(&learning->calibration);
    calibrator_tidy(learning->calibrator);
    learning->calibration.ease = calibration_best_ease(&learning->calibration);
    store(learning);
}

static void carry_out(struct enrolment_run *learning, struct enrolment_step step)
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

void enrolment_run_start(struct enrolment_run *learning)
{
    carry_out(learning, enrolment_start(learning->enrolment));
}

/* The first saying of a phrase that is left behind is worth nothing. */
void enrolment_run_take_command(struct enrolment_run *learning, int command)
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
static void take_saying(struct enrolment_run *learning, const struct heard *heard)
{
    const char *phrase = enrolment_phrase(learning->enrolment), *other = NULL;
    enum calibration_answer answer =
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

void enrolment_run_take_voice(struct enrolment_run *learning, const struct heard *heard)
{
    const bool asks = enrolment_phrase(learning->enrolment);
    const enum verdict verdict =
        heard_verdict(heard, asks ? CONTEXT_SAYING : CONTEXT_QUESTION, false);
    if (verdict == VERDICT_OBEY && enrolment_obeys(learning->enrolment, heard->command)) {
        learning->config.hear(learning->config.context, heard->phrase, false);
        enrolment_run_take_command(learning, heard->command);
    } else if (verdict == VERDICT_ASK_BACK &&
               enrolment_may_ask_stop(learning->enrolment, heard->command)) {
        learning->config.hear(learning->config.context, heard->phrase, false);
        carry_out(learning, enrolment_ask_stop(learning->enrolment));
    } else if (!asks) {
        carry_out(learning, enrolment_not_understood(learning->enrolment));
    } else if (heard->samples) {
        take_saying(learning, heard);
    }
}

/* --- by keyboard ------------------------------------------------------------------------------ */

static void obey(struct enrolment_run *learning, int command)
{
    if (command == COMMAND_NONE)
        carry_out(learning, enrolment_not_understood(learning->enrolment));
    else
        enrolment_run_take_command(learning, command);
}

static bool can_be_shown(const char *line)
{
    const size_t length = strlen(line);
    return length && text_utf8_error(line, length) == length &&
           text_control_error(line, length) == length;
}

void enrolment_run_take_line(struct enrolment_run *learning, const struct settings_keys *keys,
                             const char *line, bool shown)
{
    const struct phrase *phrase = vocabulary_find(&learning->vocabulary, line);
    const int command =
        phrase ? phrase->command : keymap_command(learning->config.pack, keys, line);
    if (can_be_shown(line))
        learning->config.hear(learning->config.context, line, shown);
    if (*line)
        obey(learning, command);
}

void enrolment_run_take_key(struct enrolment_run *learning, const struct settings_keys *keys,
                            const char *key)
{
    const struct pack *pack = learning->config.pack;
    const int command = keymap_command(pack, keys, key);
    if (command != COMMAND_NONE) {
        const struct pack_command *words = &pack->commands[command];
        learning->config.hear(
            learning->config.context,
            words->phrase_count ? words->phrases[0] : command_name((enum command)command), false);
    }
    obey(learning, command);
}

/* --- looking at it ---------------------------------------------------------------------------- */

bool enrolment_run_is_over(const struct enrolment_run *learning)
{
    return enrolment_is_over(learning->enrolment);
}

bool enrolment_run_has_failed(const struct enrolment_run *learning)
{
    return learning->failed;
}

void enrolment_run_take_calibration(struct enrolment_run *learning,
                                    struct calibration *ret_calibration)
{
    *ret_calibration = learning->calibration;
    learning->calibration = (struct calibration){0};
}
