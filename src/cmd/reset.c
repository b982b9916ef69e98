/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas reset [--learner L] [--yes]: a fresh start for one learner. Asks on a terminal; without
 * one it does nothing unless --yes is given, so that no script loses anybody's work by accident.
 * The old file is kept aside.
 */
#include "app/cli.h"
#include "base/errno_words.h"
#include "base/text.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "store/calibration_file.h"
#include "store/learner_folder.h"
#include "store/learner_store.h"
#include "store/learners.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Asks until the answer is one of the two words; the end of input is a no. */
static bool is_agreed(const struct cli *cli, const char *learner)
{
    char *yes = messages_format(cli->messages, MSG_RESET_YES);
    char *no = messages_format(cli->messages, MSG_RESET_NO);
    char *line = NULL;
    size_t capacity = 0;
    bool agreed = false, answered = false;
    while (!answered) {
        cli_print(cli, MSG_RESET_ASK, "name", learner);
        fflush(stdout);
        if (getline(&line, &capacity, stdin) < 0)
            break;
        agreed = text_same(line, yes);
        answered = agreed || text_same(line, no);
    }
    free(line);
    free(yes);
    free(no);
    return agreed;
}

static int reset(const struct cli *cli, const char *learner)
{
    char *aside = NULL;
    if (learner_store_reset(learner, &aside)) {
        if (errno == EWOULDBLOCK)
            cli_error(cli, MSG_RESET_BUSY, "name", learner);
        else
            cli_error(cli, MSG_RESET_FAILED, "name", learner, "reason",
                      errno_words(cli->messages, errno));
        return CLI_FAILED;
    }
    if (calibration_forget_learner(learner)) {
        cli_error(cli, MSG_RESET_PARTLY, "name", learner, "reason",
                  errno_words(cli->messages, errno));
        free(aside);
        return CLI_FAILED;
    }
    if (aside) {
        char *folder = learner_folder_path(learner);
        cli_print(cli, MSG_RESET_DONE, "name", learner, "folder", folder, "file", aside);
        free(folder);
    } else {
        cli_print(cli, MSG_RESET_NOTHING, "name", learner);
    }
    free(aside);
    return cli_finish(cli);
}

struct reset_options {
    const char *learner;
    bool yes;
};

static const struct option_row rows[] = {
    OPTION_NAME("learner", struct reset_options, learner, MSG_VALUE_NAME, MSG_OPTION_LEARNER),
    OPTION_FLAG("yes", struct reset_options, yes, MSG_OPTION_YES),
    OPTION_END,
};

const struct option_table cmd_reset_options = {.help = MSG_HELP_RESET, .rows = rows};

int cmd_reset(const struct cli *cli, int argc, char **argv)
{
    struct reset_options options = {.learner = LEARNER_STORE_DEFAULT};
    int code = options_parse(cli, &cmd_reset_options, argc, argv, &options, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    if (!options.yes && !isatty(STDIN_FILENO)) {
        cli_error(cli, MSG_RESET_NEEDS_YES);
        return CLI_USAGE;
    }
    char *learner = learners_called(options.learner);
    if (options.yes || is_agreed(cli, learner)) {
        code = reset(cli, learner);
    } else {
        cli_print(cli, MSG_RESET_KEPT);
        code = cli_finish(cli);
    }
    free(learner);
    return code;
}
