/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/durable.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_keeping_errno(int fd)
{
    int saved = errno;
    close(fd);
    errno = saved;
}

static char *temporary(const char *name)
{
    return xasprintf("%s.tmp", name);
}

/* --- folders ------------------------------------------------------------------------------ */

int durable_open(const char *folder)
{
    return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int durable_sync(int folder)
{
    int result;
    do
        result = fsync(folder);
    while (result && errno == EINTR);
    return result && errno == EINVAL ? 0 : result;
}

static int sync_path(const char *folder)
{
    int fd = durable_open(folder);
    if (fd < 0)
        return -1;
    int result = durable_sync(fd);
    close_keeping_errno(fd);
    return result;
}

static int make_in(const char *folder, const char *parent)
{
    int made = mkdir(folder, 0700);
    if (made && errno == ENOENT && strcmp(folder, parent)) {
        if (durable_make(parent))
            return -1;
        made = mkdir(folder, 0700);
    }
    if (made)
        return errno == EEXIST ? 0 : -1;
    return sync_path(parent);
}

int durable_make(const char *folder)
{
    char *copy = xstrdup(folder);
    int result = make_in(folder, dirname(copy));
    free(copy);
    return result;
}

/* All that is in an open folder; takes the descriptor over. */
static int empty(int fd)
{
    DIR *folder = fdopendir(fd);
    if (!folder) {
        close_keeping_errno(fd);
        return -1;
    }
    int result = 0;
    for (struct dirent *entry; !result && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            result = durable_remove(dirfd(folder), entry->d_name);
    int saved = errno;
    closedir(folder);
    errno = saved;
    return result;
}

int durable_remove(int folder, const char *name)
{
    if (!unlinkat(folder, name, 0) || errno == ENOENT)
        return 0;
    int unlinked = errno;
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        errno = unlinked;
        return -1;
    }
    return empty(fd) || unlinkat(folder, name, AT_REMOVEDIR) ? -1 : 0;
}

/* --- writing ------------------------------------------------------------------------------ */

static int write_all(int fd, const char *bytes, size_t length)
{
    while (length) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

int durable_write_and_close(int fd, const char *bytes, size_t length)
{
    if (write_all(fd, bytes, length) || durable_sync(fd)) {
        close_keeping_errno(fd);
        return -1;
    }
    /* Some network file systems tell of a failed write only now. */
    return close(fd);
}

int durable_stage(int folder, const char *name, const char *bytes, size_t length)
{
    char *path = temporary(name);
    /* Whatever has the name, a pipe that nobody reads included, is not written into. */
    unlinkat(folder, path, 0);
    int fd = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int result = fd < 0 ? -1 : durable_write_and_close(fd, bytes, length);
    free(path);
    if (result)
        durable_abandon(folder, name);
    return result;
}

int durable_commit(int folder, const char *name)
{
    char *path = temporary(name);
    int result = renameat(folder, path, folder, name);
    free(path);
    return result;
}

void durable_abandon(int folder, const char *name)
{
    int saved = errno;
    char *path = temporary(name);
    unlinkat(folder, path, 0);
    free(path);
    errno = saved;
}

int durable_replace(int folder, const char *name, const char *bytes, size_t length)
{
    if (durable_stage(folder, name, bytes, length))
        return -1;
    if (durable_commit(folder, name)) {
        durable_abandon(folder, name);
        return -1;
    }
    return durable_sync(folder);
}

/* --- reading ------------------------------------------------------------------------------ */

int durable_read_open(int fd, size_t limit, struct strbuf *bytes)
{
    char block[16384];
    for (;;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return (int)got;
        strbuf_add_bytes(bytes, block, (size_t)got);
        if (bytes->length > limit) {
            errno = EFBIG;
            return -1;
        }
    }
}

int durable_read(int folder, const char *name, size_t limit, struct strbuf *bytes)
{
    /* O_NONBLOCK: a named pipe in place of the file must not stop the program. */
    int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return -1;
    struct stat status;
    int result = fstat(fd, &status);
    if (!result && !S_ISREG(status.st_mode)) {
        errno = EINVAL;
        result = -1;
    }
    if (!result)
        result = durable_read_open(fd, limit, bytes);
    close_keeping_errno(fd);
    return result;
}
