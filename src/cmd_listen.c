/*
 * listen: what the assistant hears in recordings, one tab-separated line per utterance: file,
 * start and end in seconds, command or "-", phrase, confidence 0..1, decision latency in ms.
 *
 * It is the listener itself, simulated: every file starts it afresh, so that neither the room nor
 * the speaker of one file changes what is heard in another.
 */
#include "cli.h"
#include "diag.h"
#include "listener.h"
#include "paths.h"
#include "reason.h"
#include "text.h"
#include "voice.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Samples of all channels read at once; libsndfile refuses more than 1024 channels. */
#define BLOCK 4096

struct job {
    const struct cli *cli;
    const char *vocabulary_file; /* NULL: the pack's commands */
    const char *voice_id;
    bool no_reject;
    struct voice *voice;
    struct vocabulary vocabulary;
    struct listener *listener;
};

/* --- what is listened for --------------------------------------------------------------------- */

static void add_commands(struct job *job)
{
    for (int command = 0; command < COMMAND_COUNT; command++) {
        const struct voice_command *words = &job->voice->commands[command];
        if (command_flags((enum command)command) & COMMAND_TYPED)
            continue;
        const bool costly = command_flags((enum command)command) & COMMAND_COSTLY;
        for (size_t i = 0; i < words->phrase_count; i++)
            vocabulary_add(&job->vocabulary, words->phrases[i], command, 0, costly);
    }
    for (size_t i = 0; i < job->voice->number_count; i++)
        vocabulary_add(&job->vocabulary, job->voice->numbers[i], COMMAND_CHOOSE, (int)i + 1, false);
}

static int add_line(struct job *job, const char *line, int number)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    if (text_utf8_error(line, strlen(line)) < strlen(line)) {
        char digits[16];
        snprintf(digits, sizeof digits, "%d", number);
        cli_error(job->cli, MSG_LISTEN_NOT_UTF8, "file", job->vocabulary_file, "line", digits);
        return -1;
    }
    if (number == 1 && !strncmp(line, byte_order_mark, strlen(byte_order_mark)))
        line += strlen(byte_order_mark);
    char *text = text_trim(line);
    if (*text)
        vocabulary_add_spoken(&job->vocabulary, text, COMMAND_NONE, 0, false);
    free(text);
    return 0;
}

static int read_vocabulary(struct job *job)
{
    FILE *file = fopen(job->vocabulary_file, "re");
    if (!file) {
        cli_error(job->cli, MSG_FILE_UNREADABLE, "file", job->vocabulary_file, "reason",
                  reason_text(job->cli->messages, errno));
        return CLI_FAILED;
    }
    int result = 0;
    char *line = NULL;
    size_t capacity = 0;
    for (int number = 1; getline(&line, &capacity, file) >= 0; number++)
        result |= add_line(job, line, number);
    free(line);
    fclose(file);
    if (result == 0 && !job->vocabulary.count) {
        cli_error(job->cli, MSG_LISTEN_NO_PHRASE, "file", job->vocabulary_file);
        return CLI_FAILED;
    }
    return result ? CLI_FAILED : CLI_OK;
}

static int load_voice(struct job *job)
{
    char *folder = paths_voice(job->voice_id);
    if (!folder)
        return cli_bad_value(job->cli, "--voice", job->voice_id);
    struct diags diags;
    diags_init(&diags, job->cli->messages);
    int result = voice_load(folder, &diags, &job->voice);
    diags_print(&diags, stderr);
    diags_free(&diags);
    free(folder);
    return result ? CLI_FAILED : CLI_OK;
}

static int prepare_vocabulary(struct job *job)
{
    if (job->vocabulary_file)
        return read_vocabulary(job);
    add_commands(job);
    return CLI_OK;
}

/* --- listening -------------------------------------------------------------------------------- */

static int open_listener(struct job *job)
{
    const struct listener_config config = {
        .driver = &recog_sphinx,
        .voice = job->voice,
        .input_rate = ENDPOINT_RATE,
        .mode = LISTENER_FULL,
        .endpoint = endpoint_default_config(),
        .simulated = true,
    };
    struct heard heard;
    if (listener_open(&config, &job->listener))
        return CLI_FAILED;
    int code = CLI_OK;
    while (listener_next(job->listener, &heard)) {
        if (heard.kind == HEARD_FAILED) {
            fprintf(stderr, "%s\n", heard.error);
            code = CLI_FAILED;
        }
        heard_free(&heard);
    }
    listener_set_vocabulary(job->listener, &job->vocabulary);
    return code;
}

static const char *command_column(const struct job *job, const struct heard *heard)
{
    if (!heard->phrase || (heard->verdict != RECOG_ACCEPTED && !job->no_reject))
        return "-";
    return job->vocabulary_file ? heard->phrase : command_name((enum command)heard->command);
}

static void print_heard(const struct job *job, const char *file)
{
    struct heard heard;
    while (listener_next(job->listener, &heard)) {
        if (heard.kind == HEARD_PHRASE)
            printf("%s\t%.2f\t%.2f\t%s\t%s\t%.3f\t%.0f\n", file, heard.start_s, heard.end_s,
                   command_column(job, &heard), heard.phrase ? heard.phrase : "-", heard.confidence,
                   heard.decision_ms);
        heard_free(&heard);
    }
}

/* All channels into one; sndfile's -1..1 into 16 bits. */
static void mix(const float *frames, size_t count, int channels, int16_t *ret_samples)
{
    for (size_t i = 0; i < count; i++) {
        float sum = 0;
        for (int channel = 0; channel < channels; channel++)
            sum += frames[i * (size_t)channels + (size_t)channel];
        float value = roundf(sum / (float)channels * 32768.0f);
        ret_samples[i] = (int16_t)fminf(fmaxf(value, -32768.0f), 32767.0f);
    }
}

static void listen_to(const struct job *job, const char *path, SNDFILE *file, const SF_INFO *info)
{
    const sf_count_t room = BLOCK / info->channels;
    float frames[BLOCK];
    int16_t samples[BLOCK];
    sf_count_t count;
    while ((count = sf_readf_float(file, frames, room)) > 0) {
        mix(frames, (size_t)count, info->channels, samples);
        listener_capture(job->listener, samples, (size_t)count);
        listener_work(job->listener);
        print_heard(job, path);
    }
    listener_finish(job->listener);
    print_heard(job, path);
}

static int listen_to_file(const struct job *job, const char *path)
{
    SF_INFO info = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        cli_error(job->cli, MSG_FILE_UNREADABLE, "file", path, "reason",
                  reason_text(job->cli->messages, errno));
        return CLI_FAILED;
    }
    SNDFILE *file = sf_open_fd(fd, SFM_READ, &info, SF_TRUE);
    if (!file) {
        close(fd);
        cli_error(job->cli, MSG_AUDIO_NOT_SOUND, "file", path);
        return CLI_FAILED;
    }
    listener_restart(job->listener, info.samplerate);
    listen_to(job, path, file, &info);
    sf_close(file);
    return CLI_OK;
}

static int listen_to_all(struct job *job, char **paths)
{
    int code = load_voice(job);
    if (code == CLI_OK)
        code = prepare_vocabulary(job);
    if (code == CLI_OK)
        code = open_listener(job);
    if (code != CLI_OK)
        return code;
    for (; *paths; paths++)
        if (listen_to_file(job, *paths))
            code = CLI_FAILED;
    int finished = cli_finish(job->cli);
    return finished ? finished : code;
}

int cmd_listen(const struct cli *cli, int argc, char **argv)
{
    static const struct option options[] = {
        {"help", no_argument, NULL, 'h'},
        {"no-reject", no_argument, NULL, 'n'},
        {"vocabulary", required_argument, NULL, 'w'},
        {"voice", required_argument, NULL, 'v'},
        {0},
    };
    struct job job = {.cli = cli, .voice_id = VOICE_DEFAULT};
    optind = 0;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'h') {
            cli_print(cli, MSG_HELP_LISTEN);
            return cli_finish(cli);
        } else if (option == 'n') {
            job.no_reject = true;
        } else if (option == 'w') {
            job.vocabulary_file = optarg;
        } else if (option == 'v') {
            job.voice_id = optarg;
        } else {
            return cli_bad_option(cli, argv);
        }
    }
    if (optind >= argc)
        return cli_missing(cli, "FICHIER.wav");
    int code = listen_to_all(&job, argv + optind);
    listener_close(job.listener);
    vocabulary_free(&job.vocabulary);
    voice_free(job.voice);
    return code;
}
