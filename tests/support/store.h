/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store: a state folder of its own for a test of what is kept on disk.
 */
#ifndef PASAPAS_TESTS_STORE_H
#define PASAPAS_TESTS_STORE_H

#include <stddef.h>

struct messages;

/* Makes an empty folder and lets XDG_STATE_HOME and XDG_CONFIG_HOME be in it. Returns its path,
 * to be given to store_remove(), which removes it with all that is in it. */
char *store_make(void);
void store_remove(char *root);

/* The two as a fixture for cmocka, with the built-in messages: *state is a struct store_home. */
struct store_home {
    struct messages *messages;
    char *root;
};
int store_set_up(void **state);
int store_tear_down(void **state);

/* "<root>/state/pasapas/<form>/<file>", to be freed with free(). */
char *store_path(const char *root, const char *form, const char *file);

/* The bytes of a file with a final NUL, to be freed with free(); NULL if there is none. */
char *store_read(const char *path, size_t *ret_length);
void store_write(const char *path, const char *bytes, size_t length);

/* How many entries of a folder begin with `prefix`; the name of the last one is stored if
 * `ret_name` is not NULL, to be freed with free(). */
size_t store_count(const char *folder, const char *prefix, char **ret_name);

#endif
