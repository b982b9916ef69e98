/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/load.h"

#include "app/loading.h"
#include "model/pack.h"
#include "model/pack_choice.h"

#include <stdlib.h>

int load_pack(const struct cli *cli, const char *id, struct pack **ret_pack)
{
    char *folder = pack_choice(id);
    if (!folder)
        return cli_bad_value(cli, "--voice", id ? id : PACK_DEFAULT);
    const int code = loading_read_pack(cli->messages, folder, ret_pack);
    free(folder);
    return code;
}
