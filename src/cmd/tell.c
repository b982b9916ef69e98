/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives a command to the running session, from a desktop shortcut or a pedal. */
#include "app/cli.h"
#include "app/remote_commands.h"
#include "base/errno_words.h"
#include "base/strbuf.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"

#include <errno.h>
#include <string.h>

const struct option_table cmd_tell_options = {
    .help = MSG_HELP_TELL,
    .operand = {.kind = OPERAND_WORDS,
                .name = MSG_VALUE_COMMAND,
                .is_required = true,
                .missing = MSG_VALUE_COMMAND},
};

int cmd_tell(const struct cli *cli, int argc, char **argv)
{
    char **words;
    int code = options_parse(cli, &cmd_tell_options, argc, argv, NULL, &words);
    if (code != OPTIONS_GO_ON)
        return code;
    struct strbuf line = {0};
    for (size_t i = 0; words[i]; i++)
        strbuf_addf(&line, i ? " %s" : "%s", words[i]);
    int result = remote_commands_send(line.text);
    int error = errno;
    strbuf_free(&line);
    if (!result)
        return CLI_OK;
    if (error == ENOENT || error == ECONNREFUSED)
        cli_error(cli, MSG_TELL_NOBODY);
    else if (error == EAGAIN)
        cli_error(cli, MSG_TELL_SILENT);
    else
        cli_error(cli, MSG_TELL_FAILED, "reason", errno_words(cli->messages, error));
    return CLI_FAILED;
}
