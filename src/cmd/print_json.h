/* SPDX-License-Identifier: GPL-3.0-or-later */
/* print_json: a JSON value on standard output, in one line. Thread: main. */
#ifndef PASAPAS_CMD_PRINT_JSON_H
#define PASAPAS_CMD_PRINT_JSON_H

#include <cjson/cJSON.h>

void print_json(const cJSON *value);

#endif
