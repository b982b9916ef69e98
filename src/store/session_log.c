/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/session_log.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Files of one second that are tried. */
#define NAMES_MAX 100

struct session_log {
    FILE *file;
    int64_t began;   /* ms */
    char *place;     /* where the learner is, or NULL */
    int64_t arrived; /* ms: since when */
};

static int make_file(const char *folder, int64_t seconds)
{
    char now[16];
    clock_format_name(seconds, now);
    int fd = -1;
    for (int number = 1; number < NAMES_MAX; number++) {
        char again[16] = "";
        if (number > 1)
            snprintf(again, sizeof again, "-%d", number);
        char *path = xasprintf("%s/log-%s%s.tsv", folder, now, again);
        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
        free(path);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    return fd;
}

int session_log_open(const char *folder, struct session_log_time now, struct session_log **ret_log)
{
    int fd = make_file(folder, now.seconds);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "a");
    if (!file) {
        int saved = errno;
        if (fd >= 0)
            close(fd);
        errno = saved;
        return -1;
    }
    if (fputs("time\tms\tkind\tplace\ttext\n", file) < 0 || fflush(file)) {
        int saved = errno;
        fclose(file);
        errno = saved;
        return -1;
    }
    struct session_log *log = xcalloc(1, sizeof *log);
    *log = (struct session_log){.file = file, .began = now.milliseconds};
    *ret_log = log;
    return 0;
}

int session_log_write(struct session_log *log, struct session_log_time now, const char *kind,
                      const char *place, const char *text)
{
    char time[26];
    char *line = xstrdup(text);
    clock_format_local(now.seconds, time);
    for (char *at = line; (at = strpbrk(at, "\t\r\n")); at++)
        *at = ' ';
    int result = fprintf(log->file, "%s\t%" PRId64 "\t%s\t%s\t%s\n", time,
                         now.milliseconds - log->began, kind, place ? place : "", line);
    free(line);
    return result < 0 || fflush(log->file) ? -1 : 0;
}

int session_log_place(struct session_log *log, struct session_log_time now, const char *place)
{
    int result = 0;
    if (place && log->place && !strcmp(place, log->place))
        return 0;
    if (log->place) {
        char took[24];
        snprintf(took, sizeof took, "%" PRId64, now.milliseconds - log->arrived);
        result = session_log_write(log, now, "step", log->place, took);
    }
    free(log->place);
    log->place = place ? xstrdup(place) : NULL;
    log->arrived = now.milliseconds;
    return result;
}

int session_log_close(struct session_log *log)
{
    if (!log)
        return 0;
    /* Some network file systems tell of a failed write only now. */
    const int result = fclose(log->file) ? -1 : 0;
    const int error = errno;
    free(log->place);
    free(log);
    errno = error;
    return result;
}
