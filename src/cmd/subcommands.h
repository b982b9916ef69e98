/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * subcommands: the table of subcommands (subcommands.def) and the choice among them.
 */
#ifndef PASAPAS_CMD_SUBCOMMANDS_H
#define PASAPAS_CMD_SUBCOMMANDS_H

#include "cmd/option_table.h"

/* Up to one without a name. */
extern const struct subcommand subcommands[];

#define SUBCOMMAND(name, id, summary)                                                              \
    extern const struct option_table cmd_##id##_options;                                           \
    int cmd_##id(const struct cli *cli, int argc, char **argv);
#include "cmd/subcommands.def"
#undef SUBCOMMAND

/* The assistant itself: no subcommand. */
extern const struct option_table cmd_run_options;
int cmd_run(const struct cli *cli, int argc, char **argv);

/* Runs what argv asks for: a subcommand, the assistant, or --print (cmd/print_tables.h), which is
 * for the build and in no list. An exit code. Thread: main. */
int subcommands_run(const struct cli *cli, int argc, char **argv);

#endif
