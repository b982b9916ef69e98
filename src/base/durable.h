/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * durable: small files that are replaced as a whole and survive a power cut.
 *
 * A file is staged (written beside itself as NAME.tmp and synced), committed (renamed over NAME)
 * and its folder synced; only then is the change on disk for good. At every moment NAME holds
 * either the old bytes or the new ones. There is one writer at a time: who needs more takes a lock
 * first. Files are 0600, folders 0700. Names are relative to an open folder.
 *
 * All functions return 0 (or a descriptor), or -1 with errno. Thread: any.
 */
#ifndef PASAPAS_BASE_DURABLE_H
#define PASAPAS_BASE_DURABLE_H

#include <stddef.h>

struct strbuf;

/* Removes NAME of an open folder with all that is in it; links are not followed. What is not there
 * is removed already. */
int durable_remove(int folder, const char *name);

/* Makes a folder and its missing parents (0700) and syncs what they were made in. */
int durable_make(const char *folder);

/* Opens a folder; the descriptor is closed on exec. To be closed with close(). */
int durable_open(const char *folder);

/* Syncs a folder. A file system that cannot sync folders is taken at its word. */
int durable_sync(int folder);

/* Writes NAME.tmp and syncs it. On failure nothing is left but, at worst, NAME.tmp. */
int durable_stage(int folder, const char *name, const char *bytes, size_t length);

/* Renames NAME.tmp over NAME. */
int durable_commit(int folder, const char *name);

/* Removes NAME.tmp if it is there. Keeps errno. */
void durable_abandon(int folder, const char *name);

/* Stages, commits and syncs one file. */
int durable_replace(int folder, const char *name, const char *bytes, size_t length);

/* Writes all bytes into an open file, syncs it where that can be done, and closes it in any case.
 */
int durable_write_and_close(int fd, const char *bytes, size_t length);

/*
 * Appends a whole regular file to `bytes`. More than `limit` bytes: EFBIG; anything but a regular
 * file: EINVAL; no such file: ENOENT.
 */
int durable_read(int folder, const char *name, size_t limit, struct strbuf *bytes);

/* The same for an open file, whatever it is; it stays open. */
int durable_read_open(int fd, size_t limit, struct strbuf *bytes);

#endif
