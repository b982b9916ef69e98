/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas reminders --ics FILE [--guide G] [--today DATE]: the coming windows as a calendar, for
 * the learner's own telephone or computer.
 */
#include "app/cli.h"
#include "app/loading.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "cmd/options.h"
#include "cmd/output_file.h"
#include "cmd/subcommands.h"
#include "model/date_words.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "model/ics.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct job {
    const struct cli *cli;
    const char *file;  /* --ics */
    const char *guide; /* --guide, or NULL: all that are installed */
    struct date today;
    int64_t now;
};

struct calendar {
    struct strbuf text;
    size_t events;
    bool has_windows; /* of any guide, whatever the day */
};

/* Takes the guide over. */
static void add_windows(const struct job *job, struct guide *guide, struct calendar *calendar)
{
    calendar->events +=
        ics_add_guide(&calendar->text, job->cli->messages, guide, job->today, job->now);
    calendar->has_windows |= ics_has_windows(guide);
    guide_free(guide);
}

/* Appends the events of the guide in a file. An exit code. */
static int add_guide(const struct job *job, const char *file, struct calendar *calendar)
{
    struct guide *guide;
    int code = loading_read_guide(job->cli->messages, file, &guide);
    if (!code)
        add_windows(job, guide, calendar);
    return code;
}

static int add_guides(const struct job *job, struct calendar *calendar)
{
    char **files = NULL;
    if (job->guide) {
        char *file = paths_guide(job->guide);
        const int code =
            file ? add_guide(job, file, calendar) : loading_no_guide(job->cli, job->guide);
        free(file);
        return code;
    }
    const size_t count = paths_list_guides(&files);
    for (size_t i = 0; i < count; i++) {
        struct guide *guide = loading_usable_guide(job->cli, files[i]);
        if (guide)
            add_windows(job, guide, calendar);
    }
    mem_free_texts(files, count);
    return CLI_OK;
}

static int write_calendar(const struct job *job, const struct calendar *calendar)
{
    bool kept;
    const int code = output_file_write(job->cli, job->file, &calendar->text, &kept);
    if (code || !kept)
        return code;
    char count[24];
    snprintf(count, sizeof count, "%zu", calendar->events);
    cli_print(job->cli, MSG_REMINDERS_WRITTEN, "file", job->file, "count", count);
    return cli_finish(job->cli);
}

static int tell_none(const struct job *job, const struct calendar *calendar)
{
    if (calendar->has_windows) {
        char *today = date_words_date(job->cli->messages, job->today);
        cli_error(job->cli, MSG_REMINDERS_WRONG_CLOCK, "date", today);
        free(today);
    } else {
        cli_error(job->cli, MSG_REMINDERS_NONE);
    }
    return CLI_FAILED;
}

static int make_calendar(const struct job *job)
{
    struct calendar calendar = {0};
    ics_begin(&calendar.text, job->cli->messages);
    int code = add_guides(job, &calendar);
    ics_end(&calendar.text);
    if (!code)
        code = calendar.events ? write_calendar(job, &calendar) : tell_none(job, &calendar);
    strbuf_free(&calendar.text);
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
    struct job job = {.cli = cli, .today = clock_today(&clock), .now = clock_seconds(&clock)};
    int code = options_parse(cli, &cmd_reminders_options, argc, argv, &job, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    return make_calendar(&job);
}
