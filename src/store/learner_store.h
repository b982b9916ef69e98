/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * learner_store: a learner's record on disk, so that nothing confirmed is ever lost.
 *
 * A learner's folder, $XDG_STATE_HOME/pasapas/<folder> (0700), holds (0600 each):
 *     progress.yaml       the record (store/learner_yaml.h)
 *     progress.yaml.copy  the same bytes once more: after a disk fault it has the last mark too
 *     name                the learner's name as spoken
 *     lock                empty; a flock on it keeps a second instance from writing. The kernel
 *                         drops it with the process, so a killed one leaves none. (Not a flock on
 *                         the folder: NFS locks only files that are open for writing.)
 * Saving writes both files beside themselves, syncs them, renames the copy, then the record, and
 * syncs the folder: after learner_store_save() returned 0 the record survives a power cut, and
 * either file alone holds it. A file that cannot be understood is moved aside as
 * progress.yaml.damaged-YYYYMMDD-HHMMSS (local time), never overwritten.
 * Thread: main.
 */
#ifndef PASAPAS_STORE_LEARNER_STORE_H
#define PASAPAS_STORE_LEARNER_STORE_H

#include "model/learner_record.h"

#include <stdbool.h>
#include <stddef.h>

struct messages;
struct learner_store;

enum learner_store_state {
    LEARNER_STORE_FRESH,     /* nothing was there */
    LEARNER_STORE_LOADED,    /* read in full */
    LEARNER_STORE_DAMAGED,   /* not understood: moved aside to `aside`; `restored` tells whether the
                           copy was good (then nothing is lost), else it starts empty */
    LEARNER_STORE_NEWER,     /* written by a newer version: read only, starts empty */
    LEARNER_STORE_BUSY,      /* another instance has it: read only */
    LEARNER_STORE_UNWRITABLE /* the folder cannot be made, read or written, or a damaged file cannot
                           be moved aside: read only; `error` is errno */
};

struct learner_store_report {
    enum learner_store_state state;
    char *aside; /* the name, without folder, the damaged file was given, or NULL */
    bool restored;
    int error;
};

void learner_store_report_free(struct learner_store_report *report); /* frees what it holds */

/*
 * Opens the store of `learner` (any UTF-8 name; mapped safely to a folder) and reads its record.
 * Always gives a usable record, empty if need be, and a store to be closed with
 * learner_store_close(); what happened is in the report. The record's name is the one first spoken,
 * if there is one. `guest`: nothing is read or written.
 */
void learner_store_open(const char *learner, bool guest, const struct messages *messages,
                        struct learner_store **ret_store, struct learner_record *ret_record,
                        struct learner_store_report *ret_report);
void learner_store_close(struct learner_store *store);

/* True if learner_store_save() may be called with any hope: false for a guest and in the states
 * LEARNER_STORE_NEWER, LEARNER_STORE_BUSY and LEARNER_STORE_UNWRITABLE. */
bool learner_store_is_writable(const struct learner_store *store);

/*
 * Returns 0 once the record is on disk for good. Otherwise -1 with errno: the store then holds
 * either what it held before or, if only the last sync failed, this record; never a part of it.
 */
int learner_store_save(struct learner_store *store, const struct learner_record *record);

/*
 * Reads a learner's record to look at it: nothing is made, locked, moved or written, so it may be
 * done while a session runs. `past`: NULL for all of it; else the lists of months before the
 * newest are left out but those of that month (year 0: of none), which is much faster after years.
 * The state is LEARNER_STORE_FRESH, LOADED (also from the copy), DAMAGED if neither file is good,
 * NEWER, or UNWRITABLE if it cannot be read; the record is always usable.
 */
enum learner_store_state learner_store_read(const char *learner, const struct month *past,
                                            const struct messages *messages,
                                            struct learner_record *ret_record);

/* The learner of whoever does not say who they are; has no name to be spoken. */
#define LEARNER_STORE_DEFAULT "default"

/*
 * Empties a learner's store; the old file is kept as progress.yaml.reset-YYYYMMDD-HHMMSS, and that
 * name, to be freed with free(), is stored if `ret_aside` is not NULL (a NULL name: nothing was
 * there). 0 or -1 with errno: EWOULDBLOCK while another instance has it.
 */
int learner_store_reset(const char *learner, char **ret_aside);

#endif
