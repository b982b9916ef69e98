/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/subcommands.h"

#include "cmd/print_tables.h"

#include <string.h>

const struct subcommand subcommands[] = {
#define SUBCOMMAND(name, id, summary) {name, cmd_##id, MSG_##summary, &cmd_##id##_options},
#include "cmd/subcommands.def"
#undef SUBCOMMAND
    {.name = NULL},
};

int subcommands_run(const struct cli *cli, int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "--print"))
        return print_tables(cli, &cmd_run_options, argv[2]);
    if (argc < 2 || argv[1][0] == '-')
        return cmd_run(cli, argc, argv);
    for (const struct subcommand *command = subcommands; command->name; command++)
        if (!strcmp(argv[1], command->name))
            return command->run(cli, argc - 1, argv + 1);
    cli_error(cli, MSG_CLI_UNKNOWN_SUBCOMMAND, "name", argv[1]);
    return CLI_USAGE;
}
