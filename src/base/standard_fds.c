/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/standard_fds.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int standard_fds_open(void)
{
    /* Reading only, for standard output too: a write into it fails. */
    static const int ways[] = {O_RDONLY, O_RDONLY, O_WRONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
            continue;
        /* The lowest number that is free: this one. */
        if (open("/dev/null", ways[fd]) < 0 && open("/", O_RDONLY) < 0)
            return -1;
    }
    return 0;
}
