/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * open_file: opens files that somebody named, without waiting for anybody.
 *
 * Opening a pipe with a name waits for its other end, which may never come. Here a pipe to be read
 * that nobody writes into is an empty file, and one to be written that nobody reads is refused with
 * ENXIO. Links are followed. Descriptors are closed on exec. -1, or NULL, with errno on failure.
 * Thread: any.
 */
#ifndef PASAPAS_BASE_OPEN_FILE_H
#define PASAPAS_BASE_OPEN_FILE_H

#include <stdio.h>

int open_file_to_read(const char *path);

/* `how`: O_APPEND or O_TRUNC. A new file is its owner's alone (0600); what is there is written
 * into, whatever it is. */
int open_file_to_write(const char *path, int how);
FILE *open_file_stream_to_append(const char *path);

#endif
