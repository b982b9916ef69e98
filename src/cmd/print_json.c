/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/print_json.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

cJSON *print_json_list(void)
{
    /* cJSON leaves out what it has no memory for; here nothing is left out without a word. */
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = xmalloc, .free_fn = free});
    return cJSON_CreateArray();
}

/* cJSON escapes control characters below 0x20; what else could drive a terminal is in texts, and
 * escaped here, so that nothing of a name is lost. */
void print_json_text(const char *text)
{
    const char *printed = text;
    for (const char *at = text; *at;) {
        const char *before = at;
        const int32_t c = text_next(&at);
        if (text_may_be_shown(c))
            continue;
        fwrite(printed, 1, (size_t)(before - printed), stdout);
        printf("\\u%04x", (unsigned)c);
        printed = at;
    }
    puts(printed);
}

void print_json(const cJSON *value)
{
    char *text = cJSON_PrintUnformatted(value);
    print_json_text(text);
    cJSON_free(text);
}
