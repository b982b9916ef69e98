/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * options: reads the command line by a table of options (cmd/option_table.h), with getopt_long().
 *
 * Options may be shortened as long as one only begins so, and may stand after operands; "--" ends
 * them. Mistakes are told on standard error. Thread: main.
 */
#ifndef PASAPAS_CMD_OPTIONS_H
#define PASAPAS_CMD_OPTIONS_H

#include "cmd/option_table.h"

/* Not an exit code: the subcommand goes on. */
#define OPTIONS_GO_ON (-1)

/*
 * Stores the values in the struct at `ret_target` that the table is about, which the caller has set
 * to its defaults; texts point into `argv`. `argv[0]` is the subcommand's name. Returns
 * OPTIONS_GO_ON with the operands (`ret_operands`, up to NULL, inside `argv`; or NULL where the
 * table allows none), or an exit code after saying what is wrong or printing the help.
 */
int options_parse(const struct cli *cli, const struct option_table *table, int argc, char **argv,
                  void *ret_target, char ***ret_operands);

#endif
