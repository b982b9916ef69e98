/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * strbuf: a growing NUL-terminated string.
 *
 * A zeroed struct is an empty buffer: `struct strbuf b = {0};`. `text` is NULL until something is
 * added; strbuf_take() never returns NULL. Thread: one at a time.
 */
#ifndef PASAPAS_BASE_STRBUF_H
#define PASAPAS_BASE_STRBUF_H

#include <stddef.h>

struct strbuf {
    char *text;
    size_t length; /* bytes, without the final NUL */
    size_t capacity;
};

void strbuf_add(struct strbuf *buffer, const char *text);
void strbuf_add_bytes(struct strbuf *buffer, const char *bytes, size_t length);
void strbuf_add_char(struct strbuf *buffer, char byte);
void strbuf_addf(struct strbuf *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Cuts the text back to `length` bytes; does nothing if it is shorter. */
void strbuf_truncate(struct strbuf *buffer, size_t length);
/* Hands the text over, to be freed with free(), and empties the buffer. */
char *strbuf_take(struct strbuf *buffer);
void strbuf_free(struct strbuf *buffer);

#endif
