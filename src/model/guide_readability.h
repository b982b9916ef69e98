/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guide_readability: sentences that are too long to be understood by ear, told as warnings.
 *
 * An entry of the guide's `allow` list excuses one step, section or word, and must say why; one
 * that names nothing is an error, one that excuses nothing a warning. Part of the guide loader.
 */
#ifndef PASAPAS_MODEL_GUIDE_READABILITY_H
#define PASAPAS_MODEL_GUIDE_READABILITY_H

#include "base/yschema.h"

struct diags;
struct guide;
struct ynode;

/* One entry of `allow`: exactly one of step, section and word is set. */
struct guide_allowance {
    char *step;
    char *section;
    char *word;
    char *reason;
};

extern const struct yschema guide_allowance_schema;

/*
 * Checks all texts of `guide`, which was read from the tree `root` (and may be incomplete);
 * `allowances` are the entries of its list `allow`, in order. Returns 0, or -1 for an error.
 */
int guide_readability_check(const struct guide *guide, const struct ynode *root,
                            const struct guide_allowance *allowances, struct diags *diags);

/* The number of words of the sentence at `*text`, which is moved behind it; 0 at the end. */
int guide_sentence_words(const char **text);

#endif
