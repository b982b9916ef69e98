/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * paths: where things are: guides and voices to read, state and settings to keep.
 *
 * Read-only data is looked for in this order: $PASAPAS_DATA if set (then nowhere else); the
 * learner's own $XDG_DATA_HOME/pasapas; the source tree when the program is run from its build
 * folder; ../share/pasapas beside the program; pasapas/ in each folder of $XDG_DATA_DIRS; the
 * prefix it was configured for. XDG variables that are not absolute paths are ignored, as the XDG
 * base directory specification 0.8 asks. All results are to be freed with free(). Thread: any, as
 * long as nobody changes the environment.
 */
#ifndef PASAPAS_BASE_PATHS_H
#define PASAPAS_BASE_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The folder of the voice pack `id` ("fr"), or a path if `id` holds a '/'; NULL if there is none.
 */
char *paths_pack(const char *id);

/* The file of the guide `name` ("espace-france-travail", or a path); NULL if there is none. */
char *paths_guide(const char *name);

/* The folder of the page that shows a session; NULL if there is none. */
char *paths_view(void);

/* All guides' files and all packs' folders, each name once, in the order of search then by name.
 * Stores an array of texts, each and itself to be freed with free(), and returns its length. */
size_t paths_list_guides(char ***ret_files);
size_t paths_list_packs(char ***ret_folders);

/* $XDG_DATA_HOME/pasapas, the learner's own; or $PASAPAS_DATA if set. Not created. */
char *paths_data(void);

/* $XDG_STATE_HOME/pasapas, $XDG_CONFIG_HOME/pasapas, $XDG_CACHE_HOME/pasapas, or their defaults
 * below $HOME or, if that is not set, the home of the user's account; without any, below a folder
 * of /tmp that is the user's alone and is made at once. If such a folder is somebody else's, a path
 * where nothing can be made.
 */
char *paths_state(void);
char *paths_config(void);
char *paths_cache(void);

/* $XDG_RUNTIME_DIR/pasapas, or "pasapas-UID" below /tmp as above: for the socket of `pasapas tell`.
 */
char *paths_runtime(void);

/* True of "x.yaml": guides are found by this ending. */
bool paths_is_yaml(const char *name);

/* True if it is a folder, no link, and only its owner, who is the user, may look into it. */
bool paths_is_private(const char *folder);

/* Makes a folder and its parents, each new one with `mode`. 0 or -1 with errno. */
int paths_make(const char *folder, mode_t mode);

/* "file" of "/a/b/file.yaml". */
char *paths_stem(const char *path);

#endif
