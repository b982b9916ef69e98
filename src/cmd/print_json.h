/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_json: JSON on standard output, in one line. Without memory the program ends (base/mem.h).
 * Thread: main.
 */
#ifndef PASAPAS_CMD_PRINT_JSON_H
#define PASAPAS_CMD_PRINT_JSON_H

#include <cjson/cJSON.h>

/* An empty list; to be called before any other value is made. */
cJSON *print_json_list(void);

void print_json(const cJSON *value);
/* The same for what is JSON in one line already. */
void print_json_text(const char *text);

#endif
