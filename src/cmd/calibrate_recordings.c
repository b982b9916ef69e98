/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/calibrate_recordings.h"

#include "base/errno_words.h"
#include "base/lines.h"
#include "base/mem.h"
#include "base/number.h"
#include "cmd/load.h"
#include "cmd/recordings.h"
#include "dsp/listening_rate.h"
#include "listen/calibrator.h"
#include "listen/listener.h"
#include "model/pack.h"
#include "model/pack_vocabulary.h"
#include "store/calibration_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct cli *cli;
    const struct calibrate_recordings *what;
    struct pack *pack;
    struct calibration calibration;
    struct vocabulary vocabulary;
    struct recog *recog;
    struct calibrator *calibrator;
};

static int open_recog(struct job *job)
{
    char *error = NULL;
    if (recog_sphinx.open(job->pack, &job->recog, &error)) {
        fprintf(stderr, "%s\n", error);
        free(error);
        return CLI_FAILED;
    }
    job->calibrator =
        calibrator_new(&recog_sphinx, job->recog, &job->vocabulary, &job->calibration);
    return CLI_OK;
}

static void print_gain(const struct job *job)
{
    const struct calibration_gain gain = calibration_gain(&job->calibration);
    char before[NUMBER_TEXT_SIZE], after[NUMBER_TEXT_SIZE], total[NUMBER_TEXT_SIZE];
    number_text(before, gain.before);
    number_text(after, gain.after);
    number_text(total, gain.total);
    cli_print(job->cli, MSG_CALIBRATE_GAIN, "before", before, "after", after, "total", total);
}

static int save(const struct job *job)
{
    char *aside;
    if (!calibration_save(job->what->output, &job->calibration, job->cli->messages, &aside)) {
        if (aside)
            cli_print(job->cli, MSG_CALIBRATION_ASIDE, "file", aside);
        free(aside);
        return CLI_OK;
    }
    cli_error(job->cli, MSG_CALIBRATE_UNWRITABLE, "reason", errno_words(job->cli->messages, errno));
    return CLI_FAILED;
}

struct recording {
    struct job *job;
    struct listener *listener;
    const char *text; /* said in the file */
    bool taken;
};

static void on_recording(void *context, const char *file)
{
    struct recording *recording = context;
    struct heard heard;
    (void)file;
    while (listener_next(recording->listener, &heard)) {
        if (heard.kind == HEARD_PHRASE && !recording->taken)
            recording->taken =
                calibrator_hear(recording->job->calibrator, recording->text, heard.samples,
                                heard.sample_count, false, NULL) == CALIBRATION_TAKEN;
        heard_free(&heard);
    }
}

/* "phrase<tab>file" */
static int learn_line(struct recording *recording, char *line)
{
    char *tab = strchr(line, '\t');
    if (!tab)
        return *line ? cli_bad_value(recording->job->cli, "--from", line) : CLI_OK;
    *tab = '\0';
    recording->text = line;
    recording->taken = false;
    return recordings_play(recording->job->cli, recording->listener, tab + 1, on_recording,
                           recording);
}

static int learn_table(struct recording *recording)
{
    const struct job *job = recording->job;
    struct lines lines;
    if (lines_read(job->what->table, LINES_BYTES_MAX, &lines)) {
        cli_error(job->cli, MSG_FILE_UNREADABLE, "file", job->what->table, "reason",
                  errno_words(job->cli->messages, errno));
        return CLI_FAILED;
    }
    int code = CLI_OK;
    for (char *line; code == CLI_OK && (line = lines_next(&lines));)
        code = learn_line(recording, line);
    lines_free(&lines);
    return code;
}

static int learn_from_recordings(struct job *job)
{
    struct recording recording = {.job = job};
    int code = recordings_open_listener(job->pack, true, &recording.listener);
    if (code != CLI_OK)
        return code;
    code = learn_table(&recording);
    listener_close(recording.listener);
    if (code != CLI_OK)
        return code;
    calibrator_tidy(job->calibrator);
    for (size_t i = 0; i < job->calibration.phrase_count; i++)
        calibrator_measure_phrase(job->calibrator, job->calibration.phrases[i].text);
    calibrator_measure(job->calibrator);
    calibration_keep(&job->calibration);
    print_gain(job);
    return save(job);
}

static int open_job(struct job *job)
{
    const char *vocabulary = job->what->vocabulary;
    int code = load_pack(job->cli, job->what->pack, &job->pack);
    if (code != CLI_OK)
        return code;
    if (vocabulary)
        code = recordings_read_vocabulary(job->cli, vocabulary, &job->vocabulary);
    else
        pack_vocabulary_add_spoken(job->pack, &job->vocabulary);
    return code == CLI_OK ? open_recog(job) : code;
}

int calibrate_recordings(const struct cli *cli, const struct calibrate_recordings *what)
{
    struct job job = {.cli = cli, .what = what};
    int code = open_job(&job);
    if (code == CLI_OK)
        code = learn_from_recordings(&job);
    calibrator_free(job.calibrator);
    recog_sphinx.close(job.recog);
    calibration_free(&job.calibration);
    vocabulary_free(&job.vocabulary);
    pack_free(job.pack);
    return code;
}
