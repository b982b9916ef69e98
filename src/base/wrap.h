/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wrap: text broken into lines for a terminal.
 *
 * Widths are counted in characters, not in bytes. Pure. Thread: any.
 */
#ifndef PASAPAS_BASE_WRAP_H
#define PASAPAS_BASE_WRAP_H

#include <stdbool.h>
#include <stddef.h>

struct strbuf;

/* May a line end at the space `at` bytes into `text`? French marks stay with their word: no break
 * comes after « nor before » : ; ? or !. */
bool wrap_may_break(const char *text, size_t at);

/*
 * Appends `text` to `out`, broken at spaces so that no line is longer than `width`. The first line
 * goes on at `column`; the others begin with `indent` spaces. A line feed in the text stays one.
 * Only a word that is too long by itself, with its marks, makes a longer line. No line feed is
 * added at the end.
 */
void wrap_add(struct strbuf *out, const char *text, size_t column, size_t indent, size_t width);

#endif
