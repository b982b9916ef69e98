/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/open_page.h"

#include "base/fresh_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Between fork() and exec() only what may be called beside other threads. Says through `told` why
 * it could not become the program; when it can, that end is closed. */
static _Noreturn void become_program(char *const arguments[], int told)
{
    const int nowhere = open("/dev/null", O_RDWR);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        dup2(nowhere, fd);
    fresh_signals();
    setsid();
    execvp(arguments[0], arguments);
    (void)!write(told, &errno, sizeof errno);
    _exit(127);
}

static int start(char *const arguments[])
{
    int ends[2], error = 0;
    if (pipe2(ends, O_CLOEXEC))
        return -1;
    const pid_t child = fork();
    if (child < 0)
        error = errno;
    /* Its parent ends at once, so that nobody has to wait for it later. */
    if (!child) {
        const pid_t grandchild = fork();
        if (!grandchild)
            become_program(arguments, ends[1]);
        if (grandchild < 0)
            (void)!write(ends[1], &errno, sizeof errno);
        _exit(0);
    }
    close(ends[1]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
    while (child > 0 && read(ends[0], &error, sizeof error) < 0 && errno == EINTR) {
    }
    close(ends[0]);
    errno = error;
    return error ? -1 : 0;
}

int open_page(const char *path)
{
    char program[] = "xdg-open";
    char *const arguments[] = {program, (char *)path, NULL};
    return start(arguments);
}

int open_page_in_chromium(const char *path)
{
    char program[] = "chromium", option[] = "--force-renderer-accessibility";
    char *const arguments[] = {program, option, (char *)path, NULL};
    return setenv("ACCESSIBILITY_ENABLED", "1", 1) ? -1 : start(arguments);
}
