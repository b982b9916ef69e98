/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/locale.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

char *locale_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *value = NULL;
    for (size_t i = 0; i < COUNT_OF(names) && !(value && *value); i++)
        value = getenv(names[i]);
    size_t length = value ? strspn(value, "abcdefghijklmnopqrstuvwxyz") : 0;
    /* Languages have codes of two or three letters (ISO 639). */
    return length == 2 || length == 3 ? xstrndup(value, length) : NULL;
}

bool locale_is(const char *language, const char *name)
{
    size_t length = strlen(language);
    return !strncmp(language, name, length) &&
           (!name[length] || name[length] == '-' || name[length] == '_');
}
