/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recog_double: a recogniser that answers what it was told to, for tests.
 *
 * One at a time; scripted before a listener opens it.
 */
#ifndef PASAPAS_RECOG_DOUBLE_H
#define PASAPAS_RECOG_DOUBLE_H

#include "listen/recog.h"

#define RECOG_DOUBLE_MAX 16

extern const struct recog_driver recog_double;
extern const struct recog_driver recog_double_broken; /* open() fails with "broken" */

/* The answers to come, in order; after them nothing is ever understood. Forgets what happened. */
void recog_double_script(const struct recog_result *results, size_t count);

/* What happened: utterances decoded, how many samples each had, phrases known at each. */
size_t recog_double_calls(void);
size_t recog_double_samples(size_t call);
size_t recog_double_phrases(size_t call);

#endif
