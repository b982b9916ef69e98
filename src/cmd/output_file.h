/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * output_file: what a subcommand writes where the command line says. "-" is standard output. A file
 * is replaced as a whole, a link leads to it; a pipe or a device is written into. A folder that is
 * not there is told, not made. Thread: main.
 */
#ifndef PASAPAS_CMD_OUTPUT_FILE_H
#define PASAPAS_CMD_OUTPUT_FILE_H

#include "app/cli.h"

#include <stdbool.h>

struct strbuf;

/* Writes all bytes. An exit code, after telling what went wrong. `ret_kept`: whether they are now
 * in a file of that name, which can be told. */
int output_file_write(const struct cli *cli, const char *path, const struct strbuf *bytes,
                      bool *ret_kept);

#endif
