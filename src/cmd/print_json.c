/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/print_json.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

cJSON *print_json_list(void)
{
    /* cJSON leaves out what it has no memory for; here nothing is left out without a word. */
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = xmalloc, .free_fn = free});
    return cJSON_CreateArray();
}

/* Whether a character above ASCII could drive a terminal. */
static bool is_unsafe(int32_t c)
{
    char bytes[5];
    text_encode(c, bytes);
    char *shown = text_shown(bytes);
    const bool changed = strcmp(shown, bytes) != 0;
    free(shown);
    return changed;
}

/* cJSON escapes control characters below 0x20, and nothing is above ASCII but in texts: what else
 * could drive a terminal is escaped here, so that nothing of a name is lost. */
static void print_escaped(const char *text)
{
    const char *printed = text;
    for (const char *at = text; *at;) {
        const char *before = at;
        const int32_t c = text_next(&at);
        if (c < 0x7f || !is_unsafe(c))
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
    print_escaped(text);
    cJSON_free(text);
}
