/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strbuf.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void strbuf_add_bytes(struct strbuf *buffer, const char *bytes, size_t length)
{
    buffer->text = mem_grow(buffer->text, &buffer->capacity, buffer->length + length + 1, 1);
    memcpy(buffer->text + buffer->length, bytes, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void strbuf_add(struct strbuf *buffer, const char *text)
{
    strbuf_add_bytes(buffer, text, strlen(text));
}

void strbuf_add_char(struct strbuf *buffer, char byte)
{
    strbuf_add_bytes(buffer, &byte, 1);
}

void strbuf_addf(struct strbuf *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    strbuf_add(buffer, text);
    free(text);
}

void strbuf_truncate(struct strbuf *buffer, size_t length)
{
    if (length >= buffer->length)
        return;
    buffer->length = length;
    buffer->text[length] = '\0';
}

char *strbuf_take(struct strbuf *buffer)
{
    char *text = buffer->text ? buffer->text : xstrdup("");
    *buffer = (struct strbuf){0};
    return text;
}

void strbuf_free(struct strbuf *buffer)
{
    free(buffer->text);
    *buffer = (struct strbuf){0};
}
