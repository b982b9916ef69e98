/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * book_package: the package document of an EPUB: what the book is, for whom, which files it has and
 * in which order. Pure. Thread: any.
 */
#ifndef PASAPAS_HANDOUT_BOOK_PACKAGE_H
#define PASAPAS_HANDOUT_BOOK_PACKAGE_H

#include "handout/outline.h"

struct strbuf;

/* The class that a text has while it is heard. */
#define BOOK_ACTIVE_CLASS "heard"

/* `durations`: of the parts' recordings, in ms. */
void book_package_write(struct strbuf *package, const struct outline *outline,
                        const long *durations);

/* What a part is to a reader of books: an epub:type, and an ARIA role or NULL. */
const char *book_part_type(enum outline_part_kind kind);
const char *book_part_role(enum outline_part_kind kind);

/* "12.345s", as SMIL has it. To be freed with free(). */
char *book_time(long ms);

#endif
