/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/config_file.h"

#include "base/durable.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "store/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a link leads to, else the path itself; to be freed. NULL with errno: it leads nowhere. */
static char *target_of(const char *path)
{
    struct stat status;
    if (!lstat(path, &status) && S_ISLNK(status.st_mode))
        return realpath(path, NULL);
    return xstrdup(path);
}

/* 1: a file; 0: nothing; -1 with errno: something else. */
static int is_file(int folder, const char *name)
{
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW))
        return errno == ENOENT ? 0 : -1;
    if (S_ISREG(status.st_mode))
        return 1;
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    return -1;
}

/* The new bytes are whole on disk before the old file gives up its name. */
static int replace(int folder, const char *name, bool foreign, const struct strbuf *bytes,
                   char **ret_aside)
{
    const int there = is_file(folder, name);
    if (there < 0 || durable_stage(folder, name, bytes->text, bytes->length))
        return -1;
    if ((there && foreign && aside_move(folder, name, "damaged", ret_aside)) ||
        durable_commit(folder, name)) {
        durable_abandon(folder, name);
        return -1;
    }
    return durable_sync(folder);
}

int config_file_replace(const char *path, bool foreign, const struct strbuf *bytes,
                        char **ret_aside)
{
    *ret_aside = NULL;
    char *target = target_of(path);
    if (!target)
        return -1;
    char *copy = xstrdup(target), *other = xstrdup(target);
    const char *parent = dirname(copy);
    int folder = durable_make(parent) ? -1 : durable_open(parent);
    int result = folder < 0 ? -1 : replace(folder, basename(other), foreign, bytes, ret_aside);
    int saved = errno;
    if (folder >= 0)
        close(folder);
    free(copy);
    free(other);
    free(target);
    errno = saved;
    return result;
}
