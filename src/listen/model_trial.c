/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/model_trial.h"

#include "base/bytes.h"
#include "base/durable.h"
#include "base/fresh_signals.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMORY           "models-that-work"
#define MEMORY_BYTES_MAX 4096
#define KEY_BYTES        17 /* 16 figures and the end of the line */
#define KEYS_MAX         32

/* Another text for another trial: what passed an earlier one is tried again. */
#define TRIAL PACKAGE_VERSION " 2"

/* No library ends a process with this. */
#define PASSED 93

/* --- in a process of its own ------------------------------------------------------------------ */

/* A child is nobody's keyboard and screen, and is not looked after by the parent's handlers. What
 * it writes goes to `written`. */
static void become_child(int written)
{
    const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(nowhere, STDIN_FILENO);
    dup2(written < 0 ? nowhere : written, STDOUT_FILENO);
    dup2(written < 0 ? nowhere : written, STDERR_FILENO);
    /* What the parent has yet to print is not the child's, and its filter (audio/stderr_guard.h)
     * would keep back what is looked for. */
    __fpurge(stdout);
    stderr = fdopen(STDERR_FILENO, "w");
    fresh_signals();
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* A crash that was expected leaves no file behind. */
    (void)prctl(PR_SET_DUMPABLE, 0);
    alarm(MODEL_TRIAL_SECONDS);
}

static void try_as_child(int (*attempt)(void *context), void *context, int written)
{
    become_child(written);
    const int result = attempt(context);
    fflush(NULL);
    _exit(result ? 1 : PASSED);
}

/* What the library had to say about a model in the child it would say here, too. */
static bool is_empty(int written)
{
    struct stat status;
    return written < 0 || (!fstat(written, &status) && !status.st_size);
}

static bool passes(int (*attempt)(void *context), void *context)
{
    int status = -1;
    const int written = memfd_create("written", MFD_CLOEXEC);
    const pid_t child = fork();
    if (!child)
        try_as_child(attempt, context, written);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    /* Who cannot try it can only believe it. */
    const bool result =
        child < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == PASSED && is_empty(written));
    if (written >= 0)
        close(written);
    return result;
}

/* --- what passed ------------------------------------------------------------------------------ */

static uint64_t hash_file(uint64_t hash, int folder, const char *name)
{
    struct stat status;
    if (fstatat(folder, name, &status, 0))
        return hash;
    const int64_t what[] = {(int64_t)status.st_size, (int64_t)status.st_mtim.tv_sec,
                            (int64_t)status.st_mtim.tv_nsec, (int64_t)status.st_mode};
    return bytes_sum_on(bytes_sum_on(hash, name, strlen(name) + 1), what, sizeof what);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* What a folder is known by; false if it cannot be known. */
static bool know(const char *folder, char ret_key[KEY_BYTES + 1])
{
    struct dirent **files = NULL;
    char *path = realpath(folder, NULL);
    const int fd = path ? durable_open(path) : -1;
    const int count = fd < 0 ? -1 : scandir(path, &files, NULL, by_name);
    uint64_t hash = bytes_sum(TRIAL, sizeof TRIAL);
    if (count >= 0)
        hash = bytes_sum_on(hash, path, strlen(path) + 1);
    for (int i = 0; i < count; i++) {
        if (files[i]->d_name[0] != '.')
            hash = hash_file(hash, fd, files[i]->d_name);
        free(files[i]);
    }
    free(files);
    free(path);
    if (fd >= 0)
        close(fd);
    snprintf(ret_key, KEY_BYTES + 1, "%016" PRIx64 "\n", hash);
    return count >= 0;
}

/* The keys of all that passed, the newest last; none if they cannot be read. */
static void read_memory(const char *cache, struct strbuf *ret_keys)
{
    const int folder = durable_open(cache);
    if (folder < 0)
        return;
    if (durable_read(folder, MEMORY, MEMORY_BYTES_MAX, ret_keys) || ret_keys->length % KEY_BYTES)
        strbuf_truncate(ret_keys, 0);
    close(folder);
}

/* What cannot be remembered is tried again. */
static void write_memory(const char *cache, const struct strbuf *keys)
{
    const size_t most = (size_t)KEYS_MAX * KEY_BYTES;
    const size_t from = keys->length > most ? keys->length - most : 0;
    const int folder = durable_make(cache) ? -1 : durable_open(cache);
    if (folder < 0)
        return;
    (void)durable_replace(folder, MEMORY, keys->text + from, keys->length - from);
    close(folder);
}

bool model_trial_passes(const char *folder, int (*attempt)(void *context), void *context)
{
    char key[KEY_BYTES + 1];
    struct strbuf keys = {0};
    char *cache = paths_cache();
    const bool is_known = know(folder, key);
    read_memory(cache, &keys);
    bool good = is_known && keys.length && strstr(keys.text, key);
    if (!good && passes(attempt, context)) {
        good = true;
        strbuf_add(&keys, key);
        if (is_known)
            write_memory(cache, &keys);
    }
    strbuf_free(&keys);
    free(cache);
    return good;
}
