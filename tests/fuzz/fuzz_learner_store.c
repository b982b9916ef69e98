/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a progress.yaml: no crash, and what is understood can be written and read again
 * without loss. Bytes that claim to be of format 2 are given their sum, or nothing would get past
 * it.
 */
#include "fuzz/support/fuzz.h"

#include "base/bytes.h"
#include "base/strbuf.h"
#include "model/learner_record.h"
#include "store/learner_yaml.h"

#include <inttypes.h>
#include <string.h>

static void check_same(const struct learner_record *a, const struct learner_record *b)
{
    demand(a->place_count == b->place_count && a->mark_count == b->mark_count &&
           a->need_count == b->need_count);
    for (size_t i = 0; i < a->mark_count; i++) {
        const struct learner_record_mark *mark = &a->marks[i];
        const struct learner_record_mark *other =
            learner_record_mark(b, mark->guide, mark->path, mark->section, mark->step, mark->month);
        demand(other && other->state == mark->state && other->at == mark->at);
        demand(mark->state != MARK_OPEN);
    }
    for (size_t i = 0; i < a->place_count; i++)
        demand(learner_record_place(b, a->places[i].guide) != NULL);
}

static size_t count_marks(const struct learner_record *record, struct month month)
{
    size_t count = 0;
    for (size_t i = 0; i < record->mark_count; i++)
        count += !month_compare(record->marks[i].month, month);
    return count;
}

/* A look at one month finds all of it. */
static void check_month(const struct learner_record *record, const struct strbuf *bytes,
                        struct month month, const struct messages *messages)
{
    struct learner_record part;
    learner_record_init(&part, "");
    demand(learner_yaml_parse(bytes->text, bytes->length, &month, messages, &part) ==
           LEARNER_YAML_READ);
    demand(count_marks(&part, month) == count_marks(record, month));
    demand(part.mark_count <= record->mark_count && part.place_count == record->place_count);
    learner_record_free(&part);
}

static void check_again(const struct learner_record *record, const struct messages *messages)
{
    struct strbuf bytes = {0};
    struct learner_record again;
    learner_record_init(&again, "");
    demand(!learner_yaml_write(record, &bytes));
    demand(learner_yaml_parse(bytes.text, bytes.length, NULL, messages, &again) ==
           LEARNER_YAML_READ);
    check_same(record, &again);
    learner_record_free(&again);
    for (size_t i = 0; i < record->mark_count; i += 1 + record->mark_count / 4)
        check_month(record, &bytes, record->marks[i].month, messages);
    strbuf_free(&bytes);
}

static void try_bytes(const char *bytes, size_t length, const struct month *past,
                      const struct messages *messages)
{
    struct learner_record record;
    learner_record_init(&record, "");
    enum learner_yaml_result parsed = learner_yaml_parse(bytes, length, past, messages, &record);
    if (parsed == LEARNER_YAML_READ)
        check_again(&record, messages);
    else
        demand(!record.mark_count && !record.place_count && !record.need_count);
    learner_record_free(&record);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct strbuf text = {0};
    strbuf_add_bytes(&text, (const char *)bytes, length);
    if (length >= 10 && !memcmp(bytes, "format: 2\n", 10)) {
        if (text.text[text.length - 1] != '\n')
            strbuf_add_char(&text, '\n');
        uint64_t sum = bytes_sum(text.text, text.length);
        strbuf_addf(&text, "sum: %016" PRIx64 "\n", sum);
    }
    try_bytes(text.text, text.length, NULL, fuzz_messages());
    try_bytes(text.text, text.length, &(struct month){0}, fuzz_messages());
    strbuf_free(&text);
    return 0;
}
