/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/learner_folder.h"

#include "base/bytes.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/person_name.h"
#include "base/strbuf.h"
#include "store/learner_yaml.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

#define FORM_MAX       140 /* bytes; eCryptfs allows 143 */
#define NAME_BYTES_MAX 4096

/* Others do not rename a folder again and again. */
#define OPEN_TURNS 10

/* NFC of the case folding of the canonical decomposition (Unicode 3.13, D145: names that match
 * without regard to case); NULL if it is not UTF-8. */
static char *fold_name(const char *name)
{
    utf8proc_uint8_t *decomposed = NULL, *folded = NULL;
    utf8proc_map((const utf8proc_uint8_t *)name, 0, &decomposed,
                 UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    if (decomposed)
        utf8proc_map(decomposed, 0, &folded,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    free(decomposed);
    return (char *)folded;
}

static bool is_plain(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' ||
           byte == '-';
}

/* Makes a long form short without letting two names meet: "%-" is in no other form. */
static void shorten(struct strbuf *form)
{
    uint64_t hash = bytes_sum(form->text, form->length);
    size_t keep = FORM_MAX - 2 - 16;
    /* Not in the middle of a %XX. */
    for (size_t back = 1; back <= 2; back++)
        if (form->text[keep - back] == '%')
            keep -= back;
    strbuf_truncate(form, keep);
    strbuf_addf(form, "%%-%016" PRIx64, hash);
}

static char *form_of(const char *learner)
{
    char *folded = fold_name(learner);
    struct strbuf form = {0};
    for (const char *at = folded ? folded : learner; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (is_plain(byte))
            strbuf_add_char(&form, *at);
        else
            strbuf_addf(&form, "%%%02X", byte);
    }
    free(folded);
    if (!form.length)
        strbuf_add_char(&form, '%');
    if (form.length > FORM_MAX)
        shorten(&form);
    return strbuf_take(&form);
}

/* A name of spaces alone stays as it is: it is nobody's, not that of an empty name. */
static char *tidy(const char *learner)
{
    char *name = person_name_tidy(learner);
    if (*name)
        return name;
    free(name);
    return xstrdup(learner);
}

static bool is_there(const char *form)
{
    char *state = paths_state(), *folder = xasprintf("%s/%s", state, form);
    const bool there = !access(folder, F_OK);
    free(folder);
    free(state);
    return there;
}

char *learner_folder_name(const char *learner)
{
    char *form = form_of(learner);
    char *name = is_there(form) ? xstrdup(learner) : tidy(learner);
    free(form);
    return name;
}

char *learner_folder_form(const char *learner)
{
    char *name = learner_folder_name(learner), *form = form_of(name);
    free(name);
    return form;
}

char *learner_folder_path(const char *learner)
{
    char *state = paths_state(), *form = learner_folder_form(learner);
    char *folder = xasprintf("%s/%s", state, form);
    free(state);
    free(form);
    return folder;
}

char *learner_folder_config(const char *learner, const char *file)
{
    char *config = paths_config(), *form = learner_folder_form(learner);
    char *path = xasprintf("%s/%s/%s", config, form, file);
    free(config);
    free(form);
    return path;
}

/* The other way, for a folder that has lost its name; NULL if it cannot be. */
static char *name_from_form(const char *form)
{
    struct strbuf name = {0};
    for (const char *at = form; *at; at++) {
        unsigned byte;
        if (*at == '%' && isxdigit((unsigned char)at[1]) && isxdigit((unsigned char)at[2])) {
            sscanf(at + 1, "%2x", &byte);
            at += 2;
            strbuf_add_char(&name, (char)byte);
        } else if (*at != '%') {
            strbuf_add_char(&name, *at);
        }
    }
    return strbuf_take(&name);
}

bool learner_folder_has_form(const char *name, const char *form)
{
    char *own = form_of(name), *tidied = tidy(name), *its_form = form_of(tidied);
    bool same = !strcmp(own, form) || !strcmp(its_form, form);
    free(its_form);
    free(tidied);
    free(own);
    return same;
}

char *learner_folder_read_name(int folder)
{
    struct strbuf bytes = {0};
    char *name = NULL;
    int error = ENOENT;
    if (durable_read(folder, LEARNER_FOLDER_NAME, NAME_BYTES_MAX, &bytes))
        error = errno == EFBIG ? ENOENT : errno;
    else if (bytes.length)
        name = xstrndup(bytes.text, strcspn(bytes.text, "\n"));
    strbuf_free(&bytes);
    errno = error;
    return name;
}

int learner_folder_write_name(int folder, const char *name)
{
    char *line = xasprintf("%s\n", name);
    int result = durable_replace(folder, LEARNER_FOLDER_NAME, line, strlen(line));
    int saved = errno;
    free(line);
    errno = saved;
    return result;
}

char *learner_folder_learner(int folder, const char *form)
{
    char *name = learner_folder_read_name(folder);
    if (name && learner_folder_has_form(name, form))
        return name;
    free(name);
    name = name_from_form(form);
    if (learner_folder_has_form(name, form))
        return name;
    free(name);
    return NULL;
}

int learner_folder_lock(int folder)
{
    int lock = openat(folder, LEARNER_FOLDER_LOCK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (lock < 0)
        return -1;
    /* Any other failure: a file system without locks, where there is nothing to be done. */
    if (flock(lock, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
        close(lock);
        errno = EWOULDBLOCK;
        return -1;
    }
    return lock;
}

/* Renamed or removed between opening and locking, it is no longer what was asked for. */
static bool is_still(int parent, const char *path, int folder)
{
    struct stat open, named;
    return !fstat(folder, &open) && !fstatat(parent, path, &named, 0) &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

int learner_folder_open(int parent, const char *path, int *ret_lock)
{
    for (int turn = 0; turn < OPEN_TURNS; turn++) {
        const int folder = openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0)
            return -1;
        const int lock = learner_folder_lock(folder);
        if (lock < 0 || is_still(parent, path, folder)) {
            *ret_lock = lock;
            return folder;
        }
        close(lock);
        close(folder);
    }
    errno = EWOULDBLOCK;
    return -1;
}
