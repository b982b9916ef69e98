#include "cmd/load.h"

#include "base/diag.h"
#include "base/paths.h"
#include "model/guide.h"
#include "model/pack.h"

#include <stdlib.h>

int load_pack(const struct cli *cli, const char *id, struct pack **ret_pack)
{
    char *folder = paths_pack(id);
    if (!folder)
        return cli_bad_value(cli, "--voice", id);
    struct diags diags;
    diags_init(&diags, cli->messages);
    int result = pack_load(folder, &diags, ret_pack);
    diags_print(&diags, stderr);
    diags_free(&diags);
    free(folder);
    return result ? CLI_FAILED : CLI_OK;
}

int load_guide(const struct cli *cli, const char *file, struct guide **ret_guide)
{
    struct diags diags;
    diags_init(&diags, cli->messages);
    int result = guide_load(file, &diags, ret_guide);
    if (result)
        diags_print(&diags, stderr);
    diags_free(&diags);
    return result ? CLI_FAILED : CLI_OK;
}
