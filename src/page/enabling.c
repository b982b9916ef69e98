/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/enabling.h"

#ifdef HAVE_ATSPI

#include "base/mem.h"
#include "base/paths.h"
#include "page/atspi.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

/* In the file: it is to be put back. */
#define CHANGED 'x'

/* Opens the file of the lock, or -1. */
static int open_lock(void)
{
    char *folder = paths_runtime();
    char *name = xasprintf("%s/page", folder);
    const bool usable = !paths_make(folder, 0700) && paths_is_private(folder);
    const int lock = usable ? open(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600) : -1;
    free(name);
    free(folder);
    return lock;
}

int enabling_begin(void)
{
    bool enabled = true;
    const char byte = CHANGED;
    const int lock = open_lock();
    if (lock < 0)
        return -1;
    /* Whoever puts it back just now is waited for. */
    if (flock(lock, LOCK_SH) || atspi_get_enabled(&enabled) ||
        (!enabled && (pwrite(lock, &byte, 1, 0) != 1 || atspi_set_enabled(true)))) {
        enabling_end(lock);
        return -1;
    }
    return lock;
}

void enabling_end(int lock)
{
    char byte = '-';
    bool reader = false;
    if (lock < 0)
        return;
    /* Only one may be alone: of two that end at once, the first to try lets go of its own lock. */
    if (!flock(lock, LOCK_EX | LOCK_NB) && pread(lock, &byte, 1, 0) == 1 && byte == CHANGED) {
        if (!atspi_get_screen_reader(&reader) && !reader)
            (void)atspi_set_enabled(false);
        (void)!ftruncate(lock, 0);
    }
    close(lock);
}

#endif
