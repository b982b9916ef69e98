/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main: which part of the program is asked for; nothing else. */
#include "app/cli.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/standard_fds.h"
#include "cmd/subcommands.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (standard_fds_open())
        return CLI_FAILED;
    setlocale(LC_CTYPE, "");
    /* A closed pipe, or a file that may grow no longer, is told by write(), not by a signal that
     * would skip saving the place. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    struct messages *messages = messages_load_builtin();
    struct cli cli = {.messages = messages};
    int code = subcommands_run(&cli, argc, argv);
    messages_free(messages);
    return code;
}
