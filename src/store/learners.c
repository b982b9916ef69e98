/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/learners.h"

#include "base/durable.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "store/learner_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- the list ----------------------------------------------------------------------------- */

struct listed {
    char *name;
    char *key; /* folded, to sort by */
};

static int compare_listed(const void *a, const void *b)
{
    const struct listed *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    return order ? order : strcmp(left->name, right->name);
}

/* The name of a learner whose store has been saved at least once, or NULL. */
static char *learner_in(int state, const char *form)
{
    int folder = openat(state, form, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return NULL;
    char *name = NULL;
    if (!faccessat(folder, LEARNER_FOLDER_NAME, F_OK, 0) ||
        !faccessat(folder, LEARNER_FOLDER_RECORD, F_OK, 0))
        name = learner_folder_learner(folder, form);
    close(folder);
    return name;
}

size_t learners_list(char ***ret_names)
{
    struct listed *items = NULL;
    size_t count = 0, capacity = 0;
    char *path = paths_state();
    DIR *state = opendir(path);
    free(path);
    for (struct dirent *entry; state && (entry = readdir(state));) {
        char *name = entry->d_name[0] == '.' ? NULL : learner_in(dirfd(state), entry->d_name);
        if (!name)
            continue;
        items = mem_grow(items, &capacity, count + 1, sizeof *items);
        items[count++] = (struct listed){name, text_fold(name)};
    }
    if (state)
        closedir(state);
    if (count)
        qsort(items, count, sizeof *items, compare_listed);
    char **names = count ? xcalloc(count, sizeof *names) : NULL;
    for (size_t i = 0; i < count; i++) {
        names[i] = items[i].name;
        free(items[i].key);
    }
    free(items);
    *ret_names = names;
    return count;
}

/* --- renaming and deleting ----------------------------------------------------------------- */

/* Out of the list; what a killed program left there goes next. */
#define DELETED_FOLDER ".deleted"

/* Opens the state folder and locks a learner's. 0, or -1 with errno and nothing open. */
static int open_locked(const char *form, int *ret_state, int *ret_lock)
{
    char *path = paths_state();
    int state = durable_open(path), folder = -1, lock = -1;
    free(path);
    if (state >= 0)
        folder = learner_folder_open(state, form, &lock);
    int saved = errno;
    if (folder >= 0)
        close(folder);
    if (lock >= 0) {
        *ret_state = state;
        *ret_lock = lock;
        return 0;
    }
    if (state >= 0)
        close(state);
    errno = saved;
    return -1;
}

static void close_locked(int state, int lock)
{
    int saved = errno;
    close(lock);
    close(state);
    errno = saved;
}

/* Never over another store. A file system without RENAME_NOREPLACE: looked at first. */
static int move_folder(int state, const char *from, const char *to)
{
    if (!renameat2(state, from, state, to, RENAME_NOREPLACE))
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (!faccessat(state, to, F_OK, AT_SYMLINK_NOFOLLOW)) {
        errno = EEXIST;
        return -1;
    }
    return renameat(state, from, state, to);
}

static int write_name(int state, const char *form, const char *name)
{
    int folder = openat(state, form, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return -1;
    int result = learner_folder_write_name(folder, name);
    int saved = errno;
    close(folder);
    errno = saved;
    return result;
}

/* A folder that was opened and never saved into holds no learner: its place may be taken. */
static void clear_unused(int state, const char *form)
{
    char *name = learner_in(state, form);
    int folder = name ? -1 : openat(state, form, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(name);
    if (folder < 0)
        return;
    int lock = learner_folder_lock(folder);
    if (lock >= 0 && !unlinkat(folder, LEARNER_FOLDER_LOCK, 0))
        (void)unlinkat(state, form, AT_REMOVEDIR); /* fails if there is anything else */
    if (lock >= 0)
        close(lock);
    close(folder);
}

/* Somebody of just that name has a store: then nobody else's name has to be read. */
static bool is_known(const char *name)
{
    char *path = paths_state(), *form = learner_folder_form(name);
    const int state = durable_open(path);
    char *known = state < 0 ? NULL : learner_in(state, form);
    const bool is_known = known;
    if (state >= 0)
        close(state);
    free(known);
    free(form);
    free(path);
    return is_known;
}

char *learners_called(const char *name)
{
    if (is_known(name))
        return learner_folder_name(name);
    char **names, *folded = text_fold(name);
    const size_t count = learners_list(&names);
    size_t alike = 0, found = 0;
    for (size_t i = 0; i < count && *folded; i++) {
        if (text_same(names[i], name)) {
            alike++;
            found = i;
        }
    }
    char *called = alike == 1 ? xstrdup(names[found]) : learner_folder_name(name);
    mem_free_texts(names, count);
    free(folded);
    return called;
}

/* As it was before, so that who is told that nothing was changed finds everything. -1: it cannot
 * be. */
static int take_back(int state, const char *learner, const char *from, const char *to)
{
    const int error = errno;
    (void)write_name(state, to, learner);
    const int result = strcmp(from, to) ? move_folder(state, to, from) : 0;
    errno = error;
    return result;
}

int learners_rename(const char *learner, const char *name)
{
    char *from = learner_folder_form(learner), *to = learner_folder_form(name);
    int state, lock, result = open_locked(from, &state, &lock);
    if (!result) {
        if (strcmp(from, to)) {
            clear_unused(state, to);
            result = move_folder(state, from, to);
        }
        if (!result && (write_name(state, to, name) || durable_sync(state)))
            result = take_back(state, learner, from, to) ? 0 : -1;
        close_locked(state, lock);
    }
    int saved = errno;
    free(from);
    free(to);
    errno = saved;
    return result;
}

int learners_delete(const char *learner)
{
    char *form = learner_folder_form(learner);
    int state, lock, result = open_locked(form, &state, &lock);
    if (!result) {
        /* First out of everybody's sight, at once; then its files, one by one. */
        result = durable_remove(state, DELETED_FOLDER);
        if (!result)
            result = renameat(state, form, state, DELETED_FOLDER);
        if (!result && (durable_sync(state) || durable_remove(state, DELETED_FOLDER)))
            result = 1;
        close_locked(state, lock);
    } else if (errno == ENOENT) {
        result = 0;
    }
    int saved = errno;
    free(form);
    errno = saved;
    return result;
}
