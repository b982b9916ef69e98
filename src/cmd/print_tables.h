/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_tables: `pasapas --print WHAT`, by which the build makes the lists of the man page and the
 * shells' completion out of the tables of options. Thread: main.
 */
#ifndef PASAPAS_CMD_PRINT_TABLES_H
#define PASAPAS_CMD_PRINT_TABLES_H

#include "cmd/option_table.h"

/* Prints "man-options", "man-commands", "bash", "zsh", "fish" or "list". An exit code. */
int print_tables(const struct cli *cli, const struct option_table *program, const char *what);

#endif
