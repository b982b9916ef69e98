/* Gives a command to the running session, from a desktop shortcut or a pedal. */
#include "app/cli.h"
#include "app/remote_commands.h"
#include "base/errno_words.h"
#include "base/strbuf.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

int cmd_tell(const struct cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"help", no_argument, NULL, 'h'}, {0}};
    optind = 0;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option != 'h')
            return cli_bad_option(cli, argv);
        cli_print(cli, MSG_HELP_TELL);
        return cli_finish(cli);
    }
    if (optind >= argc)
        return cli_missing(cli, "COMMANDE");
    struct strbuf line = {0};
    for (int i = optind; i < argc; i++)
        strbuf_addf(&line, i > optind ? " %s" : "%s", argv[i]);
    int result = remote_commands_send(line.text);
    int error = errno;
    strbuf_free(&line);
    if (!result)
        return CLI_OK;
    if (error == ENOENT || error == ECONNREFUSED)
        cli_error(cli, MSG_TELL_NOBODY);
    else
        cli_error(cli, MSG_TELL_FAILED, "reason", errno_words(cli->messages, error));
    return CLI_FAILED;
}
