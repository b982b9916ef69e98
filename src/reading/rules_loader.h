/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rules_loader: the rules of a pack's speech.yaml. Pure; the rules are for any thread once loaded.
 */
#ifndef PASAPAS_READING_RULES_LOADER_H
#define PASAPAS_READING_RULES_LOADER_H

struct reading_rules;
struct diags;
struct ynode;

/* Rules from the map of a speech.yaml (NULL: no rules). Mistakes go to `diags`. 0 or -1. */
int reading_rules_parse(const struct ynode *root, struct diags *diags,
                        struct reading_rules **ret_rules);
void reading_rules_free(struct reading_rules *rules);

#endif
