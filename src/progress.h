/*
 * progress: a learner's record on disk, so that nothing confirmed is ever lost.
 *
 * One YAML file, $XDG_STATE_HOME/pasapas/<folder>/progress.yaml (folder 0700, file 0600), beside a
 * `name` that keeps the learner's name as spoken. Saving writes a temporary file, syncs it, renames
 * it and syncs the folder: after progress_save() returned 0 the record survives a power cut. A file
 * that cannot be understood is moved aside, never overwritten. An flock on the folder keeps a
 * second instance from writing; it vanishes with the process.
 * Thread: main.
 */
#ifndef PASAPAS_PROGRESS_H
#define PASAPAS_PROGRESS_H

#include "record.h"

#include <stddef.h>

struct messages;
struct progress;

enum progress_state {
    PROGRESS_FRESH,     /* nothing was there */
    PROGRESS_LOADED,    /* read in full */
    PROGRESS_DAMAGED,   /* not understood: moved aside to `aside`, starts empty (or from the
                           last good copy if there is one) */
    PROGRESS_NEWER,     /* written by a newer version: read only */
    PROGRESS_BUSY,      /* another instance has it: read only */
    PROGRESS_UNWRITABLE /* the folder cannot be made or written: read only; `error` is errno */
};

struct progress_report {
    enum progress_state state;
    char *aside; /* the name the damaged file was given, or NULL */
    int error;
};

void progress_report_free(struct progress_report *report); /* frees what it holds */

/*
 * Opens the store of `learner` (any UTF-8 name; mapped safely to a folder) and reads its record.
 * Always gives a usable record, empty if need be, and a store to be closed with progress_close();
 * what happened is in the report. `guest`: nothing is read or written.
 */
void progress_open(const char *learner, bool guest, const struct messages *messages,
                   struct progress **ret_progress, struct record *ret_record,
                   struct progress_report *ret_report);
void progress_close(struct progress *progress);

/* True if progress_save() may be called with any hope. */
bool progress_is_writable(const struct progress *progress);

/* Returns 0 once the record is on disk for good, or -1 with errno; the old file is then intact. */
int progress_save(struct progress *progress, const struct record *record);

/* The folder of a learner, "…/pasapas/<folder>", to be freed with free(). The name's form: NFC and
 * case folded; characters outside [a-z0-9_-] as %XX; so no two names share a folder but those that
 * differ only by case or Unicode form, and none leaves the state folder. */
char *progress_folder(const char *learner);

/* All learners with a store, by name. Stores an array of names, each and itself to be freed with
 * free(), and returns its length. */
size_t progress_list(char ***ret_names);

/* Empties a learner's store (the old file is kept as progress.yaml.reset). 0 or -1 with errno. */
int progress_reset(const char *learner);

#endif
