/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives a command to the running session, from a desktop shortcut or a pedal. */
#include "app/cli.h"
#include "app/remote_commands.h"
#include "base/strbuf.h"
#include "cmd/open_session.h"
#include "cmd/options.h"
#include "cmd/print_json.h"
#include "cmd/subcommands.h"

#include <errno.h>
#include <stdlib.h>

struct tell {
    bool json;
};

static const struct option_row rows[] = {
    OPTION_FLAG("json", struct tell, json, MSG_OPTION_TELL_JSON),
    OPTION_END,
};

const struct option_table cmd_tell_options = {
    .help = MSG_HELP_TELL,
    .rows = rows,
    .operand = {.kind = OPERAND_WORDS,
                .name = MSG_VALUE_COMMAND,
                .is_required = true,
                .missing = MSG_VALUE_COMMAND},
};

int cmd_tell(const struct cli *cli, int argc, char **argv)
{
    struct tell tell = {0};
    char **words, *state = NULL;
    int code = options_parse(cli, &cmd_tell_options, argc, argv, &tell, &words);
    if (code != OPTIONS_GO_ON)
        return code;
    struct strbuf line = {0};
    for (size_t i = 0; words[i]; i++)
        strbuf_addf(&line, i ? " %s" : "%s", words[i]);
    code = tell.json                         ? open_session_ask(cli, line.text, &state)
           : remote_commands_send(line.text) ? open_session_failed(cli, errno)
                                             : CLI_OK;
    if (state)
        print_json_text(state);
    free(state);
    strbuf_free(&line);
    return code;
}
