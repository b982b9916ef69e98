/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/recordings.h"

#include "base/diag.h"
#include "base/errno_words.h"
#include "base/lines.h"
#include "base/open_file.h"
#include "base/paths.h"
#include "base/text.h"
#include "dsp/endpoint.h"
#include "dsp/listening_rate.h"
#include "dsp/mixdown.h"
#include "listen/listener.h"
#include "listen/recog.h"
#include "model/command.h"
#include "model/pack.h"
#include "store/calibration_file.h"

#include <errno.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Samples of all channels read at once; libsndfile refuses more than 1024 channels. */
#define BLOCK 4096

int recordings_load_calibration(const struct cli *cli, const char *file,
                                struct calibration *ret_calibration)
{
    struct diags diags;
    diags_init(&diags, cli->messages);
    int result = calibration_load(file, &diags, ret_calibration);
    diags_print(&diags, stderr);
    diags_free(&diags);
    return result ? CLI_FAILED : CLI_OK;
}

/* --- what can be said ------------------------------------------------------------------------- */

static int add_line(const struct cli *cli, const char *file, const char *line, int number,
                    struct vocabulary *vocabulary)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    if (text_utf8_error(line, strlen(line)) < strlen(line)) {
        char digits[16];
        snprintf(digits, sizeof digits, "%d", number);
        cli_error(cli, MSG_LISTEN_NOT_UTF8, "file", file, "line", digits);
        return -1;
    }
    if (number == 1 && !strncmp(line, byte_order_mark, strlen(byte_order_mark)))
        line += strlen(byte_order_mark);
    char *text = text_trim(line);
    if (*text)
        vocabulary_add_spoken(vocabulary, text, COMMAND_NONE, 0, false);
    free(text);
    return 0;
}

int recordings_read_vocabulary(const struct cli *cli, const char *path,
                               struct vocabulary *vocabulary)
{
    struct lines lines;
    if (lines_read(path, LINES_BYTES_MAX, &lines)) {
        cli_error(cli, MSG_FILE_UNREADABLE, "file", path, "reason",
                  errno_words(cli->messages, errno));
        return CLI_FAILED;
    }
    int result = 0;
    char *line;
    for (int number = 1; (line = lines_next(&lines)); number++)
        result |= add_line(cli, path, line, number, vocabulary);
    lines_free(&lines);
    if (result == 0 && !vocabulary->count) {
        cli_error(cli, MSG_LISTEN_NO_PHRASE, "file", path);
        return CLI_FAILED;
    }
    return result ? CLI_FAILED : CLI_OK;
}

/* --- recordings ------------------------------------------------------------------------------- */

int recordings_play(const struct cli *cli, struct listener *listener, const char *path,
                    recordings_sink sink, void *context)
{
    SF_INFO info = {0};
    int fd = open_file_to_read(path);
    if (fd < 0) {
        cli_error(cli, MSG_FILE_UNREADABLE, "file", path, "reason",
                  errno_words(cli->messages, errno));
        return CLI_FAILED;
    }
    SNDFILE *file = sf_open_fd(fd, SFM_READ, &info, SF_TRUE);
    if (!file) {
        close(fd);
        cli_error(cli, MSG_AUDIO_NOT_SOUND, "file", path);
        return CLI_FAILED;
    }
    listener_restart(listener, info.samplerate);
    struct mixdown mix = {.channels = info.channels};
    bool any = false;
    float frames[BLOCK];
    int16_t samples[BLOCK];
    sf_count_t count;
    while ((count = sf_readf_float(file, frames, BLOCK / info.channels)) > 0) {
        mixdown(&mix, frames, (size_t)count, samples);
        any = true;
        listener_capture(listener, samples, (size_t)count);
        listener_work(listener);
        sink(context, path);
    }
    sf_close(file);
    listener_finish(listener);
    sink(context, path);
    if (!any)
        cli_error(cli, MSG_AUDIO_EMPTY, "file", path);
    return any ? CLI_OK : CLI_FAILED;
}

int recordings_open_listener(const struct pack *pack, bool keeps_samples,
                             struct listener **ret_listener)
{
    const struct listener_config config = {
        .driver = &recog_sphinx,
        .pack = pack,
        .input_rate = LISTENING_RATE,
        .mode = LISTENER_FULL,
        .endpoint = endpoint_default_config(),
        .simulated = true,
        .keep_samples = keeps_samples,
    };
    return listener_open(&config, ret_listener) ? CLI_FAILED : CLI_OK;
}
