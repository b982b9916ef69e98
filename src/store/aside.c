/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aside.h"

#include "base/clock.h"
#include "base/durable.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* "progress.yaml.damaged-20261128-091200", or with -2, -3… if that is there already; NULL with
 * errno if it cannot be known. */
static char *free_name(int folder, const char *name, const char *why)
{
    struct clock clock;
    char now[16];
    clock_init(&clock);
    clock_format_name(clock_seconds(&clock), now);
    char *first = xasprintf("%s.%s-%s", name, why, now);
    char *aside = xstrdup(first);
    for (int number = 2; !faccessat(folder, aside, F_OK, AT_SYMLINK_NOFOLLOW); number++) {
        free(aside);
        aside = xasprintf("%s-%d", first, number);
    }
    int saved = errno;
    free(first);
    if (saved != ENOENT) {
        free(aside);
        aside = NULL;
    }
    errno = saved;
    return aside;
}

int aside_move(int folder, const char *name, const char *why, char **ret_aside)
{
    char *aside = free_name(folder, name, why);
    if (!aside)
        return -1;
    if (renameat(folder, name, folder, aside) || durable_sync(folder)) {
        int saved = errno;
        free(aside);
        errno = saved;
        return -1;
    }
    *ret_aside = aside;
    return 0;
}
