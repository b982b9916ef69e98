/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/store.h"

#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check(int failed, const char *what)
{
    if (!failed)
        return;
    perror(what);
    abort();
}

char *store_make(void)
{
    const char *base = getenv("TMPDIR");
    char *root = xasprintf("%s/pasapas-test-XXXXXX", base ? base : "/tmp");
    check(!mkdtemp(root), root);
    char *state = xasprintf("%s/state", root), *config = xasprintf("%s/config", root);
    setenv("XDG_STATE_HOME", state, 1);
    setenv("XDG_CONFIG_HOME", config, 1);
    free(state);
    free(config);
    return root;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

void store_remove(char *root)
{
    check(nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS), root);
    free(root);
}

int store_set_up(void **state)
{
    struct store_home *home = xcalloc(1, sizeof *home);
    home->messages = messages_load_builtin();
    home->root = store_make();
    *state = home;
    return 0;
}

int store_tear_down(void **state)
{
    struct store_home *home = *state;
    store_remove(home->root);
    messages_free(home->messages);
    free(home);
    return 0;
}

char *store_path(const char *root, const char *form, const char *file)
{
    return xasprintf("%s/state/pasapas/%s/%s", root, form, file);
}

char *store_read(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *bytes = NULL;
    size_t length = 0, capacity = 0, got;
    do {
        bytes = mem_grow(bytes, &capacity, length + 4097, 1);
        got = fread(bytes + length, 1, 4096, file);
        length += got;
    } while (got);
    bytes[length] = '\0';
    fclose(file);
    if (ret_length)
        *ret_length = length;
    return bytes;
}

void store_write(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    check(!file || fwrite(bytes, 1, length, file) != length || fclose(file), path);
}

size_t store_count(const char *folder, const char *prefix, char **ret_name)
{
    size_t count = 0;
    DIR *stream = opendir(folder);
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)))
            continue;
        if (ret_name) {
            if (count)
                free(*ret_name);
            *ret_name = xstrdup(entry->d_name);
        }
        count++;
    }
    if (stream)
        closedir(stream);
    return count;
}
