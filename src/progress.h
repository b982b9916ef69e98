/*
 * progress: a learner's record on disk, so that nothing confirmed is ever lost.
 *
 * A learner's folder, $XDG_STATE_HOME/pasapas/<folder> (0700), holds (0600 each):
 *     progress.yaml       the record (progress_yaml.h)
 *     progress.yaml.copy  the same bytes once more: after a disk fault it has the last mark too
 *     name                the learner's name as spoken
 *     lock                empty; a flock on it keeps a second instance from writing. The kernel
 *                         drops it with the process, so a killed one leaves none. (Not a flock on
 *                         the folder: NFS locks only files that are open for writing.)
 * Saving writes both files beside themselves, syncs them, renames the copy, then the record, and
 * syncs the folder: after progress_save() returned 0 the record survives a power cut, and either
 * file alone holds it. A file that cannot be understood is moved aside as
 * progress.yaml.damaged-YYYYMMDD-HHMMSS (UTC), never overwritten.
 * Thread: main.
 */
#ifndef PASAPAS_PROGRESS_H
#define PASAPAS_PROGRESS_H

#include "record.h"

#include <stdbool.h>
#include <stddef.h>

struct messages;
struct progress;

enum progress_state {
    PROGRESS_FRESH,     /* nothing was there */
    PROGRESS_LOADED,    /* read in full */
    PROGRESS_DAMAGED,   /* not understood: moved aside to `aside`; `restored` tells whether the
                           copy was good (then nothing is lost), else it starts empty */
    PROGRESS_NEWER,     /* written by a newer version: read only, starts empty */
    PROGRESS_BUSY,      /* another instance has it: read only */
    PROGRESS_UNWRITABLE /* the folder cannot be made, read or written, or a damaged file cannot be
                           moved aside: read only; `error` is errno */
};

struct progress_report {
    enum progress_state state;
    char *aside; /* the name, without folder, the damaged file was given, or NULL */
    bool restored;
    int error;
};

void progress_report_free(struct progress_report *report); /* frees what it holds */

/*
 * Opens the store of `learner` (any UTF-8 name; mapped safely to a folder) and reads its record.
 * Always gives a usable record, empty if need be, and a store to be closed with progress_close();
 * what happened is in the report. The record's name is the one first spoken, if there is one.
 * `guest`: nothing is read or written.
 */
void progress_open(const char *learner, bool guest, const struct messages *messages,
                   struct progress **ret_progress, struct record *ret_record,
                   struct progress_report *ret_report);
void progress_close(struct progress *progress);

/* True if progress_save() may be called with any hope: false for a guest and in the states
 * PROGRESS_NEWER, PROGRESS_BUSY and PROGRESS_UNWRITABLE. */
bool progress_is_writable(const struct progress *progress);

/*
 * Returns 0 once the record is on disk for good. Otherwise -1 with errno: the store then holds
 * either what it held before or, if only the last sync failed, this record; never a part of it.
 */
int progress_save(struct progress *progress, const struct record *record);

/*
 * Reads a learner's record to look at it: nothing is made, locked, moved or written, so it may be
 * done while a session runs. `past`: NULL for all of it; else the lists of months before the
 * newest are left out but those of that month (year 0: of none), which is much faster after years.
 * The state is PROGRESS_FRESH, LOADED (also from the copy), DAMAGED if neither file is good, NEWER,
 * or UNWRITABLE if it cannot be read; the record is always usable.
 */
enum progress_state progress_read(const char *learner, const struct month *past,
                                  const struct messages *messages, struct record *ret_record);

/*
 * The folder of a learner, "…/pasapas/<folder>", to be freed with free(). The name's form: NFC and
 * case folded; characters outside [a-z0-9_-] as %XX; so no two names share a folder but those that
 * differ only by case or Unicode form, and none leaves the state folder. An empty name is "%". A
 * form of more than 140 bytes (what an encrypted home can name) is cut, and "%-" and a hash of it
 * are added. Bytes that are not UTF-8 are taken as they are.
 */
char *progress_folder(const char *learner);
char *progress_folder_name(const char *learner); /* <folder> alone */

/* All learners with a store, by name. Stores an array of names, each and itself to be freed with
 * free() (NULL when empty), and returns its length. */
size_t progress_list(char ***ret_names);

/* The learner of whoever does not say who they are; has no name to be spoken. */
#define PROGRESS_DEFAULT "default"

/*
 * Gives a learner another name; the store goes along, whole. 0 or -1 with errno: EEXIST if there is
 * a store of that name, ENOENT if there is none to rename, EWOULDBLOCK while another instance has
 * it. A program killed in between leaves the store under one of the two names.
 */
int progress_rename(const char *learner, const char *name);

/* Forgets a learner: the folder with all that is in it, logs and files kept aside too. 0 or -1 with
 * errno: EWOULDBLOCK while another instance has it. A learner that is not there is no mistake. */
int progress_delete(const char *learner);

/*
 * Empties a learner's store; the old file is kept as progress.yaml.reset-YYYYMMDD-HHMMSS, and that
 * name, to be freed with free(), is stored if `ret_aside` is not NULL (a NULL name: nothing was
 * there). 0 or -1 with errno: EWOULDBLOCK while another instance has it.
 */
int progress_reset(const char *learner, char **ret_aside);

#endif
