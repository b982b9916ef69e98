/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/html.h"

#include "base/text.h"

#include <stdarg.h>

void html_text(struct strbuf *page, const char *text)
{
    char bytes[5];
    for (int32_t c; (c = text_next(&text));) {
        switch (c) {
        case '&':
            strbuf_add(page, "&amp;");
            break;
        case '<':
            strbuf_add(page, "&lt;");
            break;
        case '>':
            strbuf_add(page, "&gt;");
            break;
        case '"':
            strbuf_add(page, "&quot;");
            break;
        case '\'':
            strbuf_add(page, "&#39;");
            break;
        default:
            /* U+FFFE and U+FFFF are UTF-8, but no XML. */
            if ((!text_may_be_shown(c) && c != '\n' && c != '\t') || c == 0xfffe || c == 0xffff)
                c = 0xfffd;
            text_encode(c, bytes);
            strbuf_add(page, bytes);
        }
    }
}

static void add_tag(struct strbuf *page, const char *name, va_list pairs, const char *end)
{
    strbuf_addf(page, "<%s", name);
    for (const char *attribute; (attribute = va_arg(pairs, const char *));) {
        const char *value = va_arg(pairs, const char *);
        if (!value)
            continue;
        strbuf_addf(page, " %s=\"", attribute);
        html_text(page, value);
        strbuf_add_char(page, '"');
    }
    strbuf_add(page, end);
}

void html_open_pairs(struct strbuf *page, const char *name, ...)
{
    va_list pairs;
    va_start(pairs, name);
    add_tag(page, name, pairs, ">");
    va_end(pairs);
}

void html_close(struct strbuf *page, const char *name)
{
    strbuf_addf(page, "</%s>\n", name);
}

void html_empty_pairs(struct strbuf *page, const char *name, ...)
{
    va_list pairs;
    va_start(pairs, name);
    add_tag(page, name, pairs, "/>");
    va_end(pairs);
}

void html_element_pairs(struct strbuf *page, const char *name, const char *text, ...)
{
    if (!text)
        return;
    va_list pairs;
    va_start(pairs, text);
    add_tag(page, name, pairs, ">");
    va_end(pairs);
    html_text(page, text);
    html_close(page, name);
}
