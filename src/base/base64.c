/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base64.h"

#include "base/strbuf.h"

#include <stdint.h>
#include <string.h>

void base64_add(struct strbuf *text, const char *bytes, size_t length)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        const size_t count = length - i < 3 ? length - i : 3;
        unsigned char three[3] = {0};
        memcpy(three, bytes + i, count);
        const uint32_t bits = (uint32_t)three[0] << 16 | (uint32_t)three[1] << 8 | three[2];
        for (size_t letter = 0; letter < 4; letter++)
            strbuf_add_char(text, letter > count ? '=' : letters[bits >> (18 - 6 * letter) & 63]);
    }
}
