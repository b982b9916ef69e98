/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guide_load: a guide from YAML (doc/guide-format.md), with every mistake in it told.
 *
 * Thread: any.
 */
#ifndef PASAPAS_MODEL_GUIDE_LOAD_H
#define PASAPAS_MODEL_GUIDE_LOAD_H

#include <stddef.h>

struct diags;
struct guide;
struct ynode;

/*
 * Reads a guide: from a file, from bytes, or from a tree that has been parsed; for the latter two
 * the diags' file must be set. On success stores it, to be freed with guide_free(), and returns 0;
 * `diags` may then hold warnings (readability, a file named otherwise than its id). Otherwise
 * returns -1 with every mistake in `diags`. The time is that of a sort of the ids.
 */
int guide_load(const char *path, struct diags *diags, struct guide **ret_guide);
int guide_parse(const char *bytes, size_t length, struct diags *diags, struct guide **ret_guide);
int guide_read(const struct ynode *root, struct diags *diags, struct guide **ret_guide);
void guide_free(struct guide *guide);

#endif
