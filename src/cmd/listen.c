/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * listen: what the assistant hears in recordings, one tab-separated line per utterance: file,
 * start and end in seconds, command or "-", phrase, confidence 0..1, decision latency in ms; if it
 * is wanted, what the confidence was made of: struct evidence (listen/evidence.h) in its order.
 *
 * It is the listener itself, simulated: every file starts it afresh, so that neither the room nor
 * the speaker of one file changes what is heard in another.
 */
#include "app/cli.h"
#include "base/text.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/recordings.h"
#include "cmd/subcommands.h"
#include "listen/listener.h"
#include "model/calibration.h"
#include "model/pack.h"
#include "model/pack_vocabulary.h"

#include <stdio.h>
#include <stdlib.h>

struct job {
    const struct cli *cli;
    const char *vocabulary_file;  /* NULL: the pack's commands */
    const char *calibration_file; /* NULL: nobody in particular */
    const char *pack_id;
    bool no_reject;
    bool evidence;
    struct pack *pack;
    struct vocabulary vocabulary;
    struct calibration calibration;
    struct listener *listener;
};

/* --- what is listened for --------------------------------------------------------------------- */

static int prepare_vocabulary(struct job *job)
{
    if (job->vocabulary_file)
        return recordings_read_vocabulary(job->cli, job->vocabulary_file, &job->vocabulary);
    pack_vocabulary_add_spoken(job->pack, &job->vocabulary);
    return CLI_OK;
}

/* --- listening -------------------------------------------------------------------------------- */

static int open_listener(struct job *job)
{
    struct heard heard;
    int code = recordings_open_listener(job->pack, false, &job->listener);
    if (code != CLI_OK)
        return code;
    while (listener_next(job->listener, &heard)) {
        if (heard.error)
            fprintf(stderr, "%s\n", heard.error);
        if (heard.kind == HEARD_FAILED)
            code = CLI_FAILED;
        heard_free(&heard);
    }
    listener_set_calibration(job->listener, &job->calibration);
    listener_set_vocabulary(job->listener, &job->vocabulary);
    return code;
}

static const char *command_column(const struct job *job, const struct heard *heard)
{
    if (!heard->phrase || (heard->verdict != VERDICT_OBEY && !job->no_reject))
        return "-";
    return job->vocabulary_file ? heard->phrase : command_name((enum command)heard->command);
}

static void print_evidence(const struct evidence *evidence)
{
    printf("\t%.2f\t%.2f\t%.2f\t%.2f\t%.4f\t%.4f\t%.2f\t%zu\t%.2f", evidence->phrase,
           evidence->rival, evidence->loop, evidence->seconds, evidence->worst, evidence->other,
           evidence->whole, evidence->phones, evidence->speech);
}

static void print_phrase(const struct job *job, const char *name, const struct heard *heard)
{
    printf("%s\t%.2f\t%.2f\t%s\t%s\t%.3f\t%.0f", name, heard->start_s, heard->end_s,
           command_column(job, heard), heard->phrase ? heard->phrase : "-", heard->confidence,
           heard->decision_ms);
    if (job->evidence)
        print_evidence(&heard->evidence);
    putchar('\n');
}

static void print_heard(void *context, const char *file)
{
    const struct job *job = context;
    struct heard heard;
    char *name = text_shown(file);
    while (listener_next(job->listener, &heard)) {
        if (heard.kind == HEARD_PHRASE)
            print_phrase(job, name, &heard);
        heard_free(&heard);
    }
    free(name);
}

static int listen_to_all(struct job *job, char **paths)
{
    int code = load_pack(job->cli, job->pack_id, &job->pack);
    if (code == CLI_OK)
        code = prepare_vocabulary(job);
    if (code == CLI_OK && job->calibration_file)
        code = recordings_load_calibration(job->cli, job->calibration_file, &job->calibration);
    if (code == CLI_OK)
        code = open_listener(job);
    if (code != CLI_OK)
        return code;
    for (; *paths; paths++)
        if (recordings_play(job->cli, job->listener, *paths, print_heard, job))
            code = CLI_FAILED;
    int finished = cli_finish(job->cli);
    return finished ? finished : code;
}

static const struct option_row rows[] = {
    OPTION_FILE("vocabulary", struct job, vocabulary_file, MSG_VALUE_FILE, MSG_OPTION_VOCABULARY),
    OPTION_FLAG("no-reject", struct job, no_reject, MSG_OPTION_NO_REJECT),
    OPTION_FLAG("evidence", struct job, evidence, MSG_OPTION_EVIDENCE),
    OPTION_FILE("calibration", struct job, calibration_file, MSG_VALUE_FILE,
                MSG_OPTION_CALIBRATION),
    OPTION_FILE("voice", struct job, pack_id, MSG_VALUE_VOICE, MSG_OPTION_VOICE),
    OPTION_END,
};

const struct option_table cmd_listen_options = {
    .help = MSG_HELP_LISTEN,
    .rows = rows,
    .operand = {.kind = OPERAND_FILES,
                .name = MSG_VALUE_WAV,
                .is_required = true,
                .missing = MSG_VALUE_WAV},
};

int cmd_listen(const struct cli *cli, int argc, char **argv)
{
    struct job job = {.cli = cli};
    char **paths;
    int code = options_parse(cli, &cmd_listen_options, argc, argv, &job, &paths);
    if (code != OPTIONS_GO_ON)
        return code;
    code = listen_to_all(&job, paths);
    listener_close(job.listener);
    vocabulary_free(&job.vocabulary);
    calibration_free(&job.calibration);
    pack_free(job.pack);
    return code;
}
