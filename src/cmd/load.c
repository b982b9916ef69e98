/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/load.h"

#include "base/diag.h"
#include "model/guide_load.h"
#include "model/pack.h"
#include "model/pack_choice.h"

#include <stdlib.h>

int load_pack(const struct cli *cli, const char *id, struct pack **ret_pack)
{
    char *folder = pack_choice(id);
    if (!folder)
        return cli_bad_value(cli, "--voice", id ? id : PACK_DEFAULT);
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
