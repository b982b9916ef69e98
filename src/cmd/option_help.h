/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * option_help: what --help prints, made from a table of options, in lines of 80 characters at most.
 * Pure. Thread: any.
 */
#ifndef PASAPAS_CMD_OPTION_HELP_H
#define PASAPAS_CMD_OPTION_HELP_H

#include "cmd/option_table.h"

#define OPTION_HELP_WIDTH 80

/* `name` is the subcommand's. To be freed with free(). */
char *option_help(const struct messages *messages, const struct option_table *table,
                  const char *name);

#endif
