/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/wrap.h"

#include "base/strbuf.h"
#include "base/text.h"

#include <string.h>

struct wrapper {
    struct strbuf *out;
    size_t column, indent, width;
    size_t owed;   /* spaces to come before the next word, so that an empty line stays empty */
    bool is_empty; /* no word on this line yet */
};

static void break_line(struct wrapper *wrapper)
{
    strbuf_add(wrapper->out, "\n");
    wrapper->column = 0;
    wrapper->owed = wrapper->indent;
    wrapper->is_empty = true;
}

static size_t length_of(const char *bytes, size_t size)
{
    size_t length = 0;
    for (const char *at = bytes; at < bytes + size; length++)
        text_next(&at);
    return length;
}

static bool is_mark_that_follows(const char *word)
{
    const size_t size = strcspn(word, " \n");
    return !strncmp(word, "»", strlen("»")) || (size == 1 && strchr(":;?!", *word));
}

bool wrap_may_break(const char *text, size_t at)
{
    const size_t mark = strlen("«");
    if (at >= mark && !strncmp(text + at - mark, "«", mark))
        return false;
    return !is_mark_that_follows(text + at + strspn(text + at, " "));
}

/* The bytes of what must stay on one line: a word, and the marks that belong to it. */
static size_t piece_size(const char *text)
{
    size_t size = strcspn(text, " \n");
    while (text[size] == ' ' && !wrap_may_break(text, size)) {
        size += strspn(text + size, " ");
        size += strcspn(text + size, " \n");
    }
    return size;
}

static void add_piece(struct wrapper *wrapper, const char *piece, size_t size)
{
    const size_t length = length_of(piece, size);
    if (!wrapper->is_empty && wrapper->column + 1 + length > wrapper->width)
        break_line(wrapper);
    if (!wrapper->is_empty)
        wrapper->owed = 1;
    strbuf_addf(wrapper->out, "%*s", (int)wrapper->owed, "");
    strbuf_add_bytes(wrapper->out, piece, size);
    wrapper->column += wrapper->owed + length;
    wrapper->owed = 0;
    wrapper->is_empty = false;
}

void wrap_add(struct strbuf *out, const char *text, size_t column, size_t indent, size_t width)
{
    struct wrapper wrapper = {out, column, indent, width, 0, true};
    while (*text) {
        if (*text == '\n') {
            break_line(&wrapper);
            text++;
        } else if (*text == ' ') {
            text++;
        } else {
            const size_t size = piece_size(text);
            add_piece(&wrapper, text, size);
            text += size;
        }
    }
}
