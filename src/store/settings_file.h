/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * settings_file: a learner's settings on disk.
 *
 * Kept as YAML under $XDG_CONFIG_HOME/pasapas/<folder of the learner>/settings.yaml, folder 0700,
 * file 0600, replaced atomically. Each name in the file is that of the member of struct settings,
 * with '-' for '_'; yes and no are `true` and `false`; what has its default is left out, so that a
 * better default reaches everybody who has not chosen. Thread: main.
 */
#ifndef PASAPAS_STORE_SETTINGS_FILE_H
#define PASAPAS_STORE_SETTINGS_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct diags;
struct messages;
struct settings;

/* The learner's file, to be freed with free(). The folder's name is that of learner_folder_path().
 */
char *settings_path(const char *learner);

/* What follows a learner who is renamed or deleted: all that is in the folder of their settings.
 * 0 or -1 with errno; nothing there is no mistake. EEXIST: somebody of the new name has settings or
 * a taught voice, with a store or without. */
int settings_rename(const char *learner, const char *name);
int settings_delete(const char *learner);

/*
 * Reads the file over what is in `settings`. A missing file is no mistake. A value out of its
 * range or an unknown name is reported and left at its default. Returns 0, or -1 if anything was
 * reported.
 */
int settings_load(const char *path, struct diags *diags, struct settings *settings);
/* The same for bytes; the diags' file must have been set. */
int settings_parse(const char *bytes, size_t length, struct diags *diags,
                   struct settings *settings);

/*
 * Replaces the file; its folder is made if need be. A device's name that holds control characters
 * is not kept. Keys that this version does not know stay; a file with any other mistake is kept
 * aside, and its new name (without folder) stored in `ret_aside`, to be freed, else NULL. Returns
 * 0, or -1 with errno: the old file is then intact. So it is, too, where it cannot be read, or
 * could not be when `settings` were loaded.
 */
int settings_save(const char *path, const struct settings *settings,
                  const struct messages *messages, char **ret_aside);

/* True if both would be written alike. */
bool settings_are_written_alike(const struct settings *one, const struct settings *other);

#endif
