/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/characters.h"

#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

bool reading_is_digit(int32_t code)
{
    return code >= '0' && code <= '9';
}

/* Most text is ASCII, and utf8proc's tables are far away in the memory. */
static bool is_ascii(int32_t code)
{
    return code >= 0 && code < 0x80;
}

static bool is_ascii_lower(int32_t code)
{
    return code >= 'a' && code <= 'z';
}

static bool is_ascii_upper(int32_t code)
{
    return code >= 'A' && code <= 'Z';
}

bool reading_is_letter(int32_t code)
{
    if (is_ascii(code))
        return is_ascii_lower(code) || is_ascii_upper(code);
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return true;
    default:
        return false;
    }
}

bool reading_is_latin(int32_t code)
{
    return reading_is_letter(code) &&
           (code < 0x370 || (code >= 0x1ab0 && code <= 0x1aff) ||
            (code >= 0x1d00 && code <= 0x1eff) || code == 0x2071 || code == 0x207f ||
            (code >= 0x2c60 && code <= 0x2c7f) || (code >= 0xa720 && code <= 0xa7ff));
}

bool reading_is_upper(int32_t code)
{
    return is_ascii(code) ? is_ascii_upper(code) : utf8proc_category(code) == UTF8PROC_CATEGORY_LU;
}

bool reading_is_lower(int32_t code)
{
    return is_ascii(code) ? is_ascii_lower(code) : utf8proc_category(code) == UTF8PROC_CATEGORY_LL;
}

int32_t reading_to_lower(int32_t code)
{
    if (is_ascii(code))
        return is_ascii_upper(code) ? code - 'A' + 'a' : code;
    return utf8proc_tolower(code);
}

bool reading_is_one_of(int32_t code, const char *characters)
{
    if (is_ascii(code))
        return code && strchr(characters, (int)code);
    for (int32_t next; (next = text_next(&characters));)
        if (next == code)
            return true;
    return false;
}

bool reading_is_word_character(int32_t code)
{
    return reading_is_letter(code) || reading_is_digit(code);
}
