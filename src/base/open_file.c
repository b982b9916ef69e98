/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/open_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Only opening does not wait: reading and writing are as usual. Neither call fails on a descriptor
 * that was just opened. */
static int made_usual(int fd)
{
    if (fd >= 0)
        (void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return fd;
}

int open_file_to_read(const char *path)
{
    return made_usual(open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

int open_file_to_write(const char *path, int how)
{
    return made_usual(
        open(path, O_WRONLY | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | how, 0600));
}

FILE *open_file_stream_to_append(const char *path)
{
    const int fd = open_file_to_write(path, O_APPEND);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "a");
    if (file || fd < 0)
        return file;
    const int error = errno;
    close(fd);
    errno = error;
    return NULL;
}
