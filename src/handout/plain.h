/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plain: an outline as plain text, for a telephone, a braille display or an embosser: a part is its
 * title and a line for each step, with its number and its warning; an empty line between parts.
 * Explanations, places, addresses and pictures are left out. Pure. Thread: any.
 */
#ifndef PASAPAS_HANDOUT_PLAIN_H
#define PASAPAS_HANDOUT_PLAIN_H

struct outline;
struct strbuf;

void plain_write(struct strbuf *text, const struct outline *outline);

#endif
