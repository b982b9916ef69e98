/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/loading.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/near_names.h"
#include "base/paths.h"
#include "model/guide.h"
#include "model/guide_load.h"
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

struct guide *loading_usable_guide(const struct cli *cli, const char *file)
{
    struct diags diags;
    struct guide *guide = NULL;
    diags_init(&diags, cli->messages);
    if (guide_load(file, &diags, &guide))
        cli_error(cli, MSG_GUIDE_LEFT_OUT, "file", file);
    diags_free(&diags);
    return guide;
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

/* --- the guide ------------------------------------------------------------------------------ */

/* Names that others own. */
struct names {
    const char **items;
    size_t count, capacity;
};

static void add_name(struct names *names, const char *name)
{
    names->items = mem_grow(names->items, &names->capacity, names->count + 1, sizeof *names->items);
    names->items[names->count++] = name;
}

int loading_no_guide(const struct cli *cli, const char *name)
{
    char **files = NULL;
    const size_t count = paths_list_guides(&files);
    char **stems = xcalloc(count + 1, sizeof *stems);
    struct names names = {0};
    for (size_t i = 0; i < count; i++)
        add_name(&names, stems[i] = paths_stem(files[i]));
    char *near = near_names(cli->messages, name, names.items, names.count);
    if (near)
        cli_error(cli, MSG_NO_GUIDE_NEAR, "name", name, "near", near);
    else
        cli_error(cli, MSG_NO_GUIDE, "name", name);
    free(near);
    free(names.items);
    mem_free_texts(stems, count);
    mem_free_texts(files, count);
    return CLI_USAGE;
}

/* --- a place of the guide ------------------------------------------------------------------- */

/* Says that there is no such name, and which ones are near. */
static int tell_unknown(const struct cli *cli, const char *option, const char *value,
                        const struct names *known)
{
    char *near = near_names(cli->messages, value, known->items, known->count);
    if (near)
        cli_error(cli, MSG_CLI_NO_PLACE_NEAR, "option", option, "value", value, "near", near);
    else
        cli_error(cli, MSG_CLI_NO_PLACE, "option", option, "value", value);
    free(near);
    return CLI_USAGE;
}

static bool has_name(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i], name))
            return true;
    return false;
}

static int check_name(const struct cli *cli, const char *option, const char *value,
                      const struct names *known)
{
    return !value || has_name(known, value) ? CLI_OK : tell_unknown(cli, option, value, known);
}

/* The sections of a path, and the steps of those that are called `section`. */
static void add_sections(const struct guide_path *path, const char *section,
                         struct names *ret_sections, struct names *ret_steps)
{
    for (size_t i = 0; i < path->section_count; i++) {
        const struct guide_section *candidate = path->sections[i];
        add_name(ret_sections, candidate->id);
        for (size_t j = 0; !strcmp(candidate->id, section) && j < candidate->step_count; j++)
            add_name(ret_steps, candidate->steps[j].id);
    }
}

int loading_check_place(const struct cli *cli, const struct guide *guide, const char *path,
                        const char *section, const char *step)
{
    struct names paths = {0}, sections = {0}, steps = {0};
    if (step && !section)
        return cli_missing(cli, "--section");
    for (size_t i = 0; i < guide->path_count; i++) {
        const struct guide_path *candidate = &guide->paths[i];
        add_name(&paths, candidate->id);
        if (!path || !strcmp(path, candidate->id))
            add_sections(candidate, section ? section : "", &sections, &steps);
    }
    int code = check_name(cli, "--path", path, &paths);
    if (!code)
        code = check_name(cli, "--section", section, &sections);
    if (!code)
        code = check_name(cli, "--step", step, &steps);
    free(paths.items);
    free(sections.items);
    free(steps.items);
    return code;
}
