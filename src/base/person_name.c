/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/person_name.h"

#include "base/strbuf.h"
#include "base/text.h"

#include <string.h>

static bool is_space(int32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

char *person_name_tidy(const char *name)
{
    struct strbuf tidy = {0};
    bool space = false;
    const char *at = name;
    for (int32_t c; (c = text_next(&name)); at = name) {
        if (is_space(c)) {
            space = true;
            continue;
        }
        if (space && tidy.length)
            strbuf_add_char(&tidy, ' ');
        space = false;
        strbuf_add_bytes(&tidy, at, (size_t)(name - at));
    }
    return strbuf_take(&tidy);
}

/* Line ends, marks of direction and characters without width (Unicode, general category Cf and its
 * default ignorable ones), but the joiners U+200C and U+200D and the selectors of a glyph. */
static bool is_invisible(int32_t c)
{
    static const struct {
        int32_t first, last;
    } ranges[] = {
        {0xad, 0xad},       {0x34f, 0x34f},   {0x61c, 0x61c},     {0x115f, 0x1160},
        {0x17b4, 0x17b5},   {0x180b, 0x180f}, {0x200b, 0x200b},   {0x200e, 0x200f},
        {0x2028, 0x202e},   {0x2060, 0x206f}, {0x3164, 0x3164},   {0xfeff, 0xfeff},
        {0xffa0, 0xffa0},   {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
        {0xe0000, 0xe0fff},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

bool person_name_is_clean(const char *name)
{
    const size_t length = strlen(name);
    if (text_control_error(name, length) < length || strpbrk(name, "\t\n"))
        return false;
    for (int32_t c; (c = text_next(&name));)
        if (is_invisible(c))
            return false;
    return true;
}
