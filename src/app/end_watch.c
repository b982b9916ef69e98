/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/end_watch.h"

#include "app/terminal.h"
#include "base/mem.h"
#include "base/timer.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In ms: a main thread that is at work takes a signal itself; how often it is woken otherwise. */
#define PATIENCE 250
#define EVERY    20

/* Nobody is at work once so many looks in a row find nobody: one may fall between a call that was
 * woken and its being called again. */
#define LOOKS 3

/* Ignored by whoever does not know it, and used by nothing else here. */
#define WAKE SIGURG

struct end_watch {
    pthread_t main, thread;
    long main_id; /* as the kernel calls it */
    int signals;  /* never read but at the end: the main thread takes them */
    int bell;     /* rung when something below has changed */
    atomic_int signal;
    atomic_int code; /* -1: that of the signal */
    atomic_bool over;
};

static void do_nothing(int signal)
{
    (void)signal;
}

/* Without SA_RESTART: what the thread waits in fails with EINTR. */
static void make_wakeable(void)
{
    const struct sigaction action = {.sa_handler = do_nothing};
    sigaction(WAKE, &action, NULL);
}

/* False: nothing is watched any more. */
static bool wait_for_signal(const struct end_watch *watch)
{
    for (;;) {
        struct pollfd both[] = {{.fd = watch->signals, .events = POLLIN},
                                {.fd = watch->bell, .events = POLLIN}};
        if (poll(both, COUNT_OF(both), -1) < 0)
            continue;
        if (atomic_load(&watch->over))
            return false;
        if (both[0].revents || atomic_load(&watch->signal))
            return true;
    }
}

static void end(struct end_watch *watch)
{
    struct signalfd_siginfo info;
    int signal = atomic_load(&watch->signal), code = atomic_load(&watch->code);
    if (!signal && read(watch->signals, &info, sizeof info) == sizeof info)
        signal = (int)info.ssi_signo;
    terminal_give_back_at_once();
    _exit(code >= 0 ? code : 128 + signal);
}

/* What /proc says of a thread, or "". */
static void read_about(long thread, const char *what, char ret_text[256])
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%ld/%s", thread, what);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t got = fd < 0 ? 0 : read(fd, ret_text, 255);
    if (fd >= 0)
        close(fd);
    ret_text[got > 0 ? got : 0] = '\0';
}

/* True while a thread computes, waits for a processor or for a disk: not for somebody else. */
static bool computes(long thread)
{
    char text[256];
    read_about(thread, "stat", text);
    /* "123 (name) R ...", and a name may hold anything. */
    const char *state = strrchr(text, ')');
    return state && (!strncmp(state, ") R", 3) || !strncmp(state, ") D", 3));
}

/* The main thread waits for another one of ours, and that computes. */
static bool waits_for_work(const struct end_watch *watch)
{
    char text[256];
    bool found = false;
    read_about(watch->main_id, "wchan", text);
    DIR *threads = strstr(text, "futex") ? opendir("/proc/self/task") : NULL;
    for (struct dirent *entry; threads && !found && (entry = readdir(threads));) {
        const long thread = strtol(entry->d_name, NULL, 10);
        found = thread && thread != syscall(SYS_gettid) && computes(thread);
    }
    if (threads)
        closedir(threads);
    return found;
}

static bool is_at_work(const struct end_watch *watch)
{
    return computes(watch->main_id) || waits_for_work(watch);
}

/* True if the process must end, so long after it was asked to. `idle`: looks in a row. */
static bool is_due(const struct end_watch *watch, int64_t ms, int *idle)
{
    if (ms < END_WATCH_MS)
        return false;
    *idle = is_at_work(watch) ? 0 : *idle + 1;
    return ms >= END_WATCH_WORK_MS || *idle >= LOOKS;
}

static void *run(void *context)
{
    struct end_watch *watch = context;
    if (!wait_for_signal(watch))
        return NULL;
    const int64_t asked = timer_now();
    int idle = 0;
    for (int64_t ms; !is_due(watch, ms = timer_now() - asked, &idle);) {
        if (ms >= PATIENCE)
            pthread_kill(watch->main, WAKE);
        (void)poll(NULL, 0, EVERY);
        if (atomic_load(&watch->over))
            return NULL;
    }
    end(watch);
    return NULL;
}

struct end_watch *end_watch_new(const sigset_t *signals)
{
    struct end_watch *watch = xcalloc(1, sizeof *watch);
    watch->main = pthread_self();
    watch->main_id = syscall(SYS_gettid);
    atomic_init(&watch->code, -1);
    watch->signals = signalfd(-1, signals, SFD_NONBLOCK | SFD_CLOEXEC);
    watch->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    make_wakeable();
    if (watch->signals >= 0 && watch->bell >= 0 &&
        !pthread_create(&watch->thread, NULL, run, watch))
        return watch;
    if (watch->signals >= 0)
        close(watch->signals);
    if (watch->bell >= 0)
        close(watch->bell);
    free(watch);
    return NULL;
}

static void ring(const struct end_watch *watch)
{
    (void)eventfd_write(watch->bell, 1);
}

void end_watch_begin(struct end_watch *watch, int signal)
{
    if (!watch)
        return;
    atomic_store(&watch->signal, signal);
    ring(watch);
}

void end_watch_set_code(struct end_watch *watch, int code)
{
    if (watch)
        atomic_store(&watch->code, code);
}

void end_watch_free(struct end_watch *watch)
{
    if (!watch)
        return;
    atomic_store(&watch->over, true);
    ring(watch);
    pthread_join(watch->thread, NULL);
    close(watch->signals);
    close(watch->bell);
    free(watch);
}
