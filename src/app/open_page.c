/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/open_page.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "xdg-open"

/* Between fork() and exec() only what may be called beside other threads. */
static _Noreturn void become_program(char *const arguments[])
{
    static const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGTSTP, SIGCONT};
    const int nowhere = open("/dev/null", O_RDWR);
    sigset_t none;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        dup2(nowhere, fd);
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++)
        signal(handled[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    execvp(PROGRAM, arguments);
    _exit(127);
}

void open_page(const char *path)
{
    char program[] = PROGRAM;
    char *const arguments[] = {program, (char *)path, NULL};
    int status;
    const pid_t child = fork();
    /* Its parent ends at once, so that nobody has to wait for it later. */
    if (!child) {
        if (!fork())
            become_program(arguments);
        _exit(0);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
}
