/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memory: an LD_PRELOAD library that lets one allocation fail.
 *
 * It counts the allocations that are called for by the program or by a library named in $MEMORY_OF
 * (parts of file names with spaces between, "libyaml libsndfile") and lets the one whose number is
 * $MEMORY_AT (from 1) fail; with $MEMORY_STICKY every later one too. What other libraries ask for
 * is always given. When the process ends, the number counted is written to the file $MEMORY_COUNT.
 *
 * One thread at a time: the commands that are tried with it have only one that allocates.
 */
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define RANGES 16

/* glibc's own, below the names that are replaced here. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

struct range {
    uintptr_t from, to;
};

static struct {
    bool ready, sticky;
    long at, count;
    struct range ranges[RANGES];
    size_t range_count;
} memory;

static bool is_named(const char *file, const char *names)
{
    char name[64];
    while (sscanf(names, " %63s", name) == 1) {
        if (strstr(file, name))
            return true;
        names += strspn(names, " ");
        names += strcspn(names, " ");
    }
    return false;
}

/* Keeps where the code of a wanted file is; the program itself has an empty name. */
static int look_at(struct dl_phdr_info *info, size_t size, void *context)
{
    const char *names = context;
    (void)size;
    if (info->dlpi_name[0] && !is_named(info->dlpi_name, names))
        return 0;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || memory.range_count == RANGES)
            continue;
        const uintptr_t from = info->dlpi_addr + part->p_vaddr;
        memory.ranges[memory.range_count++] = (struct range){from, from + part->p_memsz};
    }
    return 0;
}

__attribute__((constructor)) static void get_ready(void)
{
    char *names = getenv("MEMORY_OF");
    const char *at = getenv("MEMORY_AT");
    memory.at = at ? atol(at) : 0;
    memory.sticky = getenv("MEMORY_STICKY") != NULL;
    dl_iterate_phdr(look_at, names ? names : "");
    memory.ready = true;
}

__attribute__((destructor)) static void tell_count(void)
{
    const char *path = getenv("MEMORY_COUNT");
    char text[32];
    const int length = snprintf(text, sizeof text, "%ld\n", memory.count);
    const int fd =
        path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (fd < 0)
        return;
    syscall(SYS_write, fd, text, (size_t)length);
    syscall(SYS_close, fd);
}

static bool is_counted(const void *caller)
{
    const uintptr_t place = (uintptr_t)caller;
    for (size_t i = 0; i < memory.range_count; i++)
        if (place >= memory.ranges[i].from && place < memory.ranges[i].to)
            return true;
    return false;
}

/* True if this allocation, asked for by the code at `caller`, is to fail. */
static bool fails(const void *caller)
{
    if (!memory.ready || !is_counted(caller))
        return false;
    memory.count++;
    const bool now =
        memory.at && (memory.count == memory.at || (memory.sticky && memory.count > memory.at));
    if (now)
        errno = ENOMEM;
    return now;
}

EXPORT void *malloc(size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

EXPORT void *calloc(size_t count, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

EXPORT void *realloc(void *block, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(block, size);
}
