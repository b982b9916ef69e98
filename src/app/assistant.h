/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * assistant: dialogues brought to life: keyboard, voice, speech, transcript and store around a pure
 * session, or around the enrolment alone. Thread: main.
 */
#ifndef PASAPAS_APP_ASSISTANT_H
#define PASAPAS_APP_ASSISTANT_H

#include "app/assistant_options.h"
#include "app/cli.h"

/* Runs a whole session. An exit code. */
int assistant_run(const struct cli *cli, const struct assistant_options *options);

/* Runs only the dialogue in which the learner (`options->learner`, never NULL) teaches how they
 * speak, by voice and keyboard. `file`: what is known already, and where it is kept. Of the options
 * those of the learner, the voice pack, the sound and the transcript count. An exit code. */
int assistant_learn_voice(const struct cli *cli, const struct assistant_options *options,
                          const char *file);

#endif
