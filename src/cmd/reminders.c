/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas reminders --ics FILE [--guide G] [--today DATE]: the coming windows as a calendar, for
 * the learner's own telephone or computer. "-" is standard output. A file is replaced as a whole.
 */
#include "app/cli.h"
#include "app/loading.h"
#include "base/clock.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "model/ics.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct job {
    const struct cli *cli;
    const char *file;  /* --ics */
    const char *guide; /* --guide, or NULL: all that are installed */
    struct date today;
};

/* Appends the events of the guide in a file. An exit code. */
/* Takes the guide over. */
static void add_windows(const struct job *job, struct guide *guide, struct strbuf *calendar,
                        size_t *events)
{
    *events += ics_add_guide(calendar, job->cli->messages, guide, job->today);
    guide_free(guide);
}

static int add_guide(const struct job *job, const char *file, struct strbuf *calendar,
                     size_t *events)
{
    struct guide *guide;
    int code = loading_read_guide(job->cli->messages, file, &guide);
    if (!code)
        add_windows(job, guide, calendar, events);
    return code;
}

static int add_guides(const struct job *job, struct strbuf *calendar, size_t *events)
{
    char **files = NULL;
    if (job->guide) {
        char *file = paths_guide(job->guide);
        const int code =
            file ? add_guide(job, file, calendar, events) : loading_no_guide(job->cli, job->guide);
        free(file);
        return code;
    }
    const size_t count = paths_list_guides(&files);
    for (size_t i = 0; i < count; i++) {
        struct guide *guide = loading_usable_guide(job->cli, files[i]);
        if (guide)
            add_windows(job, guide, calendar, events);
    }
    mem_free_texts(files, count);
    return CLI_OK;
}

/* Beside the file first, so that nobody imports half a calendar. 0 or -1 with errno. */
static int write_file(const char *file, const struct strbuf *calendar)
{
    char *beside = xasprintf("%s.tmp", file);
    FILE *stream = fopen(beside, "we");
    int result = -1, error = errno;
    if (stream) {
        size_t written = fwrite(calendar->text, 1, calendar->length, stream);
        result = written == calendar->length ? 0 : -1;
        error = errno;
        if (fclose(stream) && !result) {
            result = -1;
            error = errno;
        }
        if (!result && rename(beside, file)) {
            result = -1;
            error = errno;
        }
        if (result)
            unlink(beside);
    }
    free(beside);
    errno = error;
    return result;
}

static int write_calendar(const struct job *job, const struct strbuf *calendar, size_t events)
{
    if (!strcmp(job->file, "-")) {
        fwrite(calendar->text, 1, calendar->length, stdout);
        return cli_finish(job->cli);
    }
    if (write_file(job->file, calendar)) {
        cli_error(job->cli, MSG_FILE_UNWRITABLE, "file", job->file, "reason",
                  errno_words(job->cli->messages, errno));
        return CLI_FAILED;
    }
    char count[24];
    snprintf(count, sizeof count, "%zu", events);
    cli_print(job->cli, MSG_REMINDERS_WRITTEN, "file", job->file, "count", count);
    return cli_finish(job->cli);
}

static int make_calendar(const struct job *job)
{
    struct strbuf calendar = {0};
    size_t events = 0;
    ics_begin(&calendar, job->cli->messages);
    int code = add_guides(job, &calendar, &events);
    ics_end(&calendar);
    if (!code && !events) {
        cli_error(job->cli, MSG_REMINDERS_NONE);
        code = CLI_FAILED;
    }
    if (!code)
        code = write_calendar(job, &calendar, events);
    strbuf_free(&calendar);
    return code;
}

static const struct option_row rows[] = {
    OPTION_REQUIRED_FILE("ics", struct job, file, MSG_VALUE_FILE, MSG_OPTION_ICS),
    OPTION_FILE("guide", struct job, guide, MSG_VALUE_GUIDE, MSG_OPTION_REMINDERS_GUIDE),
    OPTION_DATE("today", struct job, today, MSG_OPTION_TODAY),
    OPTION_END,
};

const struct option_table cmd_reminders_options = {.help = MSG_HELP_REMINDERS, .rows = rows};

int cmd_reminders(const struct cli *cli, int argc, char **argv)
{
    struct clock clock;
    clock_init(&clock);
    struct job job = {.cli = cli, .today = clock_today(&clock)};
    int code = options_parse(cli, &cmd_reminders_options, argc, argv, &job, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    return make_calendar(&job);
}
