/* SPDX-License-Identifier: GPL-3.0-or-later */
/* voices: the voice packs and their acoustic models, and which of them are used. */
#include "app/cli.h"
#include "app/loading.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/paths.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/pack.h"
#include "model/pack_choice.h"

#include <stdlib.h>
#include <string.h>

static void print_models(const struct cli *cli, const struct pack *pack)
{
    if (!pack_best_model(pack))
        cli_print(cli, MSG_VOICES_NO_MODEL, "id", pack->id);
    for (size_t i = 0; i < pack->model_count; i++) {
        const struct pack_model *model = &pack->models[i];
        enum message id = pack_model_is_used(pack, model) ? MSG_VOICES_MODEL_USED
                          : pack_model_is_there(model)    ? MSG_VOICES_MODEL
                                                          : MSG_VOICES_MODEL_ABSENT;
        cli_print(cli, id, "id", pack->id, "model", model->name, "folder", model->folder);
    }
}

static int list_pack(const struct cli *cli, const char *folder, bool used)
{
    struct pack *pack;
    const int code = loading_read_pack(cli->messages, folder, &pack);
    if (code != CLI_OK)
        return code;
    cli_print(cli, used ? MSG_VOICES_LINE_USED : MSG_VOICES_LINE, "id", pack->id, "name",
              pack->name);
    print_models(cli, pack);
    pack_free(pack);
    return CLI_OK;
}

const struct option_table cmd_voices_options = {.help = MSG_HELP_VOICES};

int cmd_voices(const struct cli *cli, int argc, char **argv)
{
    int code = options_parse(cli, &cmd_voices_options, argc, argv, NULL, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    char **folders = NULL;
    size_t count = paths_list_packs(&folders);
    char *chosen = pack_choice(NULL);
    bool failed = !count;
    if (!count)
        cli_error(cli, MSG_VOICES_NONE);
    for (size_t i = 0; i < count; i++) {
        const bool used = chosen && !strcmp(folders[i], chosen);
        failed |= list_pack(cli, folders[i], used) != CLI_OK;
    }
    mem_free_texts(folders, count);
    free(chosen);
    code = cli_finish(cli);
    return failed ? CLI_FAILED : code;
}
