/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/child.h"

#include "base/fresh_signals.h"
#include "base/timer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A program that has closed its output ends soon, or is ended. */
#define END_MS 500

/* Between fork() and exec() only what may be called beside other threads. */
static _Noreturn void become(char *const arguments[], int input, int output)
{
    setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
    fresh_signals();
    execvp(arguments[0], arguments);
    _exit(127);
}

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

int child_start(char *const arguments[], struct child *ret_child)
{
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    pid_t id = -1;
    if (!pipe2(to, O_CLOEXEC) && !pipe2(from, O_CLOEXEC))
        id = fork();
    if (!id)
        become(arguments, to[0], from[1]);
    const int error = errno;
    close_end(&to[0]);
    close_end(&from[1]);
    if (id < 0) {
        close_end(&to[1]);
        close_end(&from[0]);
        errno = error;
        return -1;
    }
    (void)setpgid(id, id);
    (void)fcntl(to[1], F_SETFL, O_NONBLOCK);
    *ret_child = (struct child){id, to[1], from[0]};
    return 0;
}

bool child_is_there(const struct child *child)
{
    return child->id > 0;
}

int child_write(struct child *child, const char *bytes, size_t count)
{
    const ssize_t written = write(child->input, bytes, count);
    close_end(&child->input);
    return written == (ssize_t)count ? 0 : -1;
}

static void close_ends(struct child *child)
{
    close_end(&child->input);
    close_end(&child->output);
}

int child_end(struct child *child)
{
    const struct timespec moment = {.tv_nsec = 2000000};
    int status = -1;
    close_ends(child);
    for (const int64_t until = timer_now() + END_MS; timer_now() < until;) {
        const pid_t ended = waitpid(child->id, &status, WNOHANG);
        if (ended == child->id) {
            /* What it may have started is nobody's. */
            (void)kill(-child->id, SIGKILL);
            child->id = 0;
            return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -1;
        }
        nanosleep(&moment, NULL);
    }
    child_kill(child);
    return -1;
}

void child_kill(struct child *child)
{
    close_ends(child);
    if (child->id <= 0)
        return;
    (void)kill(child->id, SIGKILL);
    (void)kill(-child->id, SIGKILL);
    while (waitpid(child->id, NULL, 0) < 0 && errno == EINTR) {
    }
    child->id = 0;
}
