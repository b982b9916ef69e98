/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Most text is plain ASCII, which needs no decoding. */
static bool is_plain(char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

static bool is_forbidden(int32_t code_point)
{
    if (code_point == '\t' || code_point == '\n')
        return false;
    return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0) ||
           (code_point >= 0x202a && code_point <= 0x202e) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

/* The first byte that is not valid, or, with `controls`, that begins a forbidden character. */
static size_t find_error(const char *bytes, size_t length, bool controls)
{
    size_t at = 0;
    while (at < length) {
        if (is_plain(bytes[at])) {
            at++;
            continue;
        }
        utf8proc_int32_t code_point;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                                 (utf8proc_ssize_t)(length - at), &code_point);
        if (used <= 0 || (controls && is_forbidden(code_point)))
            return at;
        at += (size_t)used;
    }
    return length;
}

size_t text_utf8_error(const char *bytes, size_t length)
{
    return find_error(bytes, length, false);
}

size_t text_control_error(const char *bytes, size_t length)
{
    return find_error(bytes, length, true);
}

bool text_is_clean(const char *text)
{
    const size_t length = strlen(text);
    return text_control_error(text, length) == length;
}

int32_t text_next(const char **text)
{
    if (!**text)
        return 0;
    if (is_plain(**text))
        return *(*text)++;
    utf8proc_int32_t code_point;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &code_point);
    if (used <= 0) {
        (*text)++;
        return 0xfffd;
    }
    *text += used;
    return code_point;
}

size_t text_encode(int32_t code_point, char *ret_bytes)
{
    utf8proc_ssize_t used = utf8proc_encode_char(code_point, (utf8proc_uint8_t *)ret_bytes);
    ret_bytes[used] = '\0';
    return (size_t)used;
}

/* Unlike those that are forbidden, these have their place in a text: but not in one that is echoed.
 */
static bool is_mark(int32_t code_point)
{
    return code_point == 0x61c || code_point == 0x200e || code_point == 0x200f ||
           code_point == 0x2028 || code_point == 0x2029;
}

bool text_may_be_shown(int32_t code_point)
{
    return !is_forbidden(code_point) && !is_mark(code_point);
}

char *text_shown(const char *text)
{
    struct strbuf out = {0};
    char bytes[5];
    strbuf_add(&out, "");
    for (int32_t c; (c = text_next(&text));) {
        if (c == '\n' || c == '\t')
            strbuf_add_char(&out, ' ');
        else if (!text_may_be_shown(c))
            strbuf_add(&out, "\xef\xbf\xbd"); /* U+FFFD, the replacement character */
        else
            strbuf_add_bytes(&out, bytes, text_encode(c, bytes));
    }
    return strbuf_take(&out);
}

size_t text_length(const char *text)
{
    size_t count = 0;
    while (text_next(&text))
        count++;
    return count;
}

static bool is_word_character(int32_t code_point)
{
    switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return true;
    default:
        return false;
    }
}

static void fold_code_point(struct strbuf *out, int32_t code_point)
{
    char bytes[5];
    if (code_point == 0x153)
        strbuf_add(out, "oe");
    else if (code_point == 0xe6)
        strbuf_add(out, "ae");
    else
        strbuf_add_bytes(out, bytes, text_encode(code_point, bytes));
}

char *text_fold(const char *text)
{
    utf8proc_uint8_t *plain = NULL;
    utf8proc_option_t options = UTF8PROC_NULLTERM | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &plain, options) < 0)
        return xstrdup("");
    struct strbuf out = {0};
    bool gap = false;
    const char *at = (const char *)plain;
    for (int32_t code_point; (code_point = text_next(&at));) {
        if (!is_word_character(code_point)) {
            gap = true;
            continue;
        }
        if (gap && out.length)
            strbuf_add_char(&out, ' ');
        gap = false;
        fold_code_point(&out, code_point);
    }
    free(plain);
    return strbuf_take(&out);
}

bool text_same(const char *a, const char *b)
{
    char *folded_a = text_fold(a);
    char *folded_b = text_fold(b);
    bool same = !strcmp(folded_a, folded_b);
    free(folded_a);
    free(folded_b);
    return same;
}

char *text_trim(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t length = strlen(text);
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    return xstrndup(text, length);
}
