/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/open_session.h"

#include "app/remote_commands.h"
#include "base/errno_words.h"

#include <errno.h>

int open_session_failed(const struct cli *cli, int error)
{
    if (error == ENOENT || error == ECONNREFUSED)
        cli_error(cli, MSG_TELL_NOBODY);
    else if (error == EAGAIN)
        cli_error(cli, MSG_TELL_SILENT);
    else
        cli_error(cli, MSG_TELL_FAILED, "reason", errno_words(cli->messages, error));
    return CLI_FAILED;
}

int open_session_ask(const struct cli *cli, const char *line, char **ret_state)
{
    if (remote_commands_ask(line, ret_state))
        return open_session_failed(cli, errno);
    return CLI_OK;
}
