/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/print_tables.h"

#include "base/mem.h"
#include "cmd/option_completion.h"
#include "cmd/option_man.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    char *(*make)(const struct messages *messages, const struct option_table *program);
} makers[] = {
    {"man-options", option_man_options}, {"man-commands", option_man_commands},
    {"bash", option_completion_bash},    {"zsh", option_completion_zsh},
    {"fish", option_completion_fish},    {"list", option_completion_list},
};

int print_tables(const struct cli *cli, const struct option_table *program, const char *what)
{
    for (size_t i = 0; i < COUNT_OF(makers); i++) {
        if (strcmp(what, makers[i].name))
            continue;
        char *text = makers[i].make(cli->messages, program);
        fputs(text, stdout);
        free(text);
        return cli_finish(cli);
    }
    return cli_bad_value(cli, "--print", what);
}
