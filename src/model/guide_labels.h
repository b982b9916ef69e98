/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guide_labels: labels of a guide that are written unlike but heard alike.
 *
 * Whoever hears the page cannot tell "SE CONNECTER" from "Se connecter", and neither can a program
 * that compares names as they are heard (text_fold()). Told as a warning, for labels that a page
 * has, within each path. Pure. Thread: any.
 */
#ifndef PASAPAS_MODEL_GUIDE_LABELS_H
#define PASAPAS_MODEL_GUIDE_LABELS_H

#include <stdint.h>

struct diags;
struct guide;
struct ynode;

/* `sections`: the list in the tree that the guide was read from. `scopes`: for each section, a bit
 * for each path that it belongs to. The time is that of a sort. */
void guide_labels_check(const struct guide *guide, const struct ynode *sections,
                        const uint32_t *scopes, struct diags *diags);

#endif
