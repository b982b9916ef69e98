/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas import FILE: a guide to go on with, made from a procedure that somebody has written
 * already: headings become parts, items of lists steps. On standard output; what was found is told
 * on standard error. Markdown is read here, HTML and documents of office programs through pandoc.
 */
#include "app/cli.h"
#include "base/clock.h"
#include "base/durable.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "cmd/options.h"
#include "cmd/pandoc.h"
#include "cmd/subcommands.h"
#include "model/markdown.h"
#include "model/sketch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Longer than any procedure. */
#define BYTES_MAX (4 << 20)

struct job {
    const struct cli *cli;
    const char *file;
    struct date today;
};

/* Endings, and how pandoc calls what has them; NULL: Markdown. */
static const struct {
    const char *ending, *format;
} kinds[] = {
    {".md", NULL},    {".markdown", NULL}, {".txt", NULL},  {".html", "html"},
    {".htm", "html"}, {".xhtml", "html"},  {".odt", "odt"}, {".docx", "docx"},
};

static int find_kind(const char *file)
{
    const size_t length = strlen(file);
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        const size_t ending = strlen(kinds[i].ending);
        if (length > ending && !strcasecmp(file + length - ending, kinds[i].ending))
            return (int)i;
    }
    return -1;
}

static int read_file(const struct job *job, const char *format, struct strbuf *text)
{
    if (!durable_read(AT_FDCWD, job->file, BYTES_MAX, text)) {
        if (!format)
            return CLI_OK;
        strbuf_truncate(text, 0);
        if (!pandoc_read(job->file, format, BYTES_MAX, text))
            return CLI_OK;
        if (errno == ENOENT)
            cli_error(job->cli, MSG_IMPORT_NO_PANDOC);
        else
            cli_error(job->cli, MSG_IMPORT_REFUSED, "file", job->file);
        return CLI_FAILED;
    }
    cli_error(job->cli, MSG_FILE_UNREADABLE, "file", job->file, "reason",
              errno_words(job->cli->messages, errno));
    return CLI_FAILED;
}

/* The name of the file without its folder. */
static const char *base_name(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

static void write_guide(const struct job *job, struct sketch *sketch, size_t steps)
{
    char parts[NUMBER_TEXT_SIZE], count[NUMBER_TEXT_SIZE];
    struct strbuf yaml = {0};
    size_t sections = 0;
    for (size_t i = 0; i < sketch->section_count; i++)
        sections += sketch->sections[i].step_count > 0;
    char *stem = paths_stem(job->file);
    sketch_set_title(sketch, stem);
    free(stem);
    sketch_set_title(sketch, "guide");
    char *id = sketch_id(sketch->title);
    sketch_write(sketch, job->cli->messages, *id ? id : "guide", base_name(job->file), job->today,
                 &yaml);
    fwrite(yaml.text, 1, yaml.length, stdout);
    cli_error(job->cli, MSG_IMPORT_DONE, "parts", number_text(parts, (long)sections), "steps",
              number_text(count, (long)steps), "id", *id ? id : "guide");
    free(id);
    strbuf_free(&yaml);
}

static int import(const struct job *job)
{
    const int kind = find_kind(job->file);
    if (kind < 0) {
        cli_error(job->cli, MSG_IMPORT_KIND, "file", job->file);
        return CLI_USAGE;
    }
    struct strbuf text = {0};
    struct sketch sketch = {0};
    int code = read_file(job, kinds[kind].format, &text);
    if (!code) {
        markdown_read(text.text ? text.text : "", text.length, &sketch);
        const size_t steps = sketch_finish(&sketch);
        if (steps) {
            write_guide(job, &sketch, steps);
        } else {
            cli_error(job->cli, MSG_IMPORT_NOTHING, "file", job->file);
            code = CLI_FAILED;
        }
    }
    sketch_free(&sketch);
    strbuf_free(&text);
    return code ? code : cli_finish(job->cli);
}

/* --- the command line ------------------------------------------------------------------------- */

static const struct option_row rows[] = {
    OPTION_DATE("today", struct job, today, MSG_OPTION_TODAY),
    OPTION_END,
};

const struct option_table cmd_import_options = {
    .help = MSG_HELP_IMPORT,
    .rows = rows,
    .operand = {.kind = OPERAND_FILES,
                .name = MSG_VALUE_FILE,
                .is_required = true,
                .missing = MSG_IMPORT_WHAT},
};

int cmd_import(const struct cli *cli, int argc, char **argv)
{
    struct clock clock;
    char **files;
    clock_init(&clock);
    struct job job = {.cli = cli, .today = clock_today(&clock)};
    const int code = options_parse(cli, &cmd_import_options, argc, argv, &job, &files);
    if (code != OPTIONS_GO_ON)
        return code;
    if (files[1])
        return cli_superfluous(cli, files[1]);
    job.file = files[0];
    return import(&job);
}
