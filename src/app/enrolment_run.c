/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/enrolment_run.h"

#include "base/mem.h"
#include "dialogue/enrolment.h"
#include "listen/calibrator.h"
#include "listen/heard.h"
#include "model/pack.h"
#include "model/pack_vocabulary.h"
#include "store/calibration_file.h"

#include <errno.h>
#include <stdlib.h>

struct enrolment_run {
    const struct recog_driver *driver;
    char *path;                   /* or NULL */
    struct vocabulary vocabulary; /* all that could be said in a session */
    struct calibration calibration;
    struct recog *recog;
    struct calibrator *calibrator;
    struct enrolment *enrolment;
    bool failed;
    char *aside; /* to be told, or NULL */
    const struct messages *messages;
};

int enrolment_run_open(const struct enrolment_run_config *config, struct calibration *calibration,
                       struct enrolment_run **ret_run, char **ret_error)
{
    struct enrolment_run *run = xcalloc(1, sizeof *run);
    run->driver = config->driver;
    run->messages = config->pack->messages;
    run->calibration = *calibration;
    *calibration = (struct calibration){0};
    if (config->driver->open(config->pack, &run->recog, ret_error)) {
        enrolment_run_close(run);
        return -1;
    }
    const struct enrolment_config enrolment = {
        .pack = config->pack,
        .calibration = &run->calibration,
        .in_session = config->in_session,
        .saves = config->path != NULL,
    };
    /* Halves of an earlier run: their sound is gone. */
    calibration_drop_halves(&run->calibration);
    pack_vocabulary_add_spoken(config->pack, &run->vocabulary);
    run->path = config->path ? xstrdup(config->path) : NULL;
    run->calibrator =
        calibrator_new(config->driver, run->recog, &run->vocabulary, &run->calibration);
    run->enrolment = enrolment_new(&enrolment);
    *ret_run = run;
    return 0;
}

void enrolment_run_close(struct enrolment_run *run)
{
    if (!run)
        return;
    enrolment_free(run->enrolment);
    calibrator_free(run->calibrator);
    run->driver->close(run->recog);
    calibration_free(&run->calibration);
    free(run->aside);
    vocabulary_free(&run->vocabulary);
    free(run->path);
    free(run);
}

struct dialogue enrolment_run_dialogue(struct enrolment_run *run)
{
    return enrolment_dialogue(run->enrolment);
}

/* --- what was heard --------------------------------------------------------------------------- */

static struct answer judge_saying(struct enrolment_run *run, const struct heard *heard)
{
    const char *other = NULL;
    struct answer answer = {0};
    if (!heard->samples)
        return answer;
    answer.given = true;
    answer.event.kind = EVENT_SAYING;
    answer.event.answer =
        calibrator_hear(run->calibrator, enrolment_phrase(run->enrolment), heard->samples,
                        heard->sample_count, enrolment_is_strict(run->enrolment), &other);
    answer.text = other ? xstrdup(other) : NULL;
    answer.event.text = answer.text;
    return answer;
}

struct answer enrolment_run_judge(struct enrolment_run *run, const struct heard *heard)
{
    const bool asks = enrolment_phrase(run->enrolment) != NULL;
    const enum verdict verdict =
        heard_verdict(heard, asks ? CONTEXT_SAYING : CONTEXT_QUESTION, false);
    const bool obeyed = verdict == VERDICT_OBEY && enrolment_obeys(run->enrolment, heard->command);
    const bool asked_back =
        verdict == VERDICT_ASK_BACK && enrolment_asks_back(run->enrolment, heard->command);
    if (!obeyed && !asked_back && asks)
        return judge_saying(run, heard);
    struct answer answer = answer_command(heard->command, heard->argument);
    if (obeyed || asked_back)
        answer.written = xstrdup(heard->phrase);
    if (!obeyed)
        answer.event.kind = asked_back ? EVENT_DOUBTFUL : EVENT_NOT_UNDERSTOOD;
    return answer;
}

/* --- what was taught -------------------------------------------------------------------------- */

static int save(struct enrolment_run *run)
{
    char *aside;
    if (!run->path)
        return 0;
    if (calibration_save(run->path, &run->calibration, run->messages, &aside)) {
        const int error = run->failed ? 0 : errno;
        run->failed = true;
        return error;
    }
    if (aside) {
        free(run->aside);
        run->aside = aside;
    }
    return 0;
}

static int decide(struct enrolment_run *run, bool keep)
{
    if (keep)
        calibration_keep(&run->calibration);
    else
        calibration_drop(&run->calibration);
    calibrator_tidy(run->calibrator);
    run->calibration.ease = calibration_best_ease(&run->calibration);
    return save(run);
}

int enrolment_run_carry_out(struct enrolment_run *run, const struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_MEASURE_PHRASE:
        calibrator_measure_phrase(run->calibrator, effect->phrase);
        return save(run);
    case EFFECT_MEASURE_GAIN:
        calibrator_measure(run->calibrator);
        return save(run);
    case EFFECT_DROP_HALVES:
        calibrator_tidy(run->calibrator);
        return 0;
    case EFFECT_KEEP:
    case EFFECT_DROP:
        return decide(run, effect->kind == EFFECT_KEEP);
    default:
        return 0;
    }
}

char *enrolment_run_take_aside(struct enrolment_run *run)
{
    char *aside = run->aside;
    run->aside = NULL;
    return aside;
}

const struct calibration *enrolment_run_calibration(const struct enrolment_run *run)
{
    return &run->calibration;
}

void enrolment_run_take_calibration(struct enrolment_run *run, struct calibration *ret_calibration)
{
    *ret_calibration = run->calibration;
    run->calibration = (struct calibration){0};
}
