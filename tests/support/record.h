/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record: learners' records in tests.
 */
#ifndef PASAPAS_TESTS_RECORD_H
#define PASAPAS_TESTS_RECORD_H

struct learner_record;

/* Fails if a place, a mark or a missing need of `a` is not in `b`, or if `b` has more of them. */
void record_assert_same(const struct learner_record *a, const struct learner_record *b);

#endif
