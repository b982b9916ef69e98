/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice/html.h"

#include "base/strbuf.h"
#include "base/text.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const char *reference(int32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return text_may_be_shown(c) ? NULL : "\xef\xbf\xbd";
    }
}

void html_add_text(struct strbuf *html, const char *text)
{
    for (int32_t c; (c = text_next(&text));) {
        const char *instead = reference(c);
        char bytes[5];
        if (!instead)
            text_encode(c, bytes);
        strbuf_add(html, instead ? instead : bytes);
    }
}

void html_add_texts(struct strbuf *html, const char *pattern, ...)
{
    va_list texts;
    va_start(texts, pattern);
    for (const char *gap; (gap = strchr(pattern, '%')); pattern = gap + 1) {
        strbuf_add_bytes(html, pattern, (size_t)(gap - pattern));
        const char *text = va_arg(texts, const char *);
        if (!text)
            break;
        html_add_text(html, text);
    }
    va_end(texts);
    strbuf_add(html, pattern);
}
