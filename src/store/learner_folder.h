/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * learner_folder: the folder of a learner: where it is, whose it is, and the lock on it.
 *
 * The name's form is that of the folder, below the state and the configuration: NFC and case
 * folded; characters outside [a-z0-9_-] as %XX; so no two names share a folder but those that
 * differ only by case, Unicode form or spaces (learner_folder_name()), and none leaves the folder
 * above. An empty name is "%". A form of more than 140 bytes (what an encrypted home can name) is
 * cut, and "%-" and a hash of it are added. Bytes that are not UTF-8 are taken as they are. All
 * texts are to be freed with free(). Thread: main.
 */
#ifndef PASAPAS_STORE_LEARNER_FOLDER_H
#define PASAPAS_STORE_LEARNER_FOLDER_H

#include <stdbool.h>

/* Files in it. */
#define LEARNER_FOLDER_RECORD "progress.yaml"
#define LEARNER_FOLDER_NAME   "name"
#define LEARNER_FOLDER_LOCK   "lock"

char *learner_folder_form(const char *learner); /* "zo%C3%A9" */
/* The name that a learner goes by: tidy (base/person_name.h), so that spaces at an end make nobody
 * else; but as it is given where a folder of just that name is there from before. */
char *learner_folder_name(const char *learner);
char *learner_folder_path(const char *learner); /* the folder below the state */
/* A file in the folder below the configuration. */
char *learner_folder_config(const char *learner, const char *file);
/* True if a folder of this form is that of `name`. */
bool learner_folder_has_form(const char *name, const char *form);

/* The name kept in an open folder, or NULL with errno (ENOENT: there is none that could be used).
 */
char *learner_folder_read_name(int folder);
/* Keeps it, for good once the folder's own entry is. 0, or -1 with errno. */
int learner_folder_write_name(int folder, const char *name);
/* Whose folder of this form it is: the name kept in it, else one made from the form; NULL if
 * neither fits. */
char *learner_folder_learner(int folder, const char *form);

/* The locked file of an open folder, to be closed; -1 with errno: EWOULDBLOCK if another instance
 * has it. */
int learner_folder_lock(int folder);

/*
 * Opens the folder `path` (below the open folder `parent`, or AT_FDCWD) and locks it: what is
 * locked is what has that name, even if another instance renames or removes it at the same time.
 * Stores the lock, to be closed, or -1 with errno as above: then the folder is open nevertheless.
 * -1 with errno: it cannot be opened.
 */
int learner_folder_open(int parent, const char *path, int *ret_lock);

#endif
