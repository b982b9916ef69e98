#include "store/learner_store.h"

#include "base/clock.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "store/learner_yaml.h"

#include <ctype.h>
#include <dirent.h>
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

#define RECORD_FILE "progress.yaml"
#define COPY_FILE   "progress.yaml.copy"
#define NAME_FILE   "name"
#define LOCK_FILE   "lock"

#define FOLDER_MAX     140 /* bytes; eCryptfs allows 143 */
#define NAME_MAX_BYTES 4096

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

/* --- names and folders --------------------------------------------------------------------- */

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
    uint64_t hash = learner_yaml_hash(form->text, form->length);
    size_t keep = FOLDER_MAX - 2 - 16;
    /* Not in the middle of a %XX. */
    for (size_t back = 1; back <= 2; back++)
        if (form->text[keep - back] == '%')
            keep -= back;
    strbuf_truncate(form, keep);
    strbuf_addf(form, "%%-%016" PRIx64, hash);
}

char *learner_store_folder_name(const char *learner)
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
    if (form.length > FOLDER_MAX)
        shorten(&form);
    return strbuf_take(&form);
}

char *learner_store_folder(const char *learner)
{
    char *state = paths_state(), *form = learner_store_folder_name(learner);
    char *folder = xasprintf("%s/%s", state, form);
    free(state);
    free(form);
    return folder;
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

static bool has_form(const char *name, const char *form)
{
    char *own = learner_store_folder_name(name);
    bool same = !strcmp(own, form);
    free(own);
    return same;
}

/* The name kept in a folder, or NULL with errno (ENOENT: there is none that could be used). */
static char *read_name(int folder)
{
    struct strbuf bytes = {0};
    char *name = NULL;
    int error = ENOENT;
    if (durable_read(folder, NAME_FILE, NAME_MAX_BYTES, &bytes))
        error = errno == EFBIG ? ENOENT : errno;
    else if (bytes.length)
        name = xstrndup(bytes.text, strcspn(bytes.text, "\n"));
    strbuf_free(&bytes);
    errno = error;
    return name;
}

/* A name kept in a folder of this form; one that belongs to another folder does not count. */
static char *name_of(int folder, const char *form)
{
    char *name = read_name(folder);
    if (name && has_form(name, form))
        return name;
    free(name);
    name = name_from_form(form);
    if (has_form(name, form))
        return name;
    free(name);
    return NULL;
}

/* --- moving aside --------------------------------------------------------------------------- */

/* "progress.yaml.damaged-20261128-091200", or with -2, -3… if that is there already; NULL with
 * errno if it cannot be known. */
static char *free_name(int folder, const char *name, const char *why)
{
    struct clock clock;
    char now[16];
    clock_init(&clock);
    clock_format_name(clock_seconds(&clock), now);
    char *first = xasprintf("%s.%s-%s", name, why, now);
    char *aside = xstrdup(first);
    for (int number = 2; !faccessat(folder, aside, F_OK, AT_SYMLINK_NOFOLLOW); number++) {
        free(aside);
        aside = xasprintf("%s-%d", first, number);
    }
    int saved = errno;
    free(first);
    if (saved != ENOENT) {
        free(aside);
        aside = NULL;
    }
    errno = saved;
    return aside;
}

/* Under the lock, so nobody takes the name in between. Stores the new name; 0 or -1. */
static int move_aside(int folder, const char *name, const char *why, char **ret_aside)
{
    char *aside = free_name(folder, name, why);
    if (!aside)
        return -1;
    if (renameat(folder, name, folder, aside) || durable_sync(folder)) {
        int saved = errno;
        free(aside);
        errno = saved;
        return -1;
    }
    *ret_aside = aside;
    return 0;
}

/* --- reading ------------------------------------------------------------------------------ */

enum read_result { READ_ABSENT, READ_GOOD, READ_DAMAGED, READ_NEWER, READ_FAILED };

/* READ_FAILED leaves errno. */
static enum read_result read_file(int folder, const char *name, const struct month *past,
                                  const struct messages *messages, struct learner_record *record)
{
    struct strbuf bytes = {0};
    enum read_result result = READ_GOOD;
    if (durable_read(folder, name, LEARNER_STORE_MAX_BYTES, &bytes)) {
        result = errno == ENOENT ? READ_ABSENT : errno == EFBIG ? READ_DAMAGED : READ_FAILED;
    } else {
        enum learner_store_parsed parsed =
            learner_yaml_parse(bytes.text ? bytes.text : "", bytes.length, past, messages, record);
        if (parsed == LEARNER_STORE_NOT_UNDERSTOOD)
            result = READ_DAMAGED;
        else if (parsed == LEARNER_STORE_FROM_THE_FUTURE)
            result = READ_NEWER;
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
    reading.record = read_file(folder, RECORD_FILE, past, messages, record);
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
    char *form = learner_store_folder_name(learner), *name = folder < 0 ? NULL : read_name(folder);
    bool known = name && has_form(name, form);
    learner_record_init(record, known ? name : learner);
    free(name);
    free(form);
}

enum learner_store_state learner_store_read(const char *learner, const struct month *past,
                                            const struct messages *messages,
                                            struct learner_record *ret_record)
{
    char *path = learner_store_folder(learner);
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

/* The locked file, -1 with errno: EWOULDBLOCK if another instance has it. */
static int take_lock(int folder)
{
    int lock = openat(folder, LOCK_FILE, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
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

/* Makes, opens and locks the folder as far as it goes; 0 or an errno. */
static int prepare(struct learner_store *store)
{
    int error = 0;
    char *path = learner_store_folder(store->learner);
    if (durable_make(path))
        error = errno;
    store->folder = durable_open(path);
    if (store->folder < 0 && !error)
        error = errno;
    free(path);
    if (error)
        return error;
    make_private(store->folder);
    store->lock = take_lock(store->folder);
    if (store->lock < 0 || faccessat(store->folder, ".", W_OK | X_OK, 0))
        return errno;
    return 0;
}

/* Moves aside what is damaged; 0 or an errno. */
static int clear_damage(int folder, const struct reading *reading,
                        struct learner_store_report *report)
{
    char *aside = NULL;
    if (reading->record == READ_DAMAGED && move_aside(folder, RECORD_FILE, "damaged", &aside))
        return errno;
    report->aside = aside;
    aside = NULL;
    if (reading->copy == READ_DAMAGED && move_aside(folder, COPY_FILE, "damaged", &aside))
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
    char *form = learner_store_folder_name(store->learner), *kept = read_name(store->folder);
    bool unread = !kept && errno != ENOENT;
    char *line = xasprintf("%s\n", name);
    int result = 0;
    /* A name that cannot be read now is no reason to replace it. */
    if (kept ? !has_form(kept, form) : !unread)
        result = durable_replace(store->folder, NAME_FILE, line, strlen(line));
    free(line);
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
    int result = durable_stage(folder, RECORD_FILE, bytes->text, bytes->length);
    if (!result)
        result = durable_commit(folder, COPY_FILE);
    if (!result)
        result = durable_commit(folder, RECORD_FILE);
    if (result) {
        durable_abandon(folder, COPY_FILE);
        durable_abandon(folder, RECORD_FILE);
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

/* --- all learners ------------------------------------------------------------------------- */

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
    if (!faccessat(folder, NAME_FILE, F_OK, 0) || !faccessat(folder, RECORD_FILE, F_OK, 0))
        name = name_of(folder, form);
    close(folder);
    return name;
}

size_t learner_store_list(char ***ret_names)
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
    int record = is_there(folder, RECORD_FILE), copy = is_there(folder, COPY_FILE);
    if (record < 0 || copy < 0)
        return -1;
    if (record && copy && unlinkat(folder, COPY_FILE, 0))
        return -1;
    if (!record && !copy)
        return 0;
    return move_aside(folder, record ? RECORD_FILE : COPY_FILE, "reset", ret_aside);
}

int learner_store_reset(const char *learner, char **ret_aside)
{
    char *path = learner_store_folder(learner), *aside = NULL;
    int folder = durable_open(path), lock = -1;
    int result = folder < 0 && errno != ENOENT ? -1 : 0;
    if (folder >= 0) {
        lock = take_lock(folder);
        result = lock < 0 ? -1 : reset_files(folder, &aside);
    }
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

/* --- renaming and deleting ----------------------------------------------------------------- */

#define DELETED_FOLDER                                                                             \
    ".deleted" /* out of the list; what a killed program left there goes next                      \
                */

/* Opens the state folder and locks a learner's. 0, or -1 with errno and nothing open. */
static int open_locked(const char *form, int *ret_state, int *ret_lock)
{
    char *path = paths_state();
    int state = durable_open(path), folder = -1, lock = -1;
    free(path);
    if (state >= 0)
        folder = openat(state, form, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0)
        lock = take_lock(folder);
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
    char *line = xasprintf("%s\n", name);
    int result = durable_replace(folder, NAME_FILE, line, strlen(line));
    int saved = errno;
    free(line);
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
    int lock = take_lock(folder);
    if (lock >= 0 && !unlinkat(folder, LOCK_FILE, 0))
        (void)unlinkat(state, form, AT_REMOVEDIR); /* fails if there is anything else */
    if (lock >= 0)
        close(lock);
    close(folder);
}

int learner_store_rename(const char *learner, const char *name)
{
    char *from = learner_store_folder_name(learner), *to = learner_store_folder_name(name);
    int state, lock, result = open_locked(from, &state, &lock);
    if (!result) {
        if (strcmp(from, to)) {
            clear_unused(state, to);
            result = move_folder(state, from, to);
        }
        if (!result)
            result = write_name(state, to, name);
        if (!result)
            result = durable_sync(state);
        close_locked(state, lock);
    }
    int saved = errno;
    free(from);
    free(to);
    errno = saved;
    return result;
}

int learner_store_delete(const char *learner)
{
    char *form = learner_store_folder_name(learner);
    int state, lock, result = open_locked(form, &state, &lock);
    if (!result) {
        /* First out of everybody's sight, at once; then its files, one by one. */
        result = durable_remove(state, DELETED_FOLDER);
        if (!result)
            result = renameat(state, form, state, DELETED_FOLDER);
        if (!result)
            result = durable_sync(state);
        if (!result)
            result = durable_remove(state, DELETED_FOLDER);
        close_locked(state, lock);
    } else if (errno == ENOENT) {
        result = 0;
    }
    int saved = errno;
    free(form);
    errno = saved;
    return result;
}
