/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calibration_file: a learner's calibration on disk.
 *
 * YAML in $XDG_CONFIG_HOME/pasapas/<folder of the learner>/calibration.yaml, beside settings.yaml,
 * so that it goes where they go when the learner is renamed or deleted. Folder 0700, file 0600,
 * replaced atomically. Thread: main.
 */
#ifndef PASAPAS_STORE_CALIBRATION_FILE_H
#define PASAPAS_STORE_CALIBRATION_FILE_H

#include "model/calibration.h"

struct diags;
struct messages;
struct strbuf;

/* The version that is read and written (key `format`). */
#define CALIBRATION_FORMAT 1

/* The learner's file, to be freed with free(). */
char *calibration_path(const char *learner);

/*
 * Reads the file into a fresh struct. A missing file is no mistake and gives an empty one. Returns
 * 0, or -1 with every mistake in `diags` and an empty calibration: half a voice is none.
 */
int calibration_load(const char *path, struct diags *diags, struct calibration *ret_calibration);
/* The same for bytes; the diags' file must have been set. */
int calibration_parse(const char *bytes, size_t length, struct diags *diags,
                      struct calibration *ret_calibration);

/* Appends it as the file has it. 0 or -1: it holds what cannot be written. */
int calibration_write(const struct calibration *calibration, struct strbuf *bytes);

/* Replaces the file; its folder is made if need be. One that was not understood is kept aside, and
 * its new name (without folder) stored in `ret_aside`, to be freed, else NULL. 0, or -1 with errno:
 * the old file is intact; so it is, too, where it cannot be read, or could not be when this was
 * loaded. */
int calibration_save(const char *path, const struct calibration *calibration,
                     const struct messages *messages, char **ret_aside);

/* Removes the file. 0, 1 if there was none, or -1 with errno. */
int calibration_forget(const char *path);
/* The same for a learner, who may have none: 0 or -1 with errno. */
int calibration_forget_learner(const char *learner);

#endif
