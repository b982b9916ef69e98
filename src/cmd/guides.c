/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guides: the guides that can be opened, one a line. */
#include "app/cli.h"
#include "app/loading.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/guide.h"
#include "model/guide_load.h"

#include <stdlib.h>

static void print_guide(const struct cli *cli, const struct guide *guide)
{
    struct strbuf paths = {0};
    for (size_t i = 0; i < guide->path_count; i++)
        strbuf_addf(&paths, "%s%s", i ? ", " : "", guide->paths[i].title);
    cli_print(cli, MSG_GUIDES_LINE, "id", guide->id, "title", guide->title, "paths", paths.text);
    strbuf_free(&paths);
}

static int list_guide(const struct cli *cli, const char *file)
{
    struct guide *guide;
    int code = loading_read_guide(cli->messages, file, &guide);
    if (code != CLI_OK)
        return code;
    print_guide(cli, guide);
    guide_free(guide);
    return CLI_OK;
}

const struct option_table cmd_guides_options = {.help = MSG_HELP_GUIDES};

int cmd_guides(const struct cli *cli, int argc, char **argv)
{
    int code = options_parse(cli, &cmd_guides_options, argc, argv, NULL, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    char **files = NULL;
    size_t count = paths_list_guides(&files);
    bool failed = !count;
    if (!count)
        cli_error(cli, MSG_GUIDES_NONE);
    for (size_t i = 0; i < count; i++)
        failed |= list_guide(cli, files[i]) != CLI_OK;
    mem_free_texts(files, count);
    code = cli_finish(cli);
    return failed ? CLI_FAILED : code;
}
