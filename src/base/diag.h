/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * diag: what is wrong in a file, with its place, in words.
 *
 * A loader is given a `struct diags` and adds one entry per mistake, so that an author sees all of
 * them at once. The words come from the voice pack (base/messages.h).
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_BASE_DIAG_H
#define PASAPAS_BASE_DIAG_H

#include "base/messages.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Longer texts, in bytes, are cut: an author needs to recognise a value, not to read it all. */
#define DIAG_TEXT_MAX 1000

enum diag_severity { DIAG_ERROR, DIAG_WARNING };

struct diag {
    enum diag_severity severity;
    char *file;
    int line;   /* from 1 */
    int column; /* from 1, in characters */
    char *text; /* what is wrong and what to do; one line without control characters */
};

struct diags {
    const struct messages *messages; /* not owned */
    char *file;                      /* the file being read; copied into each entry */
    struct diag *items;
    size_t count;
    size_t capacity;
    size_t errors; /* entries that are DIAG_ERROR */
};

/* An empty list that takes its words from `messages`, which must outlive it. */
void diags_init(struct diags *diags, const struct messages *messages);
void diags_free(struct diags *diags);

/* From now on entries are about `file` (copied). */
void diags_set_file(struct diags *diags, const char *file);

/*
 * Adds an entry. `id` and what follows are as for messages_format(): name and value pairs.
 *     diags_add(d, DIAG_ERROR, node->line, node->column, MSG_SCHEMA_UNKNOWN_KEY, "key", node->key)
 */
#define diags_add(...) diags_add_pairs(__VA_ARGS__, (const char *)NULL)
void diags_add_pairs(struct diags *diags, enum diag_severity severity, int line, int column,
                     enum message id, ...) __attribute__((sentinel));

/*
 * One entry as it is shown: "Erreur : FILE:LINE:COLUMN : text". An entry without a place (line 0)
 * is its text alone. To be freed with free().
 */
char *diag_line(const struct messages *messages, const struct diag *diag);

/* More at once help nobody. */
#define DIAGS_PRINTED_MAX 50

/* Writes the entries in the order of file and place, one a line: the first DIAGS_PRINTED_MAX,
 * mistakes before warnings, then how many more there are. */
void diags_print(struct diags *diags, FILE *stream);

#endif
