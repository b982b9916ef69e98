/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model: a learner's marks as a sequence that two processes know without talking.
 */
#ifndef PASAPAS_TESTS_FAULT_MODEL_H
#define PASAPAS_TESTS_FAULT_MODEL_H

#include "model/learner_record.h"

/* Carries out change `number` of the sequence `seed` on a record: a step is done, not needed or
 * opened again in some month, now and then with a new place or a need. No change is without an
 * effect. */
void model_change(struct learner_record *record, unsigned seed, unsigned number);

/* True if both hold the same, in any order. */
bool model_same(const struct learner_record *a, const struct learner_record *b);

#endif
