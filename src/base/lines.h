/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lines: a text that somebody named, line by line.
 *
 * It is read as a whole before the first line is given, so that half of it is never taken for all
 * of it. Pipes can be read too. Thread: any.
 */
#ifndef PASAPAS_BASE_LINES_H
#define PASAPAS_BASE_LINES_H

#include "base/strbuf.h"

/* More than any text of this kind that people write has. */
#define LINES_BYTES_MAX (16 << 20)

struct lines {
    struct strbuf bytes;
    size_t at; /* of the next line */
};

/* 0, or -1 with errno: it cannot be read, or has more than `limit` bytes (EFBIG). */
int lines_read(const char *path, size_t limit, struct lines *ret_lines);

/* The next line without its end, "\n" or "\r\n", to be changed as one likes; NULL behind the last.
 * What is behind a NUL is left out. */
char *lines_next(struct lines *lines);

void lines_free(struct lines *lines);

#endif
