/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas practice [--output DIR] [--guide G] [--path P] [--section S] [--voice V]
 *     [--browser chromium]: pages to
 * rehearse a guide on. They go into a folder of the learner's own, anew each time, and are opened
 * in the browser as files; or into DIR, and nothing is opened.
 */
#include "app/cli.h"
#include "app/guide_list.h"
#include "app/loading.h"
#include "app/open_page.h"
#include "base/durable.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/paths.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/guide.h"
#include "model/pack.h"
#include "practice/practice_pages.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Tells a folder of ours, which may be written anew, from any other. */
#define MARK ".pasapas-practice"
/* Below the learner's cache. */
#define FOLDER "practice"

struct job {
    const struct cli *cli;
    const char *output; /* --output, or NULL: written aside and opened */
    const char *guide;
    const char *path, *section;
    const char *voice;
    int browser;
};

enum { BROWSER_USUAL, BROWSER_CHROMIUM };

static const struct option_choice browser_choices[] = {
    [BROWSER_USUAL] = {"usual", MSG_CHOICE_BROWSER_USUAL},
    [BROWSER_CHROMIUM] = {"chromium", MSG_CHOICE_BROWSER_CHROMIUM},
    {.word = NULL},
};

/* Begins to open it. 0, or -1 if there is no such browser. */
static int open_in(int browser, const char *file)
{
    return browser == BROWSER_CHROMIUM ? open_page_in_chromium(file) : open_page(file);
}

/* --- writing ---------------------------------------------------------------------------------- */

struct writing {
    int folder;
    long pages;
};

static int write_page(void *context, const char *name, const char *text, size_t length)
{
    struct writing *writing = context;
    const char *ending = strrchr(name, '.');
    writing->pages += ending && !strcmp(ending, ".html");
    const int fd =
        openat(writing->folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    return fd < 0 ? -1 : durable_write_and_close(fd, text, length);
}

/* 0 or -1 with errno. */
static int write_pages(const struct practice *practice, const char *folder, long *ret_pages)
{
    struct writing writing = {.folder = durable_open(folder)};
    if (writing.folder < 0)
        return -1;
    int result = write_page(&writing, MARK, "", 0);
    if (!result)
        result = practice_make(practice, write_page, &writing);
    const int error = errno;
    close(writing.folder);
    errno = error;
    *ret_pages = writing.pages;
    return result;
}

/* Is there nothing in the folder, or what we wrote? */
static bool is_ours_or_empty(const char *path)
{
    bool empty = true, ours = false;
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        ours |= !strcmp(entry->d_name, MARK);
        empty &= !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..");
    }
    if (folder)
        closedir(folder);
    return !folder || ours || empty;
}

static int tell_unwritable(const struct job *job, const char *folder, int error)
{
    cli_error(job->cli, MSG_FILE_UNWRITABLE, "file", folder, "reason",
              errno_words(job->cli->messages, error));
    return CLI_FAILED;
}

/* The folder above must be there: a wrong path is told, not made. */
static int write_out(const struct job *job, const struct practice *practice)
{
    long pages;
    if (mkdir(job->output, 0700) && errno != EEXIST)
        return tell_unwritable(job, job->output, errno);
    if (!is_ours_or_empty(job->output)) {
        cli_error(job->cli, MSG_PRACTICE_NOT_OURS, "folder", job->output);
        return CLI_FAILED;
    }
    if (write_pages(practice, job->output, &pages))
        return tell_unwritable(job, job->output, errno);
    char count[NUMBER_TEXT_SIZE];
    cli_print(job->cli, MSG_PRACTICE_WRITTEN, "folder", job->output, "count",
              number_text(count, pages));
    return cli_finish(job->cli);
}

/* --- opening ---------------------------------------------------------------------------------- */

static int remake(const char *above, const char *folder)
{
    if (durable_make(above))
        return -1;
    const int fd = durable_open(above);
    if (fd < 0)
        return -1;
    const int result = durable_remove(fd, FOLDER);
    const int error = errno;
    close(fd);
    errno = error;
    return result || durable_make(folder) ? -1 : 0;
}

static int write_and_open(const struct job *job, const struct practice *practice)
{
    long pages;
    char *above = paths_cache();
    char *folder = xasprintf("%s/" FOLDER, above);
    char *file = xasprintf("%s/" PRACTICE_FIRST_NAME, folder);
    int code = CLI_OK;
    if (remake(above, folder) || write_pages(practice, folder, &pages)) {
        code = tell_unwritable(job, folder, errno);
    } else if (open_in(job->browser, file)) {
        cli_error(job->cli, MSG_PRACTICE_NOT_OPENED, "file", file);
        code = CLI_FAILED;
    } else {
        cli_print(job->cli, MSG_PRACTICE_OPENED, "file", file);
    }
    free(file);
    free(folder);
    free(above);
    const int finished = cli_finish(job->cli);
    return code ? code : finished;
}

/* --- the command line ------------------------------------------------------------------------ */

static int make_pages(const struct job *job, const struct guide *guide, const struct pack *pack)
{
    const int code = loading_check_place(job->cli, guide, job->path, job->section, NULL);
    if (code)
        return code;
    const struct practice practice = {
        .guide = guide,
        .messages = pack->messages,
        .language = pack->synth_language,
        .path = job->path,
        .section = job->section,
    };
    return job->output ? write_out(job, &practice) : write_and_open(job, &practice);
}

/* The guide that was asked for, or the usual one. */
static int load_guide(const struct job *job, struct guide_list *list,
                      const struct guide **ret_guide)
{
    const struct messages *messages = job->cli->messages;
    const int code = job->guide ? guide_list_add(list, job->cli, messages, job->guide)
                                : guide_list_load(list, job->cli, messages);
    if (!code)
        *ret_guide = job->guide ? list->items[0] : list->usual;
    return code;
}

static int load_and_make(const struct job *job)
{
    const struct guide *guide = NULL;
    struct guide_list list = {0};
    struct pack *pack = NULL;
    int code = loading_pack(job->cli, job->voice, &pack);
    if (!code)
        code = load_guide(job, &list, &guide);
    if (!code)
        code = make_pages(job, guide, pack);
    guide_list_free(&list);
    pack_free(pack);
    return code;
}

static const struct option_row rows[] = {
    OPTION_FILE("output", struct job, output, MSG_VALUE_FOLDER, MSG_OPTION_PRACTICE_OUTPUT),
    OPTION_CHOICE("browser", struct job, browser, browser_choices, MSG_OPTION_PRACTICE_BROWSER),
    OPTION_FILE("guide", struct job, guide, MSG_VALUE_GUIDE, MSG_OPTION_GUIDE),
    OPTION_TEXT("path", struct job, path, MSG_VALUE_PATH, MSG_OPTION_PATH),
    OPTION_TEXT("section", struct job, section, MSG_VALUE_SECTION, MSG_OPTION_SECTION),
    OPTION_FILE("voice", struct job, voice, MSG_VALUE_VOICE, MSG_OPTION_VOICE),
    OPTION_END,
};

const struct option_table cmd_practice_options = {.help = MSG_HELP_PRACTICE, .rows = rows};

int cmd_practice(const struct cli *cli, int argc, char **argv)
{
    struct job job = {.cli = cli};
    const int code = options_parse(cli, &cmd_practice_options, argc, argv, &job, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    return load_and_make(&job);
}
