/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas export [--html FILE] [--epub FILE] [--text FILE] [--guide G] [--path P] [--simple]
 *                [--month YYYY-MM] [--today DATE] [--rate N] [--voice V]:
 * a guide to take along: on paper, on a telephone, without this program. Reads nothing of a
 * learner.
 */
#include "app/cli.h"
#include "app/loading.h"
#include "app/pack_voice.h"
#include "base/clock.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/voice_range.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/output_file.h"
#include "cmd/subcommands.h"
#include "handout/book.h"
#include "handout/narration.h"
#include "handout/outline.h"
#include "handout/page.h"
#include "handout/plain.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "model/guide_pictures.h"
#include "model/pack.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

struct job {
    const struct cli *cli;
    const char *html, *epub, *text; /* files, or NULL */
    const char *guide_name;         /* --guide, or NULL: the only one there is */
    const char *path_id;            /* --path, or NULL: all */
    const char *pack_id;
    int rate; /* 0: the voice pack's */
    bool simple;
    struct month month;
    struct date today;
    struct guide *guide;
    struct guide_pictures pictures;
    struct pack *pack;
};

/* --- what to export --------------------------------------------------------------------------- */

static int load_named(struct job *job)
{
    char *file = paths_guide(job->guide_name);
    const int code = file ? loading_read_guide(job->cli->messages, file, &job->guide)
                          : loading_no_guide(job->cli, job->guide_name);
    free(file);
    return code;
}

/* The only one that can be used; with several, one must be named. */
static int load_only(struct job *job)
{
    char **files = NULL;
    const size_t count = paths_list_guides(&files);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        struct guide *guide = loading_usable_guide(job->cli, files[i]);
        if (guide && !found++)
            job->guide = guide;
        else
            guide_free(guide);
    }
    mem_free_texts(files, count);
    if (!found)
        cli_error(job->cli, MSG_GUIDES_NONE);
    return !found ? CLI_FAILED : found > 1 ? cli_missing(job->cli, "--guide") : CLI_OK;
}

static int load(struct job *job)
{
    int code = load_pack(job->cli, job->pack_id, &job->pack);
    if (!code)
        code = job->guide_name ? load_named(job) : load_only(job);
    if (!code && job->path_id)
        code = loading_check_place(job->cli, job->guide, job->path_id, NULL, NULL);
    return code;
}

/* A picture that cannot be used is told, and left out: the words are all there. */
static void load_pictures(struct job *job)
{
    struct diags diags;
    diags_init(&diags, job->cli->messages);
    guide_pictures_load(job->guide, DIAG_WARNING, &diags, &job->pictures);
    diags_print(&diags, stderr);
    diags_free(&diags);
}

static struct outline_options outline_options(const struct job *job, bool to_tick)
{
    const int path = job->path_id ? guide_find_path(job->guide, job->path_id) : -1;
    return (struct outline_options){
        .guide = job->guide,
        .path = path < 0 ? NULL : &job->guide->paths[path],
        .messages = job->pack->messages,
        .pictures = &job->pictures,
        .language = job->pack->synth_language,
        .today = job->today,
        .month = job->month,
        .simple = job->simple,
        .to_tick = to_tick,
    };
}

/* --- the files -------------------------------------------------------------------------------- */

/* What is handed on is no private file: readable as any other that is made, or as the one before.
 */
static mode_t mode_of(const char *file)
{
    struct stat before;
    const mode_t mask = umask(0);
    umask(mask);
    return stat(file, &before) ? 0666 & ~mask : before.st_mode & 07777;
}

static int write_file(const struct job *job, const char *file, const struct strbuf *bytes)
{
    bool kept;
    const mode_t mode = mode_of(file);
    const int code = output_file_write(job->cli, file, bytes, &kept);
    if (!code && kept && chmod(file, mode)) {
        cli_error(job->cli, MSG_FILE_UNWRITABLE, "file", file, "reason",
                  errno_words(job->cli->messages, errno));
        return CLI_FAILED;
    }
    if (!code && kept)
        cli_print(job->cli, MSG_EXPORT_WRITTEN, "file", file);
    return code;
}

static int export_text(const struct job *job, const char *file, bool to_tick,
                       void (*write)(struct strbuf *, const struct outline *))
{
    const struct outline_options options = outline_options(job, to_tick);
    struct outline outline;
    struct strbuf bytes = {0};
    outline_init(&outline, &options);
    write(&bytes, &outline);
    const int code = write_file(job, file, &bytes);
    strbuf_free(&bytes);
    outline_free(&outline);
    return code;
}

static int make_book(const struct job *job, struct strbuf *bytes)
{
    const struct pack *pack = job->pack;
    const struct synth_config synth = pack_voice(pack);
    const struct narration_config config = {
        .driver = synth_choose(&synth),
        .synth = synth,
        .reading = pack->reading,
        .rate = job->rate ? job->rate : pack->rate,
    };
    struct narration *narration = narration_open(&config);
    if (!narration) {
        cli_error(job->cli, MSG_SAY_NO_ENGINE);
        return CLI_FAILED;
    }
    const struct outline_options options = outline_options(job, false);
    struct outline outline;
    outline_init(&outline, &options);
    const int failed = book_write(bytes, &outline, narration);
    outline_free(&outline);
    narration_close(narration);
    if (failed)
        cli_error(job->cli, MSG_EXPORT_NO_BOOK);
    return failed ? CLI_FAILED : CLI_OK;
}

static int export_book(const struct job *job)
{
    struct strbuf bytes = {0};
    if (!narration_can_encode()) {
        cli_error(job->cli, MSG_EXPORT_NO_MP3);
        return CLI_FAILED;
    }
    int code = make_book(job, &bytes);
    if (!code)
        code = write_file(job, job->epub, &bytes);
    strbuf_free(&bytes);
    return code;
}

static int export_all(struct job *job)
{
    int code = load(job);
    if (!code && (job->html || job->epub))
        load_pictures(job);
    if (!code && job->html)
        code = export_text(job, job->html, true, page_write);
    if (!code && job->text)
        code = export_text(job, job->text, false, plain_write);
    if (!code && job->epub)
        code = export_book(job);
    guide_pictures_free(&job->pictures);
    guide_free(job->guide);
    pack_free(job->pack);
    return code ? code : cli_finish(job->cli);
}

/* --- the command line ------------------------------------------------------------------------- */

static const struct option_row rows[] = {
    OPTION_FILE("html", struct job, html, MSG_VALUE_FILE, MSG_OPTION_HTML),
    OPTION_FILE("epub", struct job, epub, MSG_VALUE_FILE, MSG_OPTION_EPUB),
    OPTION_FILE("text", struct job, text, MSG_VALUE_FILE, MSG_OPTION_TEXT),
    OPTION_FILE("guide", struct job, guide_name, MSG_VALUE_GUIDE, MSG_OPTION_GUIDE),
    OPTION_NAME("path", struct job, path_id, MSG_VALUE_PATH, MSG_OPTION_EXPORT_PATH),
    OPTION_FLAG("simple", struct job, simple, MSG_OPTION_SIMPLE),
    OPTION_MONTH("month", struct job, month, MSG_OPTION_MONTH),
    OPTION_DATE("today", struct job, today, MSG_OPTION_TODAY),
    OPTION_NUMBER("rate", struct job, rate, VOICE_RATE_MIN, VOICE_RATE_MAX, MSG_OPTION_RATE),
    OPTION_FILE("voice", struct job, pack_id, MSG_VALUE_VOICE, MSG_OPTION_VOICE),
    OPTION_END,
};

const struct option_table cmd_export_options = {.help = MSG_HELP_EXPORT, .rows = rows};

int cmd_export(const struct cli *cli, int argc, char **argv)
{
    struct clock clock;
    clock_init(&clock);
    struct job job = {.cli = cli, .today = clock_today(&clock)};
    const int code = options_parse(cli, &cmd_export_options, argc, argv, &job, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    if (!job.html && !job.epub && !job.text)
        return cli_missing(cli, messages_text(cli->messages, MSG_EXPORT_WHAT));
    return export_all(&job);
}
