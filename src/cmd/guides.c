/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas guides [--guide G] [--steps] [--json]: the guides that can be opened, one a line, or with
 * every part and step under the name that --section and --step want.
 */
#include "app/cli.h"
#include "app/loading.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "cmd/options.h"
#include "cmd/print_json.h"
#include "cmd/subcommands.h"
#include "model/guide.h"
#include "model/guide_load.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

struct job {
    const struct cli *cli;
    const char *guide; /* --guide, or NULL: all that are installed */
    bool steps, json;
    cJSON *array; /* with --json */
};

/* --- text --------------------------------------------------------------------------------- */

static void print_section(const struct cli *cli, const struct guide_section *section)
{
    char number[NUMBER_TEXT_SIZE];
    cli_print(cli, MSG_GUIDES_SECTION, "id", section->id, "title", section->title);
    for (size_t i = 0; i < section->step_count; i++)
        cli_print(cli, MSG_GUIDES_STEP, "id", section->steps[i].id, "number",
                  number_text(number, (long)i + 1), "text", section->steps[i].say);
}

static void print_guide(const struct job *job, const struct guide *guide)
{
    struct strbuf paths = {0};
    for (size_t i = 0; i < guide->path_count; i++)
        strbuf_addf(&paths, "%s%s", i ? ", " : "", guide->paths[i].title);
    cli_print(job->cli, guide->source ? MSG_GUIDES_LINE_SOURCE : MSG_GUIDES_LINE, "id", guide->id,
              "title", guide->title, "paths", paths.text, "source",
              guide->source ? guide->source : "");
    strbuf_free(&paths);
    for (size_t i = 0; job->steps && i < guide->path_count; i++) {
        const struct guide_path *path = &guide->paths[i];
        cli_print(job->cli, MSG_GUIDES_PATH, "id", path->id, "title", path->title);
        for (size_t j = 0; j < path->section_count; j++)
            print_section(job->cli, path->sections[j]);
    }
}

/* --- JSON --------------------------------------------------------------------------------- */

/* An object with an id and a title, in a list. */
static cJSON *add_named(cJSON *list, const char *id, const char *key, const char *title)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "id", id);
    cJSON_AddStringToObject(object, key, title);
    cJSON_AddItemToArray(list, object);
    return object;
}

static void add_section(cJSON *list, const struct guide_section *section)
{
    cJSON *object = add_named(list, section->id, "title", section->title);
    cJSON *steps = cJSON_AddArrayToObject(object, "steps");
    for (size_t i = 0; i < section->step_count; i++)
        add_named(steps, section->steps[i].id, "say", section->steps[i].say);
}

static void add_guide(const struct job *job, const struct guide *guide, const char *file)
{
    cJSON *object = add_named(job->array, guide->id, "title", guide->title);
    char date[11];
    date_format(guide->updated, date);
    cJSON_AddStringToObject(object, "file", file);
    cJSON_AddStringToObject(object, "updated", date);
    if (guide->source)
        cJSON_AddStringToObject(object, "source", guide->source);
    cJSON *paths = cJSON_AddArrayToObject(object, "paths");
    for (size_t i = 0; i < guide->path_count; i++) {
        const struct guide_path *path = &guide->paths[i];
        cJSON *one = add_named(paths, path->id, "title", path->title);
        cJSON *sections = job->steps ? cJSON_AddArrayToObject(one, "sections") : NULL;
        for (size_t j = 0; sections && j < path->section_count; j++)
            add_section(sections, path->sections[j]);
    }
}

/* --- the list ----------------------------------------------------------------------------- */

static int list_guide(const struct job *job, const char *file)
{
    struct guide *guide;
    int code = loading_read_guide(job->cli->messages, file, &guide);
    if (code != CLI_OK)
        return code;
    if (job->array)
        add_guide(job, guide, file);
    else
        print_guide(job, guide);
    guide_free(guide);
    return CLI_OK;
}

static int list_one(const struct job *job)
{
    char *file = paths_guide(job->guide);
    int code = file ? list_guide(job, file) : loading_no_guide(job->cli, job->guide);
    free(file);
    return code;
}

static int list_all(const struct job *job)
{
    char **files = NULL;
    size_t count = paths_list_guides(&files);
    int code = count ? CLI_OK : CLI_FAILED;
    if (!count)
        cli_error(job->cli, MSG_GUIDES_NONE);
    for (size_t i = 0; i < count; i++)
        if (list_guide(job, files[i]) != CLI_OK)
            code = CLI_FAILED;
    mem_free_texts(files, count);
    return code;
}

/* --- the command line ------------------------------------------------------------------------ */

static const struct option_row rows[] = {
    OPTION_FILE("guide", struct job, guide, MSG_VALUE_GUIDE, MSG_OPTION_GUIDES_GUIDE),
    OPTION_FLAG("steps", struct job, steps, MSG_OPTION_STEPS),
    OPTION_FLAG("json", struct job, json, MSG_OPTION_JSON),
    OPTION_END,
};

const struct option_table cmd_guides_options = {.help = MSG_HELP_GUIDES, .rows = rows};

int cmd_guides(const struct cli *cli, int argc, char **argv)
{
    struct job job = {.cli = cli};
    int code = options_parse(cli, &cmd_guides_options, argc, argv, &job, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    job.array = job.json ? print_json_list() : NULL;
    code = job.guide ? list_one(&job) : list_all(&job);
    if (job.array)
        print_json(job.array);
    cJSON_Delete(job.array);
    const int finished = cli_finish(cli);
    return code ? code : finished;
}
