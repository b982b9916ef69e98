/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/loading.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/paths.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "model/learner_record.h"
#include "model/pack.h"
#include "model/pack_choice.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int loading_read_pack(const struct messages *messages, const char *folder, struct pack **ret_pack)
{
    struct diags diags;
    diags_init(&diags, messages);
    const int result = pack_load(folder, &diags, ret_pack);
    if (result)
        diags_print(&diags, stderr);
    diags_free(&diags);
    return result ? CLI_FAILED : CLI_OK;
}

int loading_read_guide(const struct messages *messages, const char *file, struct guide **ret_guide)
{
    struct diags diags;
    diags_init(&diags, messages);
    const int result = guide_load(file, &diags, ret_guide);
    if (result)
        diags_print(&diags, stderr);
    diags_free(&diags);
    return result ? CLI_FAILED : CLI_OK;
}

int loading_pack(const struct cli *cli, const char *asked, struct pack **ret_pack)
{
    char *folder = pack_choice(asked);
    if (!folder) {
        cli_error(cli, MSG_NO_VOICE, "name", asked ? asked : PACK_DEFAULT);
        return CLI_USAGE;
    }
    const int code = loading_read_pack(cli->messages, folder, ret_pack);
    free(folder);
    return code;
}

static char *first_guide(void)
{
    char **files = NULL;
    const size_t count = paths_list_guides(&files);
    char *first = count ? xstrdup(files[0]) : NULL;
    mem_free_texts(files, count);
    return first;
}

/* The file of the guide: the one asked for, else the last one used, else the first there is. */
static char *find_guide(const char *asked, const struct learner_record *record)
{
    const struct learner_record_place *latest = learner_record_latest_place(record);
    if (asked)
        return paths_guide(asked);
    char *file = latest ? paths_guide(latest->guide) : NULL;
    return file ? file : first_guide();
}

int loading_guide(const struct cli *cli, const struct messages *messages, const char *asked,
                  const struct learner_record *record, struct guide **ret_guide)
{
    char *file = find_guide(asked, record);
    if (!file) {
        cli_error(cli, MSG_NO_GUIDE, "name", asked ? asked : "");
        return CLI_USAGE;
    }
    const int code = loading_read_guide(messages, file, ret_guide);
    free(file);
    return code;
}

int loading_check_place(const struct cli *cli, const struct guide *guide, const char *path,
                        const char *section, const char *step)
{
    bool found_section = false, found_step = !step;
    if (path && guide_find_path(guide, path) < 0)
        return cli_bad_value(cli, "--path", path);
    if (step && !section)
        return cli_missing(cli, "--section");
    if (!section)
        return CLI_OK;
    for (size_t i = 0; i < guide->path_count; i++) {
        const struct guide_path *candidate = &guide->paths[i];
        if (path && strcmp(path, candidate->id))
            continue;
        const int at = guide_find_section(candidate, section);
        found_section |= at >= 0;
        if (at >= 0 && step)
            found_step |= guide_find_step(candidate->sections[at], step) >= 0;
    }
    if (!found_section)
        return cli_bad_value(cli, "--section", section);
    return found_step ? CLI_OK : cli_bad_value(cli, "--step", step);
}
