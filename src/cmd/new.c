/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pasapas new FILE: a guide to begin with, from the voice pack; what is there already is left
 * alone. */
#include "app/cli.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/durable.h"
#include "base/errno_words.h"
#include "base/lines.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/yschema.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/pack_choice.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The guide of a pack that others begin with. */
#define TEMPLATE "new-guide.yaml"

struct job {
    const struct cli *cli;
    const char *pack; /* --voice, or NULL */
};

/* The file as it will be called: a guide is found by its ending. To be freed with free(). */
static char *file_name(const char *given)
{
    return xasprintf("%s%s", given, paths_is_yaml(given) ? "" : ".yaml");
}

/* The id that a guide of this file has: "mon-guide" of "Mon Guide.yaml". To be freed. */
static char *id_of(const char *file)
{
    char *stem = paths_stem(file), *id = text_fold(stem);
    for (char *at = id; *at; at++)
        if (!((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')))
            *at = '-';
    if (strlen(id) > YFIELD_ID_MAX)
        id[YFIELD_ID_MAX] = '\0';
    free(stem);
    return id;
}

/* The template with this id and today's date. */
static void write_lines(struct lines *template, const char *id, struct strbuf *text)
{
    struct clock clock;
    char date[11];
    clock_init(&clock);
    date_format(clock_today(&clock), date);
    for (char *line; (line = lines_next(template));) {
        if (!strncmp(line, "id: ", 4))
            strbuf_addf(text, "id: %s\n", id);
        else if (!strncmp(line, "updated: ", 9))
            strbuf_addf(text, "updated: %s\n", date);
        else
            strbuf_addf(text, "%s\n", line);
    }
}

static int tell_no_template(const struct job *job)
{
    cli_error(job->cli, MSG_NEW_NO_TEMPLATE);
    return CLI_FAILED;
}

static int tell_unreadable(const struct job *job, const char *file, int error)
{
    cli_error(job->cli, MSG_FILE_UNREADABLE, "file", file, "reason",
              errno_words(job->cli->messages, error));
    return CLI_FAILED;
}

/* Reads the template. An exit code. */
static int read_template(const struct job *job, const char *id, struct strbuf *ret_text)
{
    char *folder = pack_choice(job->pack);
    char *path = folder ? xasprintf("%s/" TEMPLATE, folder) : NULL;
    struct lines template;
    int code = CLI_OK;
    if (!path || (access(path, F_OK) && errno == ENOENT))
        code = tell_no_template(job);
    else if (lines_read(path, LINES_BYTES_MAX, &template))
        code = tell_unreadable(job, path, errno);
    if (!code) {
        write_lines(&template, id, ret_text);
        lines_free(&template);
    }
    free(folder);
    free(path);
    return code;
}

/* Never over a file that is there. 0 or -1 with errno; then nothing is left. */
static int write_file(const char *file, const struct strbuf *text)
{
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return -1;
    if (!durable_write_and_close(fd, text->text, text->length))
        return 0;
    int saved = errno;
    unlink(file);
    errno = saved;
    return -1;
}

static int tell_unwritable(const struct job *job, const char *file, int error)
{
    if (error == EEXIST)
        cli_error(job->cli, MSG_NEW_EXISTS, "file", file);
    else
        cli_error(job->cli, MSG_FILE_UNWRITABLE, "file", file, "reason",
                  errno_words(job->cli->messages, error));
    return CLI_FAILED;
}

static int make_guide(const struct job *job, const char *file)
{
    struct strbuf text = {0};
    char *id = id_of(file);
    int code = *id ? read_template(job, id, &text) : CLI_USAGE;
    if (!*id)
        cli_error(job->cli, MSG_NEW_NO_NAME, "file", file);
    if (!code && write_file(file, &text))
        code = tell_unwritable(job, file, errno);
    strbuf_free(&text);
    free(id);
    if (code)
        return code;
    cli_print(job->cli, MSG_NEW_WRITTEN, "file", file);
    return cli_finish(job->cli);
}

/* --- the command line ------------------------------------------------------------------------ */

static const struct option_row rows[] = {
    OPTION_FILE("voice", struct job, pack, MSG_VALUE_VOICE, MSG_OPTION_VOICE),
    OPTION_END,
};

const struct option_table cmd_new_options = {
    .help = MSG_HELP_NEW,
    .rows = rows,
    .operand = {.kind = OPERAND_FILES,
                .name = MSG_VALUE_FILE,
                .is_required = true,
                .missing = MSG_NEW_WHAT},
};

int cmd_new(const struct cli *cli, int argc, char **argv)
{
    struct job job = {.cli = cli};
    char **files;
    int code = options_parse(cli, &cmd_new_options, argc, argv, &job, &files);
    if (code != OPTIONS_GO_ON)
        return code;
    if (files[1])
        return cli_superfluous(cli, files[1]);
    char *file = file_name(files[0]);
    code = make_guide(&job, file);
    free(file);
    return code;
}
