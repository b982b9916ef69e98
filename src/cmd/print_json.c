/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/print_json.h"

#include <stdio.h>

void print_json(const cJSON *value)
{
    char *text = cJSON_PrintUnformatted(value);
    puts(text);
    cJSON_free(text);
}
