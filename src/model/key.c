/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/key.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

bool key_is_valid(const char *text)
{
    const char *end = text;
    int32_t sign = text_next(&end);
    return sign > ' ' && !*end && !(sign >= '0' && sign <= '9');
}

bool key_same(const char *a, const char *b)
{
    if (!strcmp(a, b))
        return true;
    char *folded = text_fold(a);
    bool letter = *folded != '\0';
    free(folded);
    return letter && text_same(a, b);
}
