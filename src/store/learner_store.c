/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/learner_store.h"

#include "base/clock.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "store/aside.h"
#include "store/learner_folder.h"
#include "store/learner_yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_FILE "progress.yaml.copy"

struct learner_store {
    char *learner;
    int folder; /* -1: none */
    int lock;   /* -1: none */
    int error;  /* why nothing may be written, as errno; 0: writable */
    bool named; /* the name and the folder itself are on disk for good */
};

void learner_store_report_free(struct learner_store_report *report)
{
    free(report->aside);
    *report = (struct learner_store_report){0};
}

/* --- reading ------------------------------------------------------------------------------ */

enum read_result { READ_ABSENT, READ_GOOD, READ_DAMAGED, READ_NEWER, READ_FAILED };

/* READ_FAILED leaves errno. */
static enum read_result read_file(int folder, const char *name, const struct month *past,
                                  const struct messages *messages, struct learner_record *record)
{
    struct strbuf bytes = {0};
    enum read_result result = READ_GOOD;
    if (durable_read(folder, name, LEARNER_YAML_BYTES_MAX, &bytes)) {
        result = errno == ENOENT ? READ_ABSENT : errno == EFBIG ? READ_DAMAGED : READ_FAILED;
    } else {
        enum learner_yaml_result parsed =
            learner_yaml_parse(bytes.text ? bytes.text : "", bytes.length, past, messages, record);
        if (parsed == LEARNER_YAML_DAMAGED)
            result = READ_DAMAGED;
        else if (parsed == LEARNER_YAML_NEWER)
            result = READ_NEWER;
        else if (parsed == LEARNER_YAML_UNKNOWN)
            result = READ_FAILED;
        if (result == READ_FAILED)
            errno = EINVAL;
    }
    int saved = errno;
    strbuf_free(&bytes);
    errno = saved;
    return result;
}

/* What is known after reading both files. */
struct reading {
    enum read_result record, copy; /* the copy is only read if the record is not good */
    int error;
};

static struct reading read_both(int folder, const struct month *past,
                                const struct messages *messages, struct learner_record *record)
{
    struct reading reading = {.copy = READ_ABSENT};
    reading.record = read_file(folder, LEARNER_FOLDER_RECORD, past, messages, record);
    if (reading.record == READ_FAILED)
        reading.error = errno;
    if (reading.record == READ_GOOD || reading.record == READ_NEWER)
        return reading;
    reading.copy = read_file(folder, COPY_FILE, past, messages, record);
    if (reading.copy == READ_FAILED && !reading.error)
        reading.error = errno;
    return reading;
}

static bool is_newer(const struct reading *reading)
{
    return reading->record == READ_NEWER || reading->copy == READ_NEWER;
}

static bool is_restored(const struct reading *reading)
{
    return reading->record != READ_GOOD && reading->copy == READ_GOOD;
}

static enum learner_store_state state_of(const struct reading *reading)
{
    if (reading->record == READ_GOOD)
        return LEARNER_STORE_LOADED;
    if (is_newer(reading))
        return LEARNER_STORE_NEWER;
    if (reading->error)
        return LEARNER_STORE_UNWRITABLE;
    if (reading->record == READ_DAMAGED || reading->copy == READ_DAMAGED)
        return LEARNER_STORE_DAMAGED;
    return reading->copy == READ_GOOD ? LEARNER_STORE_LOADED : LEARNER_STORE_FRESH;
}

static void name_record(int folder, const char *learner, struct learner_record *record)
{
    char *form = learner_folder_form(learner),
         *name = folder < 0 ? NULL : learner_folder_read_name(folder);
    bool known = name && learner_folder_has_form(name, form);
    learner_record_init(record, known ? name : learner);
    free(name);
    free(form);
}

enum learner_store_state learner_store_read(const char *learner, const struct month *past,
                                            const struct messages *messages,
                                            struct learner_record *ret_record)
{
    char *path = learner_folder_path(learner);
    int folder = durable_open(path);
    enum learner_store_state state = LEARNER_STORE_FRESH;
    if (folder < 0 && errno != ENOENT)
        state = LEARNER_STORE_UNWRITABLE;
    name_record(folder, learner, ret_record);
    if (folder >= 0) {
        struct reading reading = read_both(folder, past, messages, ret_record);
        state = is_restored(&reading) ? LEARNER_STORE_LOADED : state_of(&reading);
        close(folder);
    }
    free(path);
    return state;
}

/* --- opening ------------------------------------------------------------------------------ */

/* Keeps others of the machine out even if the folder was made by hand. */
static void make_private(int folder)
{
    struct stat status;
    if (!fstat(folder, &status) && (status.st_mode & 077))
        (void)fchmod(folder, 0700);
}

/* Makes, opens and locks the folder as far as it goes; 0 or an errno. */
static int prepare(struct learner_store *store)
{
    int error = 0;
    char *path = learner_folder_path(store->learner);
    /* Another instance may rename or remove the folder that was just made. */
    for (int turn = 0; turn < 2 && store->folder < 0; turn++) {
        error = durable_make(path) ? errno : 0;
        store->folder = learner_folder_open(AT_FDCWD, path, &store->lock);
        if (store->folder >= 0 && store->lock < 0 && !error)
            error = errno;
        if (store->folder < 0 && !error)
            error = errno;
        if (error != ENOENT)
            break;
    }
    free(path);
    if (store->folder < 0)
        return error;
    make_private(store->folder);
    if (!error && faccessat(store->folder, ".", W_OK | X_OK, 0))
        error = errno;
    return error;
}

/* Moves aside what is damaged; 0 or an errno. */
static int clear_damage(int folder, const struct reading *reading,
                        struct learner_store_report *report)
{
    char *aside = NULL;
    if (reading->record == READ_DAMAGED &&
        aside_move(folder, LEARNER_FOLDER_RECORD, "damaged", &aside))
        return errno;
    report->aside = aside;
    aside = NULL;
    if (reading->copy == READ_DAMAGED && aside_move(folder, COPY_FILE, "damaged", &aside))
        return errno;
    if (report->aside)
        free(aside);
    else
        report->aside = aside;
    return 0;
}

/* Reads what is there and says what may be done with it. */
static void open_files(struct learner_store *store, const struct messages *messages,
                       struct learner_record *record, struct learner_store_report *report)
{
    struct reading reading = read_both(store->folder, NULL, messages, record);
    report->state = state_of(&reading);
    report->restored = is_restored(&reading);
    if (report->state == LEARNER_STORE_NEWER)
        store->error = store->error ? store->error : EPERM;
    if (report->state == LEARNER_STORE_UNWRITABLE && !store->error)
        store->error = reading.error;
    if (report->state == LEARNER_STORE_DAMAGED && !store->error)
        store->error = clear_damage(store->folder, &reading, report);
    /* Two good files again before anything else can happen. If it fails the copy is still there,
     * and the next mark tells. */
    if (report->restored && !store->error)
        (void)learner_store_save(store, record);
}

void learner_store_open(const char *learner, bool guest, const struct messages *messages,
                        struct learner_store **ret_store, struct learner_record *ret_record,
                        struct learner_store_report *ret_report)
{
    struct learner_store *store = xcalloc(1, sizeof *store);
    struct learner_store_report report = {.state = LEARNER_STORE_FRESH};
    *store = (struct learner_store){.learner = xstrdup(learner), .folder = -1, .lock = -1};
    store->error = guest ? EPERM : prepare(store);
    name_record(store->folder, learner, ret_record);
    int error = store->error;
    if (store->folder >= 0)
        open_files(store, messages, ret_record, &report);
    if (!guest && error)
        report.state = error == EWOULDBLOCK ? LEARNER_STORE_BUSY : LEARNER_STORE_UNWRITABLE;
    else if (!guest && store->error && report.state != LEARNER_STORE_NEWER)
        report.state = LEARNER_STORE_UNWRITABLE;
    report.error = report.state == LEARNER_STORE_UNWRITABLE ? store->error : 0;
    *ret_store = store;
    *ret_report = report;
}

void learner_store_close(struct learner_store *store)
{
    if (!store)
        return;
    if (store->lock >= 0)
        close(store->lock);
    if (store->folder >= 0)
        close(store->folder);
    free(store->learner);
    free(store);
}

bool learner_store_is_writable(const struct learner_store *store)
{
    return !store->error;
}

/* --- saving ------------------------------------------------------------------------------- */

/* The name, once per session, and the folder's own entry, which an earlier session that was killed
 * may have left unsynced. */
static int save_name(struct learner_store *store, const char *name)
{
    if (store->named)
        return 0;
    char *form = learner_folder_form(store->learner),
         *kept = learner_folder_read_name(store->folder);
    bool unread = !kept && errno != ENOENT;
    int result = 0;
    /* A name that cannot be read now is no reason to replace it. */
    if (kept ? !learner_folder_has_form(kept, form) : !unread)
        result = learner_folder_write_name(store->folder, name);
    free(kept);
    free(form);
    if (result)
        return -1;
    int parent = openat(store->folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0)
        return -1;
    result = durable_sync(parent);
    int saved = errno;
    close(parent);
    errno = saved;
    store->named = !result;
    return result;
}

/* Both files are whole on disk before the first is renamed, so a full disk changes neither. The
 * copy goes first: until the record itself is renamed, the old one is what counts. */
static int save_files(int folder, const struct strbuf *bytes)
{
    if (durable_stage(folder, COPY_FILE, bytes->text, bytes->length))
        return -1;
    int result = durable_stage(folder, LEARNER_FOLDER_RECORD, bytes->text, bytes->length);
    if (!result)
        result = durable_commit(folder, COPY_FILE);
    if (!result)
        result = durable_commit(folder, LEARNER_FOLDER_RECORD);
    if (result) {
        durable_abandon(folder, COPY_FILE);
        durable_abandon(folder, LEARNER_FOLDER_RECORD);
        return -1;
    }
    return durable_sync(folder);
}

int learner_store_save(struct learner_store *store, const struct learner_record *record)
{
    if (store->error) {
        errno = store->error;
        return -1;
    }
    struct strbuf bytes = {0};
    int result = learner_yaml_write(record, &bytes);
    if (result)
        errno = EINVAL;
    if (!result)
        result = save_name(store, record->name);
    if (!result)
        result = save_files(store->folder, &bytes);
    int saved = errno;
    strbuf_free(&bytes);
    errno = saved;
    return result;
}

/* --- reset -------------------------------------------------------------------------------- */

/* 1: there; 0: not there; -1 with errno: not known. */
static int is_there(int folder, const char *name)
{
    if (!faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW))
        return 1;
    return errno == ENOENT ? 0 : -1;
}

/* The record goes aside, or the copy if there is no record. The copy of a record is removed first,
 * so that a reset that is cut short changes nothing or all. */
static int reset_files(int folder, char **ret_aside)
{
    int record = is_there(folder, LEARNER_FOLDER_RECORD), copy = is_there(folder, COPY_FILE);
    if (record < 0 || copy < 0)
        return -1;
    if (record && copy && unlinkat(folder, COPY_FILE, 0))
        return -1;
    if (!record && !copy)
        return 0;
    return aside_move(folder, record ? LEARNER_FOLDER_RECORD : COPY_FILE, "reset", ret_aside);
}

int learner_store_reset(const char *learner, char **ret_aside)
{
    char *path = learner_folder_path(learner), *aside = NULL;
    int lock = -1, folder = learner_folder_open(AT_FDCWD, path, &lock);
    int result = folder < 0 && errno != ENOENT ? -1 : 0;
    if (folder >= 0)
        result = lock < 0 ? -1 : reset_files(folder, &aside);
    int saved = errno;
    if (lock >= 0)
        close(lock);
    if (folder >= 0)
        close(folder);
    free(path);
    if (!result && ret_aside)
        *ret_aside = aside;
    else
        free(aside);
    errno = saved;
    return result;
}
