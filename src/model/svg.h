/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * svg: whether a drawing is one that loads nothing and runs nothing. Pure. Thread: any.
 *
 * What may be in it is a list: shapes, text, colours and gradients. Everything else is refused, and
 * named for its author: scripts, what happens at a click, addresses, pictures in the picture, pages
 * in it, entities, animation, and whatever copies itself. So is what a reader of XML would refuse.
 */
#ifndef PASAPAS_MODEL_SVG_H
#define PASAPAS_MODEL_SVG_H

#include <stdbool.h>
#include <stddef.h>

/*
 * True if the `length` bytes, behind which a NUL stands, are such a drawing. Otherwise stores what
 * is refused as it is written there ("script", "onclick"), or NULL if it is no SVG that can be
 * read; to be freed with free().
 */
bool svg_is_harmless(const char *bytes, size_t length, char **ret_refused);

#endif
