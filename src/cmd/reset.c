/*
 * pasapas reset [--learner L] [--yes]: a fresh start for one learner. Asks on a terminal; without
 * one it does nothing unless --yes is given, so that no script loses anybody's work by accident.
 * The old file is kept aside.
 */
#include "app/cli.h"
#include "base/errno_words.h"
#include "base/text.h"
#include "store/calibration_file.h"
#include "store/learner_store.h"

#include <errno.h>
#include <getopt.h>
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
    if (learner_store_reset(learner, &aside) || calibration_forget_learner(learner)) {
        if (errno == EWOULDBLOCK)
            cli_error(cli, MSG_RESET_BUSY, "name", learner);
        else
            cli_error(cli, MSG_RESET_FAILED, "name", learner, "reason",
                      errno_words(cli->messages, errno));
        return CLI_FAILED;
    }
    if (aside) {
        char *folder = learner_store_folder(learner);
        cli_print(cli, MSG_RESET_DONE, "name", learner, "folder", folder, "file", aside);
        free(folder);
    } else {
        cli_print(cli, MSG_RESET_NOTHING, "name", learner);
    }
    free(aside);
    return cli_finish(cli);
}

enum { OPT_LEARNER = 256, OPT_YES, OPT_HELP };

static const struct option long_options[] = {
    {"learner", required_argument, NULL, OPT_LEARNER},
    {"yes", no_argument, NULL, OPT_YES},
    {"help", no_argument, NULL, OPT_HELP},
    {0},
};

int cmd_reset(const struct cli *cli, int argc, char **argv)
{
    const char *learner = "default";
    bool yes = false;
    int option;
    opterr = 0;
    optind = 0;
    while ((option = getopt_long(argc, argv, ":", long_options, NULL)) >= 0) {
        if (option == OPT_HELP) {
            cli_print(cli, MSG_HELP_RESET);
            return cli_finish(cli);
        }
        if (option == '?' || option == ':')
            return cli_bad_option(cli, argv);
        if (option == OPT_LEARNER)
            learner = optarg;
        else
            yes = true;
    }
    if (optind < argc)
        return cli_superfluous(cli, argv[optind]);
    if (!yes && !isatty(STDIN_FILENO)) {
        cli_error(cli, MSG_RESET_NEEDS_YES);
        return CLI_USAGE;
    }
    if (!yes && !is_agreed(cli, learner)) {
        cli_print(cli, MSG_RESET_KEPT);
        return cli_finish(cli);
    }
    return reset(cli, learner);
}
