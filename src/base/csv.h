/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv: lines of a table as RFC 4180 has them: commas between cells, CR LF behind each line, quotes
 * around a cell that holds a comma, a quote or a line end.
 *
 * A spreadsheet takes a cell that begins with = + - or @ for a formula and carries it out. Such a
 * cell, also one that begins with a tab or with the wide form of one of these signs, is given an
 * apostrophe in front: it is then a text like any other. Pure. Thread: any.
 */
#ifndef PASAPAS_BASE_CSV_H
#define PASAPAS_BASE_CSV_H

#include "base/strbuf.h"

#include <stddef.h>

/* Adds a line; a cell that is NULL is empty. */
void csv_add_line(struct strbuf *table, const char *const *cells, size_t count);

#endif
