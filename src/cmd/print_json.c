/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/print_json.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* cJSON escapes control characters below 0x20, and nothing is above ASCII but in texts: what else
 * could drive a terminal is escaped here, so that nothing of a name is lost. */
static void print_escaped(const char *text)
{
    char bytes[5];
    for (int32_t c; (c = text_next(&text));) {
        const size_t length = text_encode(c, bytes);
        char *shown = c < 0x7f ? NULL : text_shown(bytes);
        if (shown && strcmp(shown, bytes))
            printf("\\u%04x", (unsigned)c);
        else
            fwrite(bytes, 1, length, stdout);
        free(shown);
    }
    putchar('\n');
}

void print_json(const cJSON *value)
{
    char *text = cJSON_PrintUnformatted(value);
    print_escaped(text);
    cJSON_free(text);
}
