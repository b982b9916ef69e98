/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice/html_fill.h"

#include "base/html.h"
#include "base/strbuf.h"

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

void html_fill_texts(struct strbuf *html, const char *pattern, ...)
{
    va_list texts;
    va_start(texts, pattern);
    for (const char *gap; (gap = strchr(pattern, '%')); pattern = gap + 1) {
        strbuf_add_bytes(html, pattern, (size_t)(gap - pattern));
        const char *text = va_arg(texts, const char *);
        if (!text)
            break;
        html_text(html, text);
    }
    va_end(texts);
    strbuf_add(html, pattern);
}
