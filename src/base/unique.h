/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unique: finds names that are given twice where each may stand for one thing only.
 *
 * A name is claimed in one or more scopes (a bit each: the paths of a guide, say). Two claims of
 * one name clash if they share a scope. The time is that of a sort, whatever the number of claims.
 * Pure. Thread: one at a time.
 */
#ifndef PASAPAS_BASE_UNIQUE_H
#define PASAPAS_BASE_UNIQUE_H

#include "base/messages.h"

#include <stddef.h>
#include <stdint.h>

struct diags;
struct ynode;

struct unique_claim;

/* A zeroed struct is empty. */
struct unique {
    struct unique_claim *items;
    size_t count, capacity;
};

/*
 * Claims `name` (as it is compared; copied). `node` is where the file says so: it is borrowed, must
 * be a text, and is NULL for a name that is claimed without being written. `owner` says in words
 * who claims it (borrowed, may be NULL).
 */
void unique_add(struct unique *unique, const char *name, uint32_t scopes, const struct ynode *node,
                const char *owner);

/* The same for the folded form of the node's text (text_fold()). */
void unique_add_folded(struct unique *unique, uint32_t scopes, const struct ynode *node,
                       const char *owner);

/*
 * Reports every claim that clashes with an earlier one, once, at its node: `id` is given "name"
 * (the text of the node), "line" (of the earlier claim) and "owner" (of the earlier claim). Empties
 * `unique`. Returns 0, or -1 if anything was reported.
 */
int unique_report(struct unique *unique, struct diags *diags, enum message id);

#endif
