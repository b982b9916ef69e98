#include "cmd/subcommands.h"

#include "base/mem.h"

#include <getopt.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    cli_function run;
} table[] = {
#define SUBCOMMAND(name, function) {name, function},
#include "cmd/subcommands.def"
#undef SUBCOMMAND
    {NULL, NULL},
};

int subcommands_run(const struct cli *cli, int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "--version")) {
        cli_print(cli, MSG_CLI_VERSION, "version", PACKAGE_VERSION);
        return cli_finish(cli);
    }
    for (size_t i = 0; argc > 1 && table[i].name; i++)
        if (!strcmp(argv[1], table[i].name))
            return table[i].run(cli, argc - 1, argv + 1);
    if (argc > 1 && argv[1][0] != '-') {
        cli_error(cli, MSG_CLI_UNKNOWN_SUBCOMMAND, "name", argv[1]);
        return CLI_USAGE;
    }
    return cmd_run(cli, argc, argv);
}
