/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * archive: a ZIP file in memory, as EPUB wants it (OCF 3.2): files in the order in which they are
 * added, no extra fields, so that "mimetype" can stand first and be found by its place. The same
 * files give the same bytes. Thread: one at a time.
 */
#ifndef PASAPAS_HANDOUT_ARCHIVE_H
#define PASAPAS_HANDOUT_ARCHIVE_H

#include "base/date.h"

#include <stdbool.h>

struct archive;
struct strbuf;

/* `date`: of every file in it, from 1980 on. */
struct archive *archive_new(struct date date);
void archive_free(struct archive *archive); /* accepts NULL */

/* Takes the bytes over and empties the buffer. `stored`: not compressed. The name is in ASCII. */
void archive_add(struct archive *archive, const char *name, struct strbuf *bytes, bool stored);

/* Appends the archive to `bytes`, once. 0, or -1 if it could not be made. */
int archive_finish(struct archive *archive, struct strbuf *bytes);

#endif
