/* guides: the guides that can be opened, one a line. */
#include "app/cli.h"
#include "base/diag.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "model/guide.h"

#include <getopt.h>
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
    struct diags diags;
    diags_init(&diags, cli->messages);
    struct guide *guide;
    int result = guide_load(file, &diags, &guide);
    if (result) {
        diags_print(&diags, stderr);
    } else {
        print_guide(cli, guide);
        guide_free(guide);
    }
    diags_free(&diags);
    return result;
}

int cmd_guides(const struct cli *cli, int argc, char **argv)
{
    int code = cli_help_only(cli, argc, argv, MSG_HELP_GUIDES);
    if (code >= 0)
        return code;
    if (optind < argc)
        return cli_superfluous(cli, argv[optind]);
    char **files = NULL;
    size_t count = paths_list_guides(&files);
    bool failed = !count;
    if (!count)
        cli_error(cli, MSG_GUIDES_NONE);
    for (size_t i = 0; i < count; i++) {
        failed |= list_guide(cli, files[i]) != 0;
        free(files[i]);
    }
    free(files);
    code = cli_finish(cli);
    return failed ? CLI_FAILED : code;
}
