/*
 * subcommands: the table of subcommands (subcommands.def) and the choice among them.
 */
#ifndef PASAPAS_CMD_SUBCOMMANDS_H
#define PASAPAS_CMD_SUBCOMMANDS_H

#include "app/cli.h"

/* Runs what argv asks for: --help, --version, a subcommand, or the assistant. An exit code. */
int subcommands_run(const struct cli *cli, int argc, char **argv);

#endif
