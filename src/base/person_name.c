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

bool person_name_is_clean(const char *name)
{
    const size_t length = strlen(name);
    if (text_control_error(name, length) < length || strpbrk(name, "\t\n"))
        return false;
    for (int32_t c; (c = text_next(&name));)
        if (c == 0xad || c == 0x61c || c == 0x200b || c == 0x200e || c == 0x200f || c == 0x2028 ||
            c == 0x2029 || c == 0x2060 || c == 0xfeff)
            return false;
    return true;
}
