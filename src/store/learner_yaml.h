/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * learner_yaml: a record as the bytes of a progress.yaml, and back. Pure.
 *
 *     format: 3
 *     places:
 *     - {guide: G, path: P, section: S, step: T, finished: true, at: 2026-11-28T09:12:00Z}
 *     lists:
 *     - guide: G
 *       path: P
 *       section: S
 *       month: 2026-11
 *       done: {a-step: 2026-11-28T09:12:00Z}
 *       not-needed: {a-step: 2026-11-28T09:13:00Z}
 *       needs: {a-need: at-hand} (or missing, not-needed, left)
 *     history: (lists of earlier months, newest first)
 *     sum: 16 hexadecimal digits
 *
 * (in block style; what is empty is left out). `lists` holds the newest month and the lists without
 * a month, so that a look at a whole room need not read what is past.
 *
 * `sum` is the FNV-1a hash, 64 bits (Fowler, Noll and Vo), of all bytes before its line: a file
 * that is cut or has one wrong bit is known as damaged and its copy is used
 * (store/learner_store.h). Format 1 is the same without `sum`, for a file made by hand or by a
 * script. Up to format 2 a list had `missing: [a-need]` instead of `needs`. Both become format 3
 * when they are next saved. `format` is always the first line. A new key is a
 * new format. What is not understood is damage only if the sum is not right.
 *
 * Thread: any.
 */
#ifndef PASAPAS_STORE_LEARNER_YAML_H
#define PASAPAS_STORE_LEARNER_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct messages;
struct month;
struct learner_record;
struct strbuf;

#define LEARNER_YAML_FORMAT    3
#define LEARNER_YAML_BYTES_MAX (1u << 20) /* thirty times what 60 months take */

enum learner_yaml_result {
    LEARNER_YAML_READ,
    LEARNER_YAML_DAMAGED, /* the sum is wrong or missing, or what was made by hand is not understood
                           */
    LEARNER_YAML_UNKNOWN, /* it is as this program wrote it, and not understood: no damage */
    LEARNER_YAML_NEWER
};

/* Appends the bytes. 0, or -1 if a text of the record is not UTF-8 or all is too long. */
int learner_yaml_write(const struct learner_record *record, struct strbuf *bytes);

/*
 * Adds what the bytes hold to `record`, which has no place and no mark yet. `past`: NULL for all
 * of `history`; else only the lists of that month (year 0: none). Unless the result is
 * LEARNER_YAML_READ the record is as before.
 */
enum learner_yaml_result learner_yaml_parse(const char *bytes, size_t length,
                                            const struct month *past,
                                            const struct messages *messages,
                                            struct learner_record *record);

#endif
