/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas pronounce [--phones SET] [--voice PACK] TEXT...: how a recogniser expects a text to be
 * said, one pronunciation a line, for trainers and for scripts/train-model. With several texts,
 * or with "-" for one text a line of standard input, each line begins with the text and a tab.
 */
#include "listen/pronounce.h"
#include "app/cli.h"
#include "base/diag.h"
#include "base/text.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "model/pack.h"
#include "model/pack_choice.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct cli *cli;
    struct pronouncer *pronouncer;
    const char *set;  /* --phones, or NULL: the first */
    const char *pack; /* --voice */
    bool with_text;
};

static int print_one(const struct job *job, const char *text)
{
    struct pronunciations found;
    if (pronounce(job->pronouncer, job->set, text, &found)) {
        cli_error(job->cli, MSG_PRONOUNCE_NOTHING, "text", text);
        return CLI_FAILED;
    }
    char *shown = text_shown(text);
    for (size_t i = 0; i < found.count; i++)
        printf("%s%s%s\n", job->with_text ? shown : "", job->with_text ? "\t" : "", found.items[i]);
    free(shown);
    pronunciations_free(&found);
    return CLI_OK;
}

static int print_lines(const struct job *job)
{
    int code = CLI_OK;
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) >= 0) {
        line[strcspn(line, "\r\n")] = '\0';
        if (*line && print_one(job, line))
            code = CLI_FAILED;
    }
    free(line);
    return code;
}

static int print_all(struct job *job, char **texts)
{
    int code = CLI_OK;
    job->with_text = texts[1] || !strcmp(texts[0], "-");
    for (; *texts; texts++)
        if (!strcmp(*texts, "-") ? print_lines(job) : print_one(job, *texts))
            code = CLI_FAILED;
    return code ? code : cli_finish(job->cli);
}

static int load(struct job *job)
{
    char *folder = pack_choice(job->pack);
    if (!folder)
        return cli_bad_value(job->cli, "--voice", job->pack ? job->pack : PACK_DEFAULT);
    struct diags diags;
    diags_init(&diags, job->cli->messages);
    int result = pronouncer_load(folder, &diags, &job->pronouncer);
    diags_print(&diags, stderr);
    if (result && !diags.count)
        cli_error(job->cli, MSG_PRONOUNCE_NO_ENGINE);
    diags_free(&diags);
    free(folder);
    return result ? CLI_FAILED : CLI_OK;
}

static const struct option_row rows[] = {
    OPTION_TEXT("phones", struct job, set, MSG_VALUE_PHONES, MSG_OPTION_PHONES),
    OPTION_FILE("voice", struct job, pack, MSG_VALUE_VOICE, MSG_OPTION_VOICE),
    OPTION_END,
};

const struct option_table cmd_pronounce_options = {
    .help = MSG_HELP_PRONOUNCE,
    .rows = rows,
    .operand = {.kind = OPERAND_TEXTS,
                .name = MSG_VALUE_TEXT,
                .is_required = true,
                .missing = MSG_VALUE_TEXT},
};

int cmd_pronounce(const struct cli *cli, int argc, char **argv)
{
    struct job job = {.cli = cli};
    char **texts;
    int code = options_parse(cli, &cmd_pronounce_options, argc, argv, &job, &texts);
    if (code != OPTIONS_GO_ON)
        return code;
    code = load(&job);
    if (code == CLI_OK && job.set && !pronouncer_knows(job.pronouncer, job.set))
        code = cli_bad_value(cli, "--phones", job.set);
    if (code == CLI_OK)
        code = print_all(&job, texts);
    pronouncer_free(job.pronouncer);
    return code;
}
