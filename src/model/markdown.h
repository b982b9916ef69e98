/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * markdown: a text in Markdown as a sketch of a guide: headings are parts, items of lists are
 * steps, other paragraphs explain the step before them or begin the part. The first heading is the
 * title of the guide if no other one stands as high. Pictures, tables of HTML and rules are left
 * out. Pure. Thread: any.
 */
#ifndef PASAPAS_MODEL_MARKDOWN_H
#define PASAPAS_MODEL_MARKDOWN_H

#include <stddef.h>

struct sketch;

/* Adds to an empty sketch. */
void markdown_read(const char *text, size_t length, struct sketch *sketch);

#endif
