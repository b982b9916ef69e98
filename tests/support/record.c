/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/record.h"

#include "model/learner_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

void record_assert_same(const struct learner_record *a, const struct learner_record *b)
{
    assert_int_equal(a->place_count, b->place_count);
    assert_int_equal(a->mark_count, b->mark_count);
    assert_int_equal(a->need_count, b->need_count);
    for (size_t i = 0; i < a->mark_count; i++) {
        const struct learner_record_mark *m = &a->marks[i];
        const struct learner_record_mark *n =
            learner_record_mark(b, m->guide, m->path, m->section, m->step, m->month);
        assert_non_null(n);
        assert_int_equal(n->state, m->state);
        assert_int_equal(n->at, m->at);
    }
    for (size_t i = 0; i < a->need_count; i++) {
        const struct learner_record_need *m = &a->needs[i];
        assert_int_equal(learner_record_need(b, m->guide, m->path, m->section, m->need, m->month),
                         m->state);
    }
    for (size_t i = 0; i < a->place_count; i++) {
        const struct learner_record_place *p = &a->places[i],
                                          *q = learner_record_place(b, p->guide);
        assert_non_null(q);
        assert_string_equal(q->path, p->path);
        assert_string_equal(q->section ? q->section : "-", p->section ? p->section : "-");
        assert_string_equal(q->step ? q->step : "-", p->step ? p->step : "-");
        assert_int_equal(q->finished, p->finished);
        assert_int_equal(q->at, p->at);
    }
}
