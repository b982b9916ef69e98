/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * enrolment_run: an enrolment (dialogue/enrolment.h) with what it needs to be carried out: a
 * recogniser of its own that writes sayings down, what is known of the voice, and its file.
 *
 * It works on the caller's thread, while the next phrase is being asked for; the listener's
 * recogniser only tells commands from sayings. What was said twice is on disk at once. Judging a
 * saying may take some tenths of a second, EFFECT_MEASURE_PHRASE a second or two.
 *
 * Thread: main.
 */
#ifndef PASAPAS_APP_ENROLMENT_RUN_H
#define PASAPAS_APP_ENROLMENT_RUN_H

#include "app/answers.h"
#include "listen/recog.h"
#include "model/calibration.h"

#include <stdbool.h>

struct enrolment_run;
struct heard;
struct pack;

struct enrolment_run_config {
    const struct pack *pack;           /* outlives it */
    const struct recog_driver *driver; /* must be able to learn */
    /* Where to keep it, copied; NULL: nowhere, it is for this session only, and that is said. */
    const char *path;
    bool in_session; /* it comes back to the guide, and says so, instead of a goodbye */
};

/* `calibration`: what is known already, taken over in any case. Opens the recogniser, which may
 * take 100 ms. 0, or -1 with a message to be freed with free(). */
int enrolment_run_open(const struct enrolment_run_config *config, struct calibration *calibration,
                       struct enrolment_run **ret_run, char **ret_error);
void enrolment_run_close(struct enrolment_run *run); /* accepts NULL */

struct dialogue enrolment_run_dialogue(struct enrolment_run *run);

/* What a HEARD_PHRASE is: a saying of the phrase that is asked for, and how it was taken; a command
 * to be obeyed; or no answer to a question. To be freed with answer_free(). */
struct answer enrolment_run_judge(struct enrolment_run *run, const struct heard *heard);

/* Carries out an effect about what was taught; EFFECT_MEASURE_GAIN is to be answered. 0, or the
 * errno of what could not be saved: given once, the learner may go on. */
int enrolment_run_carry_out(struct enrolment_run *run, const struct effect *effect);

/* The new name of a file that was not understood and made way, or NULL; given once, to be freed. */
char *enrolment_run_take_aside(struct enrolment_run *run);

/* What is known by now. */
const struct calibration *enrolment_run_calibration(const struct enrolment_run *run);
/* Hands it over, sayings of phrases said once only among it; the run can then only be closed. */
void enrolment_run_take_calibration(struct enrolment_run *run, struct calibration *ret_calibration);

#endif
