/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/pandoc.h"

#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Its standard output into `out`, nothing else of ours. 0 or an errno. */
static int start(const char *file, const char *format, int out, pid_t *ret_child)
{
    posix_spawn_file_actions_t actions;
    /* Tables stay in sight, as rows, not as HTML that is left out. */
    char *arguments[] = {
        "pandoc", "--sandbox",    "--wrap=none", "--to=commonmark+pipe_tables-raw_html",
        "--from", (char *)format, (char *)file,  NULL};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int error = posix_spawnp(ret_child, "pandoc", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* 0, or EFBIG or what reading met. */
static int read_all(int fd, size_t limit, struct strbuf *bytes)
{
    char block[8192];
    ssize_t got;
    while ((got = read(fd, block, sizeof block)) > 0 || (got < 0 && errno == EINTR)) {
        if (got > 0)
            strbuf_add_bytes(bytes, block, (size_t)got);
        if (bytes->length > limit)
            return EFBIG;
    }
    return got < 0 ? errno : 0;
}

/* What became of it: 0 or an errno. */
static int await(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return errno;
    return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : EINVAL;
}

int pandoc_read(const char *file, const char *format, size_t limit, struct strbuf *markdown)
{
    int ends[2];
    pid_t child;
    /* An absolute path is never taken for an option. */
    char *path = realpath(file, NULL);
    if (!path || pipe2(ends, O_CLOEXEC)) {
        const int saved = path ? errno : EINVAL;
        free(path);
        errno = saved;
        return -1;
    }
    int error = start(path, format, ends[1], &child);
    close(ends[1]);
    if (!error) {
        error = read_all(ends[0], limit, markdown);
        if (error)
            kill(child, SIGTERM);
        const int ended = await(child);
        error = error ? error : ended;
    }
    close(ends[0]);
    free(path);
    errno = error;
    return error ? -1 : 0;
}
