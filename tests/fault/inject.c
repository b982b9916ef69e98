/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * inject: an LD_PRELOAD library that breaks one call on files, those of the store or others.
 *
 * It counts the calls that touch files below $FAULT_ROOT (an absolute folder) and, at the one whose
 * number is $FAULT_AT (from 1), does what $FAULT_KIND says:
 *     kill    the process dies by SIGKILL before the call
 *     torn    a write() writes its first half, then the process dies; any other call as for kill
 *     short   a write() writes its first half and says so, a read() reads half of what it is
 *             asked for; any other call is carried out
 *     cut     the power goes: the process dies, and every byte written but not synced is lost
 *     undo    the same, and every file made, renamed or removed since its folder was last synced
 *             is as it was before
 *     NUMBER  the call fails with that errno
 * With $FAULT_STICKY every later call that could fail in that way fails too (a disk stays full).
 * With $FAULT_CALLS only calls of these names, with spaces between, are counted and broken.
 * With $FAULT_LOG each call is appended to that file as "NUMBER CALL NAME".
 *
 * Streams made of such a descriptor come through here too; what happens inside libc (fopen) does
 * not.
 *
 * Calls are made by syscall(2), so that nothing here depends on what else is preloaded.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DESCRIPTORS 1024
#define CHANGES     256
#define PATH_ROOM   512
#define EXPORT      __attribute__((visibility("default")))

/* A change of a folder that is not yet on disk. */
struct change {
    char path[PATH_ROOM];   /* the name that was made, replaced or removed */
    char from[PATH_ROOM];   /* of a rename: the name before; else empty */
    char backup[PATH_ROOM]; /* a second name of what was there; empty if there was nothing */
};

static struct {
    bool ready;
    const char *root, *kind, *log, *calls;
    long at, count;
    bool sticky;
    bool ours[DESCRIPTORS];         /* descriptors of files in the store */
    char dirty[CHANGES][PATH_ROOM]; /* files with bytes that are not synced; empty: free */
    struct change changes[CHANGES];
    size_t change_count;
    unsigned backups;
} fault;

static void get_ready(void)
{
    if (fault.ready)
        return;
    const char *at = getenv("FAULT_AT");
    fault.root = getenv("FAULT_ROOT");
    fault.kind = getenv("FAULT_KIND");
    fault.log = getenv("FAULT_LOG");
    fault.calls = getenv("FAULT_CALLS");
    fault.sticky = getenv("FAULT_STICKY") != NULL;
    fault.at = at ? atol(at) : 0;
    fault.ready = true;
}

/* True for a path in the store, or one that is relative to a folder of the store. */
static bool is_ours(int folder, const char *path)
{
    get_ready();
    if (!fault.root)
        return false;
    if (path[0] == '/')
        return !strncmp(path, fault.root, strlen(fault.root));
    return folder >= 0 && folder < DESCRIPTORS && fault.ours[folder];
}

static bool is_our_file(int fd)
{
    get_ready();
    return fd >= 0 && fd < DESCRIPTORS && fault.ours[fd];
}

static void log_call(const char *call, const char *name)
{
    char line[512];
    if (!fault.log)
        return;
    int length = snprintf(line, sizeof line, "%ld %s %s\n", fault.count, call, name);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, fault.log,
                          O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    syscall(SYS_write, fd, line, (size_t)length);
    syscall(SYS_close, fd);
}

/* --- what a power cut takes away ------------------------------------------------------------ */

static bool is_power_cut(void)
{
    return fault.kind && (!strcmp(fault.kind, "cut") || !strcmp(fault.kind, "undo"));
}

/* The name of an open file, or of a name in an open folder. */
static void full_path(int folder, const char *name, char path[PATH_ROOM])
{
    char link[64], base[PATH_ROOM] = "";
    if (name[0] == '/') {
        snprintf(path, PATH_ROOM, "%s", name);
        return;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 1);
    snprintf(path, PATH_ROOM, "%.250s%s%.250s", base, *name ? "/" : "", name);
}

static void set_dirty(const char *path)
{
    size_t free_slot = CHANGES;
    for (size_t i = 0; i < CHANGES; i++) {
        if (!strcmp(fault.dirty[i], path))
            return;
        if (!fault.dirty[i][0])
            free_slot = i;
    }
    if (free_slot < CHANGES)
        snprintf(fault.dirty[free_slot], PATH_ROOM, "%s", path);
}

static void rename_dirty(const char *path, const char *to)
{
    for (size_t i = 0; i < CHANGES; i++)
        if (!strcmp(fault.dirty[i], path))
            snprintf(fault.dirty[i], PATH_ROOM, "%s", to);
}

static bool is_in(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return !strncmp(path, folder, length) && path[length] == '/' && !strchr(path + length + 1, '/');
}

/* A file or a folder is on disk now. */
static void set_synced(const char *path)
{
    rename_dirty(path, "");
    size_t kept = 0;
    for (size_t i = 0; i < fault.change_count; i++)
        if (!is_in(fault.changes[i].path, path))
            fault.changes[kept++] = fault.changes[i];
    fault.change_count = kept;
}

/* A name beside the store that nothing has, nor had in an earlier process. */
static void spare_path(char path[PATH_ROOM])
{
    snprintf(path, PATH_ROOM, "%.300s/undo-%ld-%u", fault.root, syscall(SYS_getpid),
             fault.backups++);
}

/* Before a name is made, replaced or removed. */
static void remember(const char *path, const char *from)
{
    if (fault.change_count == CHANGES)
        return;
    struct change *change = &fault.changes[fault.change_count++];
    snprintf(change->path, PATH_ROOM, "%s", path);
    snprintf(change->from, PATH_ROOM, "%s", from);
    spare_path(change->backup);
    if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, change->backup, 0))
        change->backup[0] = '\0';
}

static void move(const char *path, const char *to)
{
    syscall(SYS_renameat2, AT_FDCWD, path, AT_FDCWD, to, 0);
}

static void undo(const struct change *change)
{
    char trash[PATH_ROOM];
    spare_path(trash);
    move(change->path, change->from[0] ? change->from : trash);
    if (change->backup[0])
        move(change->backup, change->path);
}

static void cut_power(void)
{
    for (size_t i = 0; i < CHANGES; i++)
        if (fault.dirty[i][0])
            syscall(SYS_truncate, fault.dirty[i], 0);
    if (strcmp(fault.kind, "undo"))
        return;
    while (fault.change_count)
        undo(&fault.changes[--fault.change_count]);
}

/* The power goes after the last call, if it has not gone before. */
__attribute__((destructor)) static void end(void)
{
    get_ready();
    if (fault.root && is_power_cut() && fault.at > fault.count)
        cut_power();
}

/* --- judging ------------------------------------------------------------------------------ */

static void die(void)
{
    if (is_power_cut())
        cut_power();
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
}

enum verdict { GO_ON, FAIL, HALF };

static bool is_named(const char *names, const char *call)
{
    const size_t length = strlen(call);
    for (const char *at = names; (at = strstr(at, call)); at += length)
        if ((at == names || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}

/* Counts one call. FAIL: errno is set; HALF: only for reads and writes. */
static enum verdict judge(const char *call, const char *name)
{
    const bool is_write = !strcmp(call, "write");
    if (fault.calls && !is_named(fault.calls, call))
        return GO_ON;
    fault.count++;
    log_call(call, name);
    bool now = fault.count == fault.at;
    bool later = fault.sticky && fault.at && fault.count > fault.at;
    if (!fault.kind || (!now && !later))
        return GO_ON;
    if (!strcmp(fault.kind, "kill") || is_power_cut())
        die();
    if (!strcmp(fault.kind, "torn")) {
        if (is_write)
            return HALF;
        die();
    }
    if (!strcmp(fault.kind, "short"))
        return is_write || !strcmp(call, "read") ? HALF : GO_ON;
    errno = atoi(fault.kind);
    return FAIL;
}

static int opened(int fd)
{
    if (fd >= 0 && fd < DESCRIPTORS)
        fault.ours[fd] = true;
    return fd;
}

static int do_open(int folder, const char *path, int flags, mode_t mode)
{
    bool ours = is_ours(folder, path);
    if (ours && judge("open", path) == FAIL)
        return -1;
    bool makes = ours && (flags & O_CREAT);
    char name[PATH_ROOM];
    if (makes && is_power_cut()) {
        full_path(folder, path, name);
        makes = syscall(SYS_faccessat2, AT_FDCWD, name, F_OK, 0) != 0;
        if (makes)
            remember(name, "");
    }
    int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
    return ours ? opened(fd) : fd;
}

/* A mode is only there if a file may be made. */
#define MODE_ARGUMENT(flags, mode)                                                                 \
    mode_t mode = 0;                                                                               \
    if (O_CREAT & (flags)) {                                                                       \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        mode = va_arg(arguments, mode_t);                                                          \
        va_end(arguments);                                                                         \
    }

EXPORT int open(const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode)
    return do_open(AT_FDCWD, path, flags, mode);
}

EXPORT int open64(const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode)
    return do_open(AT_FDCWD, path, flags, mode);
}

EXPORT int openat(int folder, const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode)
    return do_open(folder, path, flags, mode);
}

EXPORT int openat64(int folder, const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode)
    return do_open(folder, path, flags, mode);
}

EXPORT ssize_t write(int fd, const void *bytes, size_t length)
{
    if (is_our_file(fd)) {
        enum verdict verdict = judge("write", "");
        if (verdict == FAIL)
            return -1;
        char name[PATH_ROOM];
        full_path(fd, "", name);
        set_dirty(name);
        if (verdict == HALF) {
            ssize_t written = syscall(SYS_write, fd, bytes, (length + 1) / 2);
            if (!strcmp(fault.kind, "torn"))
                die();
            return written;
        }
    }
    return syscall(SYS_write, fd, bytes, length);
}

EXPORT ssize_t read(int fd, void *bytes, size_t length)
{
    const enum verdict verdict = is_our_file(fd) ? judge("read", "") : GO_ON;
    if (verdict == FAIL)
        return -1;
    return syscall(SYS_read, fd, bytes, verdict == HALF ? (length + 1) / 2 : length);
}

EXPORT int close(int fd)
{
    /* A failing close() closes all the same, as on Linux. */
    bool fails = is_our_file(fd) && judge("close", "") == FAIL;
    int error = errno;
    if (fd >= 0 && fd < DESCRIPTORS)
        fault.ours[fd] = false;
    int result = (int)syscall(SYS_close, fd);
    if (!fails)
        return result;
    errno = error;
    return -1;
}

/* --- streams -------------------------------------------------------------------------------- */

static int fd_of(void *cookie)
{
    return (int)(intptr_t)cookie;
}

static ssize_t read_stream(void *cookie, char *bytes, size_t length)
{
    return read(fd_of(cookie), bytes, length);
}

/* All of it, as stdio itself sees to. */
static ssize_t write_stream(void *cookie, const char *bytes, size_t length)
{
    size_t done = 0;
    while (done < length) {
        const ssize_t written = write(fd_of(cookie), bytes + done, length - done);
        if (written < 0)
            break;
        done += (size_t)written;
    }
    return (ssize_t)done;
}

static int close_stream(void *cookie)
{
    return close(fd_of(cookie));
}

EXPORT FILE *fdopen(int fd, const char *mode)
{
    static FILE *(*next)(int, const char *);
    const cookie_io_functions_t functions = {
        .read = read_stream, .write = write_stream, .close = close_stream};
    if (is_our_file(fd))
        return fopencookie((void *)(intptr_t)fd, mode, functions);
    if (!next)
        *(void **)&next = dlsym(RTLD_NEXT, "fdopen");
    return next(fd, mode);
}

/* --- the other calls ------------------------------------------------------------------------ */

#define ON_FILE(name, parameters, ...)                                                             \
    EXPORT int name parameters                                                                     \
    {                                                                                              \
        if (is_our_file(fd) && judge(#name, "") == FAIL)                                           \
            return -1;                                                                             \
        return (int)syscall(__VA_ARGS__);                                                          \
    }

static int sync_file(int fd, const char *call, long number)
{
    if (is_our_file(fd)) {
        char name[PATH_ROOM];
        if (judge(call, "") == FAIL)
            return -1;
        full_path(fd, "", name);
        set_synced(name);
    }
    return (int)syscall(number, fd);
}

EXPORT int fsync(int fd)
{
    return sync_file(fd, "fsync", SYS_fsync);
}

EXPORT int fdatasync(int fd)
{
    return sync_file(fd, "fdatasync", SYS_fdatasync);
}

ON_FILE(flock, (int fd, int operation), SYS_flock, fd, operation)
ON_FILE(ftruncate, (int fd, off_t length), SYS_ftruncate, fd, length)
ON_FILE(fchmod, (int fd, mode_t mode), SYS_fchmod, fd, mode)

#define ON_PATH(name, parameters, folder, path, ...)                                               \
    EXPORT int name parameters                                                                     \
    {                                                                                              \
        if (is_ours(folder, path) && judge(#name, path) == FAIL)                                   \
            return -1;                                                                             \
        return (int)syscall(__VA_ARGS__);                                                          \
    }

static int make_folder(int folder, const char *path, mode_t mode)
{
    if (is_ours(folder, path)) {
        char name[PATH_ROOM];
        if (judge("mkdir", path) == FAIL)
            return -1;
        full_path(folder, path, name);
        if (is_power_cut() && syscall(SYS_faccessat2, AT_FDCWD, name, F_OK, 0))
            remember(name, "");
    }
    return (int)syscall(SYS_mkdirat, folder, path, mode);
}

EXPORT int mkdir(const char *path, mode_t mode)
{
    return make_folder(AT_FDCWD, path, mode);
}

EXPORT int mkdirat(int folder, const char *path, mode_t mode)
{
    return make_folder(folder, path, mode);
}

static int remove_name(int folder, const char *path, int flags)
{
    if (is_ours(folder, path)) {
        char name[PATH_ROOM];
        if (judge("unlink", path) == FAIL)
            return -1;
        full_path(folder, path, name);
        if (is_power_cut())
            remember(name, "");
        rename_dirty(name, "");
    }
    return (int)syscall(SYS_unlinkat, folder, path, flags);
}

EXPORT int unlink(const char *path)
{
    return remove_name(AT_FDCWD, path, 0);
}

EXPORT int unlinkat(int folder, const char *path, int flags)
{
    return remove_name(folder, path, flags);
}

static int rename_name(int folder, const char *path, int other, const char *to, unsigned flags)
{
    if (is_ours(folder, path)) {
        char from[PATH_ROOM], name[PATH_ROOM];
        if (judge("rename", path) == FAIL)
            return -1;
        full_path(folder, path, from);
        full_path(other, to, name);
        if (is_power_cut())
            remember(name, from);
        rename_dirty(from, name);
    }
    return (int)syscall(SYS_renameat2, folder, path, other, to, flags);
}

EXPORT int rename(const char *path, const char *to)
{
    return rename_name(AT_FDCWD, path, AT_FDCWD, to, 0);
}

EXPORT int renameat(int folder, const char *path, int other, const char *to)
{
    return rename_name(folder, path, other, to, 0);
}

EXPORT int renameat2(int folder, const char *path, int other, const char *to, unsigned flags)
{
    return rename_name(folder, path, other, to, flags);
}

ON_PATH(faccessat, (int folder, const char *path, int mode, int flags), folder, path,
        SYS_faccessat2, folder, path, mode, flags)
