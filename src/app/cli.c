/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli.h"
#include "base/errno_words.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print(FILE *stream, const struct cli *cli, enum message id, va_list pairs)
{
    char *text = messages_vformat_shown(cli->messages, id, pairs);
    fprintf(stream, "%s\n", text);
    free(text);
}

void cli_print_pairs(const struct cli *cli, enum message id, ...)
{
    va_list pairs;
    va_start(pairs, id);
    print(stdout, cli, id, pairs);
    va_end(pairs);
}

void cli_error_pairs(const struct cli *cli, enum message id, ...)
{
    va_list pairs;
    va_start(pairs, id);
    print(stderr, cli, id, pairs);
    va_end(pairs);
}

int cli_bad_value(const struct cli *cli, const char *option, const char *value)
{
    cli_error(cli, MSG_CLI_BAD_VALUE, "option", option, "value", value);
    return CLI_USAGE;
}

int cli_missing(const struct cli *cli, const char *what)
{
    cli_error(cli, MSG_CLI_MISSING, "what", what);
    return CLI_USAGE;
}

int cli_superfluous(const struct cli *cli, const char *argument)
{
    cli_error(cli, MSG_CLI_SUPERFLUOUS, "argument", argument);
    return CLI_USAGE;
}

int cli_cannot_start(const struct cli *cli, int error)
{
    cli_error(cli, MSG_CLI_CANNOT_START, "reason", errno_words(cli->messages, error));
    return CLI_FAILED;
}

int cli_finish(const struct cli *cli)
{
    if (!fflush(stdout) && !ferror(stdout))
        return CLI_OK;
    if (errno == EPIPE)
        return CLI_OK;
    cli_error(cli, MSG_CLI_OUTPUT_FAILED, "reason", errno_words(cli->messages, errno));
    return CLI_FAILED;
}
