/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pack_choice.h"

#include "base/locale.h"
#include "base/paths.h"
#include "model/pack.h"

#include <stdlib.h>

char *pack_choice(const char *asked)
{
    if (asked)
        return paths_pack(asked);
    char *language = locale_language();
    char *folder = language ? paths_pack(language) : NULL;
    free(language);
    return folder ? folder : paths_pack(PACK_DEFAULT);
}
