/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * run: breaks every call on the store, one after another, and looks at what is left.
 *     run DRIVER INJECT.SO            the short form, for `make check`; fails if anything was lost
 *     run --table DRIVER INJECT.SO    everything, as lines of a Markdown table
 *
 * After each fault the store must open, hold every change that was confirmed, and hold nothing but
 * that and, at most, one change that was under way (the model is model.h). A session must then be
 * able to go on saving.
 */
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "base/strbuf.h"
#include "model.h"
#include "store/learner_store.h"
#include "store/learners.h"
#include "support/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#define LEARNER     "zoe"
#define NEW_NAME    "anne"
#define LIVED       8 /* changes that were confirmed before the fault */
#define CHANGES_MAX 64

struct run {
    const char *driver, *inject;
    struct messages *messages;
    bool table;
    char *root;  /* of the store at hand */
    bool failed; /* something was lost */
};

/* --- faults ------------------------------------------------------------------------------- */

/* The stores that faults meet. */
enum scene { SCENE_FRESH, SCENE_LIVED, SCENE_DAMAGED, SCENE_LOST };

static const char *const scene_names[] = {
    [SCENE_FRESH] = "a new learner",
    [SCENE_LIVED] = "a learner with a list",
    [SCENE_DAMAGED] = "a damaged file being put right",
    [SCENE_LOST] = "a lost file being put right",
};

#define FRESH    (1u << SCENE_FRESH)
#define LIVED_IN (1u << SCENE_LIVED)
#define DAMAGED  (1u << SCENE_DAMAGED)

struct fault {
    const char *name;
    const char *kind; /* as inject.c wants it; NULL: an errno */
    int error;        /* the errno */
    bool sticky;
    unsigned brief; /* the scenes of the short form, a set of bits */
};

static const struct fault faults[] = {
    {"SIGKILL before the call", "kill", 0, false, LIVED_IN | DAMAGED},
    {"SIGKILL in the middle of a write", "torn", 0, false, LIVED_IN},
    {"power cut: bytes not synced are lost", "cut", 0, false, LIVED_IN},
    {"power cut: names not synced are lost too", "undo", 0, false, FRESH | LIVED_IN | DAMAGED},
    {"writes cut short from then on", "short", 0, true, LIVED_IN},
    {"ENOSPC once", NULL, ENOSPC, false, 0},
    {"ENOSPC from then on", NULL, ENOSPC, true, LIVED_IN},
    {"EDQUOT from then on", NULL, EDQUOT, true, 0},
    {"EIO once", NULL, EIO, false, LIVED_IN},
    {"EIO from then on", NULL, EIO, true, 0},
    {"EROFS from then on", NULL, EROFS, true, 0},
    {"EACCES once", NULL, EACCES, false, 0},
    {"EACCES from then on", NULL, EACCES, true, 0},
    {"EINTR once", NULL, EINTR, false, 0},
};

/* What the driver said. */
struct answer {
    int status;                /* of waitpid() */
    int state;                 /* enum learner_store_state, or -1 */
    unsigned yes[CHANGES_MAX]; /* confirmed */
    size_t yes_count;
    unsigned no[CHANGES_MAX]; /* not confirmed, after the last that was */
    size_t no_count;
    bool reset; /* a reset, a new name or a deletion was confirmed */
};

static void set_fault(const struct run *run, const struct fault *fault, long at, const char *log)
{
    char number[24];
    setenv("LD_PRELOAD", run->inject, 1);
    setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
    setenv("FAULT_ROOT", run->root, 1);
    if (log)
        setenv("FAULT_LOG", log, 1);
    if (!fault)
        return;
    snprintf(number, sizeof number, "%d", fault->error);
    setenv("FAULT_KIND", fault->kind ? fault->kind : number, 1);
    snprintf(number, sizeof number, "%ld", at);
    setenv("FAULT_AT", number, 1);
    if (fault->sticky)
        setenv("FAULT_STICKY", "1", 1);
}

static void hear_line(struct answer *answer, const char *line)
{
    unsigned number = 0;
    if (sscanf(line, "open %d", &answer->state) == 1)
        return;
    if (!strcmp(line, "yes")) {
        answer->reset = true;
    } else if (sscanf(line, "yes %u", &number) == 1) {
        answer->yes[answer->yes_count++] = number;
        answer->no_count = 0;
    } else if (sscanf(line, "no %u", &number) == 1) {
        answer->no[answer->no_count++] = number;
    }
}

/* Runs the driver; `arguments` are those after its name, ended by NULL. */
static struct answer drive(const struct run *run, const struct fault *fault, long at,
                           const char *log, const char *const *arguments)
{
    struct answer answer = {.state = -1};
    int ends[2];
    if (pipe(ends))
        abort();
    pid_t child = fork();
    if (!child) {
        const char *argv[8] = {run->driver};
        for (size_t i = 0; arguments[i]; i++)
            argv[i + 1] = arguments[i];
        dup2(ends[1], 1);
        set_fault(run, fault, at, log);
        execv(run->driver, (char *const *)(void *)argv);
        _exit(127);
    }
    close(ends[1]);
    FILE *stream = fdopen(ends[0], "r");
    char line[64];
    while (fgets(line, sizeof line, stream)) {
        line[strcspn(line, "\n")] = '\0';
        hear_line(&answer, line);
    }
    fclose(stream);
    waitpid(child, &answer.status, 0);
    return answer;
}

static struct answer drive_marks(const struct run *run, const struct fault *fault, long at,
                                 const char *log, unsigned seed, unsigned first, unsigned count)
{
    char seed_text[16], first_text[16], count_text[16];
    snprintf(seed_text, sizeof seed_text, "%u", seed);
    snprintf(first_text, sizeof first_text, "%u", first);
    snprintf(count_text, sizeof count_text, "%u", count);
    const char *const arguments[] = {"mark", LEARNER, seed_text, first_text, count_text, NULL};
    return drive(run, fault, at, log, arguments);
}

/* --- looking at what is left ---------------------------------------------------------------- */

/* One line of the table. */
struct row {
    size_t tried;     /* calls broken, or files damaged */
    size_t confirmed; /* changes confirmed in all runs */
    size_t lost;      /* runs in which a confirmed change was not there */
    size_t extra;     /* runs in which the change under way was there too */
    size_t aside;     /* files that were kept aside */
};

static void complain(struct run *run, struct row *row, const char *what, const char *detail,
                     long at)
{
    fprintf(stderr, "FAIL: %s (%s, at %ld)\n", what, detail, at);
    row->lost++;
    run->failed = true;
}

/* Opens the store as the next session would; what it finds is compared with the model. Leaves in
 * `expected` what was found, and one more change on disk if `goes_on`. */
static void look(struct run *run, struct row *row, const struct answer *answer,
                 struct learner_record *expected, unsigned seed, const char *detail, long at)
{
    struct learner_store *store;
    struct learner_record found;
    struct learner_store_report report;
    learner_store_open(LEARNER, false, run->messages, &store, &found, &report);
    if (report.state == LEARNER_STORE_DAMAGED && report.restored)
        row->aside++;
    else if (report.state != LEARNER_STORE_FRESH && report.state != LEARNER_STORE_LOADED)
        complain(run, row, "the store does not open", detail, at);
    bool same = model_same(&found, expected);
    for (size_t i = 0; !same && i < answer->no_count; i++) {
        struct learner_record other;
        learner_record_copy(&other, expected);
        model_change(&other, seed, answer->no[i]);
        same = model_same(&found, &other);
        row->extra += same;
        learner_record_free(&other);
    }
    if (!same)
        complain(run, row, "the store does not hold what was confirmed", detail, at);
    if (learner_store_save(store, &found))
        complain(run, row, "the next session cannot save", detail, at);
    char *folder = store_path(run->root, LEARNER, "");
    if (store_count(folder, "progress.yaml.tmp", NULL) ||
        store_count(folder, "progress.yaml.copy.tmp", NULL))
        complain(run, row, "a temporary file was left", detail, at);
    free(folder);
    learner_record_free(expected);
    *expected = found;
    learner_store_close(store);
    learner_store_report_free(&report);
}

/* A run must end by itself or be killed by us: never crash. */
static void check_end(struct run *run, struct row *row, const struct fault *fault,
                      const struct answer *answer, long at)
{
    bool kills = fault && fault->kind && strcmp(fault->kind, "short");
    bool killed = WIFSIGNALED(answer->status) && WTERMSIG(answer->status) == SIGKILL;
    bool ended = WIFEXITED(answer->status) && WEXITSTATUS(answer->status) == 0;
    if (!ended && !(kills && killed))
        complain(run, row, "the session crashed", fault ? fault->name : "no fault", at);
}

/* What was confirmed, and the change after it as one that may be there. */
static void confirm(struct row *row, struct answer *answer, struct learner_record *expected,
                    unsigned seed, unsigned first, unsigned count)
{
    unsigned next = first;
    for (size_t i = 0; i < answer->yes_count; i++)
        model_change(expected, seed, answer->yes[i]);
    if (answer->yes_count)
        next = answer->yes[answer->yes_count - 1] + 1;
    if (answer->no_count)
        next = answer->no[answer->no_count - 1] + 1;
    if (WIFSIGNALED(answer->status) && next < first + count)
        answer->no[answer->no_count++] = next;
    row->confirmed += answer->yes_count;
}

/* --- one fault, every call ------------------------------------------------------------------ */

/* Makes a new store; `expected` is what it holds. */
static void set_scene(struct run *run, enum scene scene, unsigned seed,
                      struct learner_record *expected)
{
    run->root = store_make();
    learner_record_init(expected, LEARNER);
    if (scene == SCENE_FRESH)
        return;
    struct learner_store *store;
    struct learner_record fresh;
    struct learner_store_report report;
    learner_store_open(LEARNER, false, run->messages, &store, &fresh, &report);
    for (unsigned i = 0; i < LIVED; i++)
        model_change(expected, seed, i);
    if (learner_store_save(store, expected))
        abort();
    learner_store_close(store);
    learner_store_report_free(&report);
    learner_record_free(&fresh);
    char *path = store_path(run->root, LEARNER, "progress.yaml");
    if (scene == SCENE_DAMAGED && truncate(path, 100))
        abort();
    if (scene == SCENE_LOST && unlink(path))
        abort();
    free(path);
}

static void clear_scene(struct run *run, struct learner_record *expected)
{
    store_remove(run->root);
    learner_record_free(expected);
}

/* How many calls a session makes when nothing goes wrong. */
static long count_calls(struct run *run, enum scene scene, unsigned count)
{
    struct learner_record expected;
    set_scene(run, scene, 1, &expected);
    char *log = xasprintf("%s/log", run->root);
    drive_marks(run, NULL, 0, log, 1, LIVED, count);
    char *lines = store_read(log, NULL);
    long calls = 0;
    for (const char *at = lines; at && (at = strchr(at, '\n')); at++)
        calls++;
    free(lines);
    free(log);
    clear_scene(run, &expected);
    if (!calls) {
        fprintf(stderr, "FAIL: the injector sees no call\n");
        run->failed = true;
    }
    return calls;
}

static void print_row(const struct run *run, const char *scene, const char *fault,
                      const struct row *row)
{
    if (run->table)
        printf("| %s | %s | %zu | %zu | %zu | %zu |\n", scene, fault, row->tried, row->confirmed,
               row->lost, row->extra);
    else
        printf("%s, %s: %zu tried, %zu confirmed, %zu lost\n", scene, fault, row->tried,
               row->confirmed, row->lost);
    fflush(stdout);
}

static void break_each_call(struct run *run, enum scene scene, const struct fault *fault)
{
    unsigned count = run->table ? 3 : 2;
    long calls = count_calls(run, scene, count);
    struct row row = {0};
    /* Once more than there are calls: after the last one. */
    for (long at = 1; at <= calls + 1; at++) {
        struct learner_record expected;
        set_scene(run, scene, 1, &expected);
        struct answer answer = drive_marks(run, fault, at, NULL, 1, LIVED, count);
        row.tried++;
        check_end(run, &row, fault, &answer, at);
        confirm(&row, &answer, &expected, 1, LIVED, count);
        look(run, &row, &answer, &expected, 1, fault->name, at);
        clear_scene(run, &expected);
    }
    print_row(run, scene_names[scene], fault->name, &row);
}

/* --- sessions killed at random -------------------------------------------------------------- */

static void kill_at_random(struct run *run, unsigned sessions)
{
    struct row row = {0};
    unsigned seed = 7;
    while (row.tried < sessions) {
        struct learner_record expected;
        set_scene(run, SCENE_FRESH, seed, &expected);
        unsigned first = 0;
        for (unsigned i = 0; i < 10 && row.tried < sessions; i++) {
            seed = seed * 1664525u + 1013904223u;
            unsigned count = 1 + (seed >> 8) % 8;
            long at = 1 + (long)((seed >> 12) % (count * 26 + 20));
            struct answer answer =
                drive_marks(run, &faults[(seed >> 24) % 4], at, NULL, 9, first, count);
            row.tried++;
            check_end(run, &row, &faults[0], &answer, at);
            confirm(&row, &answer, &expected, 9, first, count);
            look(run, &row, &answer, &expected, 9, "killed at random", at);
            first += count;
        }
        clear_scene(run, &expected);
    }
    print_row(run, "a learner from session to session", "SIGKILL or a power cut at a random call",
              &row);
}

/* --- a reset, a new name, a deletion cut short ------------------------------------------------ */

/* Either all is there, or nothing and the old file is kept. */
static void look_at_reset(struct run *run, struct row *row, const struct answer *answer,
                          const struct learner_record *before, long at)
{
    struct learner_record found;
    char *folder = store_path(run->root, LEARNER, "");
    learner_store_read(LEARNER, NULL, run->messages, &found);
    bool empty = !found.mark_count && !found.place_count;
    bool kept = store_count(folder, "progress.yaml.reset-", NULL) == 1;
    if (!(empty && kept) && !model_same(&found, before))
        complain(run, row, "a reset has lost something", "reset", at);
    if (answer->reset && !empty)
        complain(run, row, "a confirmed reset was not done", "reset", at);
    row->confirmed += answer->reset;
    row->extra += !answer->reset && empty;
    learner_record_free(&found);
    free(folder);
}

/* Under one of the two names, and whole. */
static void look_at_rename(struct run *run, struct row *row, const struct answer *answer,
                           const struct learner_record *before, long at)
{
    struct learner_record old, new;
    learner_store_read(LEARNER, NULL, run->messages, &old);
    learner_store_read(NEW_NAME, NULL, run->messages, &new);
    bool stayed = model_same(&old, before) && !new.place_count;
    bool moved = model_same(&new, before) && !old.place_count;
    if (!stayed && !moved)
        complain(run, row, "a new name has lost something", "rename", at);
    if (answer->reset && !moved)
        complain(run, row, "a confirmed new name was not given", "rename", at);
    row->confirmed += answer->reset;
    row->extra += !answer->reset && moved;
    learner_record_free(&old);
    learner_record_free(&new);
}

/* All is there, or nobody. */
static void look_at_delete(struct run *run, struct row *row, const struct answer *answer,
                           const struct learner_record *before, long at)
{
    struct learner_record found;
    char **names = NULL;
    size_t count = learners_list(&names);
    learner_store_read(LEARNER, NULL, run->messages, &found);
    bool gone = !count && !found.place_count && !found.mark_count;
    if (!gone && !model_same(&found, before))
        complain(run, row, "a deletion has left a part", "delete", at);
    if (answer->reset && !gone)
        complain(run, row, "a confirmed deletion was not done", "delete", at);
    row->confirmed += answer->reset;
    row->extra += !answer->reset && gone;
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    learner_record_free(&found);
}

/* What is done to a whole store, at once or not at all. */
struct errand {
    const char *name;
    const char *const arguments[4];
    void (*look)(struct run *run, struct row *row, const struct answer *answer,
                 const struct learner_record *before, long at);
};

static const struct errand errands[] = {
    {"a reset", {"reset", LEARNER, NULL}, look_at_reset},
    {"a new name", {"rename", LEARNER, NEW_NAME, NULL}, look_at_rename},
    {"a deletion", {"delete", LEARNER, NULL}, look_at_delete},
};

static void break_errand(struct run *run, const struct errand *errand, const struct fault *fault)
{
    struct row row = {0};
    bool ended = false;
    for (long at = 1; !ended; at++) {
        struct learner_record before;
        set_scene(run, SCENE_LIVED, 1, &before);
        char *log = xasprintf("%s/log", run->root);
        struct answer answer = drive(run, fault, at, log, errand->arguments);
        char *lines = store_read(log, NULL), number[24];
        snprintf(number, sizeof number, "\n%ld ", at);
        ended = at > 1 && (!lines || !strstr(lines, number));
        row.tried += !ended;
        check_end(run, &row, fault, &answer, at);
        errand->look(run, &row, &answer, &before, at);
        free(lines);
        free(log);
        clear_scene(run, &before);
    }
    print_row(run, errand->name, fault->name, &row);
}

/* --- damaged files ------------------------------------------------------------------------ */

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

typedef size_t (*spoil_function)(char *bytes, size_t length, unsigned round);

static size_t spoil_cut(char *bytes, size_t length, unsigned round)
{
    (void)bytes;
    return length * round / 100;
}

static size_t spoil_bytes(char *bytes, size_t length, unsigned round)
{
    unsigned seed = round;
    size_t new_length = next_random(&seed) % (length + 1);
    for (size_t i = 0; i < new_length; i++)
        bytes[i] = (char)next_random(&seed);
    return new_length;
}

static size_t spoil_bit(char *bytes, size_t length, unsigned round)
{
    unsigned seed = round;
    size_t first = strlen("format: 2\n");
    bytes[first + next_random(&seed) % (length - first)] ^= (char)(1 << next_random(&seed) % 8);
    return length;
}

static size_t spoil_zero(char *bytes, size_t length, unsigned round)
{
    size_t from = length * round / 100;
    memset(bytes + from, 0, length - from);
    return length;
}

static void spoil(struct run *run, const char *name, spoil_function change)
{
    struct row row = {0};
    struct learner_record expected;
    set_scene(run, SCENE_LIVED, 1, &expected);
    char *path = store_path(run->root, LEARNER, "progress.yaml");
    char *folder = store_path(run->root, LEARNER, "");
    for (unsigned round = 0; round < 100; round++) {
        size_t length;
        char *bytes = store_read(path, &length);
        size_t kept = store_count(folder, "progress.yaml.damaged-", NULL);
        store_write(path, bytes, change(bytes, length, round));
        struct answer answer = {0};
        row.tried++;
        look(run, &row, &answer, &expected, 1, name, round);
        if (store_count(folder, "progress.yaml.damaged-", NULL) != kept + 1)
            complain(run, &row, "a damaged file was not kept aside", name, round);
        free(bytes);
    }
    row.confirmed = LIVED * row.tried;
    free(folder);
    free(path);
    clear_scene(run, &expected);
    print_row(run, "progress.yaml damaged", name, &row);
}

/* --- file systems ------------------------------------------------------------------------- */

/* Become root in a name space of our own, if the kernel lets us. 0 or -1. */
static int enter_own_space(void)
{
    uid_t user = getuid();
    gid_t group = getgid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS))
        return -1;
    char *users = xasprintf("0 %ld 1", (long)user), *groups = xasprintf("0 %ld 1", (long)group);
    int fd = open("/proc/self/setgroups", O_WRONLY);
    if (fd >= 0) {
        (void)!write(fd, "deny", 4);
        close(fd);
    }
    store_write("/proc/self/uid_map", users, strlen(users));
    store_write("/proc/self/gid_map", groups, strlen(groups));
    free(users);
    free(groups);
    return 0;
}

static void fill(const char *path)
{
    static const char block[4096];
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    while (fd >= 0 && write(fd, block, sizeof block) > 0)
        ;
    close(fd);
}

/* A disk that fills up in the middle, and is then read-only. In a child of its own. */
static int try_tmpfs(struct run *run)
{
    struct row row = {0};
    struct learner_record expected;
    learner_record_init(&expected, LEARNER);
    char *state = xasprintf("%s/state", run->root), *filler = xasprintf("%s/filler", state);
    if (enter_own_space() || mount("none", run->root, "tmpfs", 0, "size=256k,mode=0700"))
        return 77;

    struct answer answer = drive_marks(run, NULL, 0, NULL, 1, 0, LIVED);
    confirm(&row, &answer, &expected, 1, 0, LIVED);
    row = (struct row){.tried = 1};
    fill(filler);
    answer = drive_marks(run, NULL, 0, NULL, 1, LIVED, 3);
    check_end(run, &row, NULL, &answer, 0);
    if (answer.yes_count)
        complain(run, &row, "something was confirmed on a full disk", "tmpfs", 0);
    unlink(filler);
    look(run, &row, &answer, &expected, 1, "full tmpfs", 0);
    row.confirmed = LIVED;
    print_row(run, "a full tmpfs", "ENOSPC from the kernel", &row);

    row = (struct row){.tried = 1, .confirmed = LIVED};
    if (mount("none", run->root, "tmpfs", MS_REMOUNT | MS_RDONLY, ""))
        return 77;
    answer = drive_marks(run, NULL, 0, NULL, 1, LIVED, 3);
    check_end(run, &row, NULL, &answer, 0);
    if (answer.yes_count || answer.state != LEARNER_STORE_UNWRITABLE)
        complain(run, &row, "a read-only home was not told", "tmpfs", 0);
    struct learner_record found;
    if (learner_store_read(LEARNER, NULL, run->messages, &found) != LEARNER_STORE_LOADED ||
        !model_same(&found, &expected))
        complain(run, &row, "a read-only store cannot be read", "tmpfs", 0);
    learner_record_free(&found);
    print_row(run, "a home that is read-only", "EROFS from the kernel", &row);
    learner_record_free(&expected);
    free(filler);
    free(state);
    return run->failed;
}

static void use_tmpfs(struct run *run)
{
    fflush(stdout);
    run->root = store_make();
    pid_t child = fork();
    if (!child) {
        int code = try_tmpfs(run);
        fflush(stdout);
        _exit(code);
    }
    int status;
    waitpid(child, &status, 0);
    store_remove(run->root);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    if (code == 77)
        printf("%s\n", run->table
                           ? "| a full tmpfs, a read-only home | skipped: no mount here | | | | |"
                           : "SKIP: a full tmpfs, a read-only home (no mount here)");
    else if (code)
        run->failed = true;
}

/* --- newer versions, two at once ----------------------------------------------------------- */

static void use_newer(struct run *run)
{
    static const char newer[] = "format: 99\nnot: known here\n";
    struct row row = {.tried = 1, .confirmed = LIVED};
    struct learner_record expected;
    set_scene(run, SCENE_LIVED, 1, &expected);
    char *path = store_path(run->root, LEARNER, "progress.yaml");
    store_write(path, newer, sizeof newer - 1);
    struct answer answer = drive_marks(run, NULL, 0, NULL, 1, LIVED, 2);
    char *bytes = store_read(path, NULL);
    if (answer.state != LEARNER_STORE_NEWER || answer.yes_count || strcmp(bytes, newer))
        complain(run, &row, "a newer store was touched", "newer", 0);
    free(bytes);
    free(path);
    clear_scene(run, &expected);
    print_row(run, "a store from a newer version", "read only, left as it is", &row);
}

static void use_two(struct run *run)
{
    struct row row = {.tried = 1, .confirmed = LIVED};
    struct learner_record expected, record;
    struct learner_store *store;
    struct learner_store_report report;
    set_scene(run, SCENE_LIVED, 1, &expected);
    learner_store_open(LEARNER, false, run->messages, &store, &record, &report);
    struct answer answer = drive_marks(run, NULL, 0, NULL, 1, LIVED, 2);
    if (answer.state != LEARNER_STORE_BUSY || answer.yes_count)
        complain(run, &row, "a second instance has written", "two", 0);
    learner_store_close(store);
    learner_store_report_free(&report);
    learner_record_free(&record);
    look(run, &row, &answer, &expected, 1, "two instances", 0);
    clear_scene(run, &expected);
    print_row(run, "two instances at once", "the second only reads", &row);
}

/* --- all ---------------------------------------------------------------------------------- */

static void run_all(struct run *run)
{
    for (size_t i = 0; i < COUNT_OF(faults); i++)
        for (int scene = SCENE_FRESH; scene <= SCENE_LOST; scene++)
            if (run->table || (faults[i].brief >> scene & 1))
                break_each_call(run, (enum scene)scene, &faults[i]);
    for (size_t errand = 0; errand < COUNT_OF(errands); errand++)
        for (size_t i = 0; i < COUNT_OF(faults); i++)
            if (run->table || (faults[i].brief & FRESH) || i == 0)
                break_errand(run, &errands[errand], &faults[i]);
    kill_at_random(run, run->table ? 200 : 40);
    spoil(run, "cut after 0 to 99 % of its bytes", spoil_cut);
    spoil(run, "filled with bytes at random", spoil_bytes);
    spoil(run, "one bit wrong", spoil_bit);
    spoil(run, "its end filled with zeros", spoil_zero);
    use_newer(run);
    use_two(run);
    use_tmpfs(run);
}

int main(int argc, char **argv)
{
    struct run run = {.messages = messages_load_builtin()};
    run.table = argc == 4 && !strcmp(argv[1], "--table");
    if (argc != 3 && !run.table)
        return 2;
    /* What is on disk is modelled, so nothing has to wait for a real one. */
    if (!getenv("TMPDIR") && !access("/dev/shm", W_OK))
        setenv("TMPDIR", "/dev/shm", 1);
    run.driver = argv[argc - 2];
    run.inject = argv[argc - 1];
    run_all(&run);
    messages_free(run.messages);
    return run.failed ? 1 : 0;
}
