/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guide_clash: phrases of a guide that a voice pack has for a command, a key or a number.
 *
 * In the dialogue the command wins, so such a phrase never leads to its path or section. It is told
 * as a warning: a guide is right or wrong by itself, whatever the pack. Pure. Thread: any.
 */
#ifndef PASAPAS_MODEL_GUIDE_CLASH_H
#define PASAPAS_MODEL_GUIDE_CLASH_H

struct diags;
struct pack;
struct ynode;

/* Looks at the `phrases` of the paths and sections in `root`, the tree of a guide. */
void guide_clash_check(const struct ynode *root, const struct pack *pack, struct diags *diags);

#endif
