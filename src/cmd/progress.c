/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas progress [--learner L] [--guide G] [--all] [--month YYYY-MM] [--today DATE]
 *                  [--json | --csv]:
 * how far one learner is, or everybody in the room. Reads only; a running session is not disturbed.
 */
#include "app/cli.h"
#include "app/loading.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/mem.h"
#include "base/near_names.h"
#include "base/number.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "cmd/options.h"
#include "cmd/print_json.h"
#include "cmd/subcommands.h"
#include "model/date_words.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "model/overview.h"
#include "store/learner_folder.h"
#include "store/learner_store.h"
#include "store/learners.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct cli *cli;
    const char *learner;    /* --learner, or NULL */
    const char *guide_name; /* --guide, or NULL; once it is loaded, its id */
    bool all, json, csv;
    struct strbuf table; /* --csv: the lines so far */
    struct month month;  /* --month; year 0: not given */
    struct date today;
    struct guide **guides; /* those loaded so far */
    size_t guide_count, guide_capacity;
    char **missing; /* names of guides that could not be loaded, each told once */
    size_t missing_count, missing_capacity;
    bool failed;
};

/* --- guides ------------------------------------------------------------------------------- */

static bool is_known_missing(const struct job *job, const char *name)
{
    for (size_t i = 0; i < job->missing_count; i++)
        if (!strcmp(job->missing[i], name))
            return true;
    return false;
}

static const struct guide *load_file(struct job *job, const char *file)
{
    struct guide *guide;
    if (loading_read_guide(job->cli->messages, file, &guide))
        return NULL;
    job->guides =
        mem_grow(job->guides, &job->guide_capacity, job->guide_count + 1, sizeof(struct guide *));
    job->guides[job->guide_count++] = guide;
    return guide;
}

/* The guide of that id or file, told once if there is none. */
static const struct guide *find_guide(struct job *job, const char *name)
{
    for (size_t i = 0; i < job->guide_count; i++)
        if (!strcmp(job->guides[i]->id, name))
            return job->guides[i];
    if (is_known_missing(job, name))
        return NULL;
    char *file = paths_guide(name);
    const struct guide *guide = file ? load_file(job, file) : NULL;
    if (!file)
        loading_no_guide(job->cli, name);
    free(file);
    if (guide)
        return guide;
    job->missing = mem_grow(job->missing, &job->missing_capacity, job->missing_count + 1,
                            sizeof *job->missing);
    job->missing[job->missing_count++] = xstrdup(name);
    job->failed = true;
    return NULL;
}

/* The one asked for, else the last one used, else the first there is. */
static char *guide_name_for(const struct job *job, const struct learner_record *record)
{
    const struct learner_record_place *latest = learner_record_latest_place(record);
    if (job->guide_name)
        return xstrdup(job->guide_name);
    if (latest)
        return xstrdup(latest->guide);
    char **files;
    size_t count = paths_list_guides(&files);
    char *name = count ? paths_stem(files[0]) : NULL;
    mem_free_texts(files, count);
    return name;
}

/* --- JSON --------------------------------------------------------------------------------- */

/* The name with what is not UTF-8 replaced, for a folder made by hand. */
static char *clean(const char *text)
{
    struct strbuf out = {0};
    char bytes[5];
    for (int32_t c; (c = text_next(&text));) {
        /* Nothing in a name may drive the terminal. */
        text_encode(c < 0x20 || (c >= 0x7f && c < 0xa0) ? 0xfffd : c, bytes);
        strbuf_add(&out, bytes);
    }
    return strbuf_take(&out);
}

static cJSON *text_or_null(const char *text)
{
    return text ? cJSON_CreateString(text) : cJSON_CreateNull();
}

static const char *const states[] = {"open", "done", "not-needed"};

static cJSON *json_step(const struct overview_step *step)
{
    char at[26];
    clock_format_local(step->at, at);
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "id", step->step->id);
    cJSON_AddStringToObject(object, "section", step->section->id);
    cJSON_AddStringToObject(object, "state", states[step->state]);
    cJSON_AddItemToObject(object, "at", text_or_null(step->state == MARK_OPEN ? NULL : at));
    return object;
}

static cJSON *json_learner(const char *name, const char *guide, const struct overview *overview)
{
    const struct learner_record_place *place = overview->place;
    char month[8];
    month_format(overview->month, month);
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "learner", name);
    cJSON_AddItemToObject(object, "guide", text_or_null(guide));
    cJSON_AddItemToObject(object, "path", text_or_null(place ? place->path : NULL));
    cJSON_AddItemToObject(object, "section", text_or_null(place ? place->section : NULL));
    cJSON_AddItemToObject(object, "step", text_or_null(place ? place->step : NULL));
    cJSON_AddItemToObject(object, "month", text_or_null(overview->month.year ? month : NULL));
    cJSON *steps = cJSON_AddArrayToObject(object, "steps");
    for (size_t i = 0; i < overview->step_count; i++)
        cJSON_AddItemToArray(steps, json_step(&overview->steps[i]));
    return object;
}

/* --- CSV ---------------------------------------------------------------------------------- */

/* The cells of a line, in the order of the columns. */
enum column { LEARNER, GUIDE, PATH, MONTH, SECTION, NUMBER, STEP, STATE, AT, HERE, COLUMN_COUNT };

static void csv_head(struct strbuf *table)
{
    static const char *const names[COLUMN_COUNT] = {
        [LEARNER] = "learner", [GUIDE] = "guide",   [PATH] = "path", [MONTH] = "month",
        [SECTION] = "section", [NUMBER] = "number", [STEP] = "step", [STATE] = "state",
        [AT] = "at",           [HERE] = "here",
    };
    csv_add_line(table, names, COLUMN_COUNT);
}

static void csv_step(const struct overview *overview, const struct overview_step *step,
                     const char *cells[COLUMN_COUNT], struct strbuf *table)
{
    char month[8], number[NUMBER_TEXT_SIZE], at[26];
    month_format(overview->month, month);
    clock_format_local(step->at, at);
    const bool here = step->section == overview->section && step->number == overview->step;
    cells[MONTH] = step->section->period && overview->month.year ? month : NULL;
    cells[SECTION] = step->section->id;
    cells[NUMBER] = number_text(number, step->number);
    cells[STEP] = step->step->id;
    cells[STATE] = states[step->state];
    cells[AT] = step->state == MARK_OPEN ? NULL : at;
    cells[HERE] = here ? "yes" : NULL;
    csv_add_line(table, cells, COLUMN_COUNT);
}

/* A line for each step; one alone for who has not begun. */
static void csv_learner(const char *name, const char *guide, const struct overview *overview,
                        struct strbuf *table)
{
    const char *cells[COLUMN_COUNT] = {
        [LEARNER] = name, [GUIDE] = guide, [PATH] = overview->place ? overview->place->path : NULL};
    if (!overview->step_count)
        csv_add_line(table, cells, COLUMN_COUNT);
    for (size_t i = 0; i < overview->step_count; i++)
        csv_step(overview, &overview->steps[i], cells, table);
}

/* --- text --------------------------------------------------------------------------------- */

static char *counts_text(const struct job *job, const struct overview *overview,
                         const struct guide_section *section)
{
    size_t marked, open;
    char marked_text[NUMBER_TEXT_SIZE], open_text[NUMBER_TEXT_SIZE];
    overview_count(overview, section, &marked, &open);
    return messages_format(job->cli->messages, open ? MSG_COUNTS : MSG_COUNTS_NONE_LEFT, "done",
                           number_text(marked_text, (long)marked), "left",
                           number_text(open_text, (long)open));
}

static void print_step(const struct job *job, const struct overview_step *step)
{
    static const enum message lines[] = {MSG_PROGRESS_STEP_OPEN, MSG_PROGRESS_STEP_DONE,
                                         MSG_PROGRESS_STEP_NOT_NEEDED};
    char text[NUMBER_TEXT_SIZE];
    char *date = date_words_date(job->cli->messages, clock_date(step->at));
    cli_print(job->cli, lines[step->state], "number", number_text(text, (long)step->number), "text",
              step->step->say, "date", date);
    free(date);
}

/* The steps of the learner's section, and with --month those of every monthly section. */
static void print_section(const struct job *job, const struct overview *overview,
                          const struct guide_section *section)
{
    char *counts = counts_text(job, overview, section);
    cli_print(job->cli, MSG_PROGRESS_SECTION, "title", section->title, "counts", counts);
    free(counts);
    if (section != overview->section && !(job->month.year && section->period))
        return;
    for (size_t i = 0; i < overview->step_count; i++)
        if (overview->steps[i].section == section)
            print_step(job, &overview->steps[i]);
}

static void print_place(const struct job *job, const struct overview *overview)
{
    char step[NUMBER_TEXT_SIZE], steps[NUMBER_TEXT_SIZE];
    if (overview_is_finished(overview))
        cli_print(job->cli, MSG_PROGRESS_FINISHED);
    if (!overview->section)
        return;
    cli_print(job->cli, MSG_PROGRESS_HERE, "title", overview->section->title);
    if (overview->step)
        cli_print(job->cli, MSG_POSITION, "step", number_text(step, (long)overview->step), "steps",
                  number_text(steps, (long)overview->section->step_count));
}

static void print_learner(const struct job *job, const char *name, const struct guide *guide,
                          const struct overview *overview)
{
    cli_print(job->cli, MSG_PROGRESS_LEARNER, "name", name);
    if (guide)
        cli_print(job->cli, MSG_PROGRESS_GUIDE, "title", guide->title);
    if (!overview->place)
        cli_print(job->cli, MSG_PROGRESS_NOT_BEGUN);
    if (!overview->path)
        return;
    cli_print(job->cli, MSG_PROGRESS_PATH, "title", overview->path->title);
    print_place(job, overview);
    if (overview->month.year) {
        char *month = date_words_month(job->cli->messages, overview->month);
        cli_print(job->cli, MSG_PROGRESS_MONTH, "month", month);
        free(month);
    }
    for (size_t i = 0; i < overview->path->section_count; i++)
        print_section(job, overview, overview->path->sections[i]);
}

/* Where a learner is, and what is done and left there. */
static char *place_text(const struct job *job, const char *name, const struct overview *overview)
{
    const struct messages *messages = job->cli->messages;
    const struct guide_section *section = overview->section;
    if (!overview->place)
        return messages_format(messages, MSG_PROGRESS_LINE_NOT_BEGUN, "name", name);
    if (overview_is_finished(overview))
        return messages_format(messages, MSG_PROGRESS_LINE_FINISHED, "name", name);
    if (!overview->path)
        return messages_format(messages, MSG_PROGRESS_LINE_CHOOSING, "name", name);
    char *counts = counts_text(job, overview, section), *month = NULL;
    if (section && section->period && overview->month.year)
        month = date_words_month(messages, overview->month);
    char *text = messages_format(messages,
                                 !section ? MSG_PROGRESS_LINE_CONTENTS
                                 : month  ? MSG_PROGRESS_LINE_MONTH
                                          : MSG_PROGRESS_LINE,
                                 "name", name, "title", section ? section->title : "", "counts",
                                 counts, "month", month ? month : "");
    free(month);
    free(counts);
    return text;
}

/* The lists of the month that are elsewhere. */
static void add_lists(const struct job *job, const struct overview *overview, struct strbuf *line)
{
    const struct guide_path *path = overview->path;
    for (size_t i = 0; path && overview->month.year && i < path->section_count; i++) {
        const struct guide_section *section = path->sections[i];
        if (!section->period || section == overview->section)
            continue;
        char *counts = counts_text(job, overview, section);
        char *month = date_words_month(job->cli->messages, overview->month);
        char *list = messages_format(job->cli->messages, MSG_PROGRESS_LINE_LIST, "title",
                                     section->title, "month", month, "counts", counts);
        strbuf_add(line, " ");
        strbuf_add(line, list);
        free(list);
        free(month);
        free(counts);
    }
}

/* One line for one learner of the room. */
static void print_line(const struct job *job, const char *name, const struct overview *overview)
{
    struct strbuf line = {0};
    char *place = place_text(job, name, overview);
    strbuf_add(&line, place);
    if (!overview_is_finished(overview))
        add_lists(job, overview, &line);
    cli_print(job->cli, MSG_PROGRESS_LINE_WHOLE, "line", line.text);
    strbuf_free(&line);
    free(place);
}

/* --- learners ------------------------------------------------------------------------------- */

/* What is wrong with a store goes to standard error; what can be told is told all the same. */
static void report_state(struct job *job, const char *name, enum learner_store_state state)
{
    if (state == LEARNER_STORE_FRESH || state == LEARNER_STORE_LOADED)
        return;
    enum message id = state == LEARNER_STORE_NEWER     ? MSG_PROGRESS_NEWER
                      : state == LEARNER_STORE_DAMAGED ? MSG_PROGRESS_DAMAGED
                                                       : MSG_PROGRESS_UNREADABLE;
    cli_error(job->cli, id, "name", name);
    job->failed = true;
}

/* Prints one learner, or adds them to `array`. */
static void show_learner(struct job *job, const char *learner, cJSON *array)
{
    struct learner_record record;
    struct overview overview = {0};
    /* A room is looked at in the present, or in the one month asked for. */
    const struct month *past = job->all || job->month.year ? &job->month : NULL;
    enum learner_store_state state = learner_store_read(learner, past, job->cli->messages, &record);
    char *name = clean(record.name), *guide_name = guide_name_for(job, &record);
    const struct guide *guide = guide_name ? find_guide(job, guide_name) : NULL;
    report_state(job, name, state);
    if (guide)
        overview_init(&overview, guide, &record, job->month, job->today);
    else if (guide_name)
        overview.place = learner_record_place(&record, guide_name);
    if (array)
        cJSON_AddItemToArray(array, json_learner(name, guide ? guide->id : guide_name, &overview));
    else if (job->csv)
        csv_learner(name, guide ? guide->id : guide_name, &overview, &job->table);
    else if (job->all)
        print_line(job, name, &overview);
    else
        print_learner(job, name, guide, &overview);
    overview_free(&overview);
    learner_record_free(&record);
    free(guide_name);
    free(name);
}

static void show_all(struct job *job, cJSON *array)
{
    char **names;
    size_t count = learners_list(&names);
    if (!count && !array && !job->csv)
        cli_print(job->cli, MSG_PROGRESS_NOBODY);
    for (size_t i = 0; i < count; i++)
        show_learner(job, names[i], array);
    mem_free_texts(names, count);
}

/* Says that nobody is called so, and who is called nearly so. */
static int tell_unknown(const struct job *job, char *const *names, size_t count)
{
    char *near = near_names(job->cli->messages, job->learner, (const char *const *)names, count);
    if (near)
        cli_error(job->cli, MSG_PROGRESS_NO_LEARNER_NEAR, "name", job->learner, "near", near);
    else
        cli_error(job->cli, MSG_PROGRESS_NO_LEARNER, "name", job->learner);
    free(near);
    return CLI_FAILED;
}

/* Whether --learner names somebody who is known. */
static int check_learner(const struct job *job, const char *learner)
{
    char **names, *form;
    if (!strcmp(learner, LEARNER_STORE_DEFAULT))
        return CLI_OK;
    bool found = false;
    const size_t count = learners_list(&names);
    form = learner_folder_form(learner);
    for (size_t i = 0; i < count && !found; i++)
        found = learner_folder_has_form(names[i], form);
    const int code = found ? CLI_OK : tell_unknown(job, names, count);
    free(form);
    mem_free_texts(names, count);
    return code;
}

static void show_learners(struct job *job, const char *learner)
{
    cJSON *array = job->json ? print_json_list() : NULL;
    if (job->csv)
        csv_head(&job->table);
    if (job->all)
        show_all(job, array);
    else
        show_learner(job, learner, array);
    if (array)
        print_json(job->all ? array : cJSON_GetArrayItem(array, 0));
    if (job->csv)
        fwrite(job->table.text, 1, job->table.length, stdout);
    cJSON_Delete(array);
}

static int show(struct job *job, const char *learner)
{
    const int code = check_learner(job, learner);
    if (code)
        return code;
    if (job->guide_name) {
        const struct guide *guide = find_guide(job, job->guide_name);
        if (!guide)
            return CLI_FAILED;
        job->guide_name = guide->id;
    }
    show_learners(job, learner);
    const int finished = cli_finish(job->cli);
    return job->failed ? CLI_FAILED : finished;
}

static void job_free(struct job *job)
{
    for (size_t i = 0; i < job->guide_count; i++)
        guide_free(job->guides[i]);
    free(job->guides);
    mem_free_texts(job->missing, job->missing_count);
    strbuf_free(&job->table);
}

/* --- the command line ------------------------------------------------------------------------ */

static const struct option_row rows[] = {
    OPTION_NAME("learner", struct job, learner, MSG_VALUE_NAME, MSG_OPTION_LEARNER),
    OPTION_FLAG("all", struct job, all, MSG_OPTION_ALL),
    OPTION_FILE("guide", struct job, guide_name, MSG_VALUE_GUIDE, MSG_OPTION_PROGRESS_GUIDE),
    OPTION_MONTH("month", struct job, month, MSG_OPTION_MONTH),
    OPTION_DATE("today", struct job, today, MSG_OPTION_TODAY),
    OPTION_FLAG("json", struct job, json, MSG_OPTION_JSON),
    OPTION_FLAG("csv", struct job, csv, MSG_OPTION_CSV),
    OPTION_END,
};

const struct option_table cmd_progress_options = {.help = MSG_HELP_PROGRESS, .rows = rows};

int cmd_progress(const struct cli *cli, int argc, char **argv)
{
    struct clock clock;
    clock_init(&clock);
    struct job job = {.cli = cli, .today = clock_today(&clock)};
    int code = options_parse(cli, &cmd_progress_options, argc, argv, &job, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    if (job.all && job.learner)
        return cli_superfluous(cli, "--learner");
    if (job.json && job.csv)
        return cli_superfluous(cli, "--csv");
    char *learner = learners_called(job.learner ? job.learner : LEARNER_STORE_DEFAULT);
    code = show(&job, learner);
    free(learner);
    job_free(&job);
    return code;
}
