/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/event_loop.h"

#include "app/end_watch.h"
#include "base/mem.h"

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct watch {
    int fd;
    event_loop_function function;
    void *context;
};

struct event_loop {
    int signals;
    struct end_watch *end; /* NULL: no thread was to be had */
    event_loop_signal_function on_signal;
    void *signal_context;
    struct watch *watches;
    size_t count, capacity;
    struct pollfd *polled; /* those of `watches` when it was last looked, and `signals` */
    size_t polled_capacity;
    event_loop_function step;
    void *step_context;
    event_loop_function after;
    void *after_context;
    bool stopped;
};

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

static sigset_t ending_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < COUNT_OF(ending); i++)
        sigaddset(&set, ending[i]);
    return set;
}

static sigset_t all_signals(void)
{
    sigset_t set = ending_signals();
    sigaddset(&set, SIGTSTP);
    sigaddset(&set, SIGCONT);
    return set;
}

struct event_loop *event_loop_new(event_loop_signal_function on_signal, void *context)
{
    const sigset_t set = all_signals(), last = ending_signals();
    const int signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (signals < 0)
        return NULL;
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    struct event_loop *loop = xcalloc(1, sizeof *loop);
    loop->signals = signals;
    loop->end = end_watch_new(&last);
    loop->on_signal = on_signal;
    loop->signal_context = context;
    return loop;
}

void event_loop_free(struct event_loop *loop)
{
    if (!loop)
        return;
    const sigset_t set = all_signals();
    struct signalfd_siginfo info;
    end_watch_free(loop->end);
    /* What came too late has what it wants. */
    while (read(loop->signals, &info, sizeof info) == sizeof info) {
    }
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    close(loop->signals);
    free(loop->watches);
    free(loop->polled);
    free(loop);
}

void event_loop_set_exit_code(struct event_loop *loop, int code)
{
    if (loop)
        end_watch_set_code(loop->end, code);
}

void event_loop_suspend(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    (void)raise(SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void event_loop_watch(struct event_loop *loop, int fd, event_loop_function function, void *context)
{
    if (fd < 0)
        return;
    loop->watches =
        mem_grow(loop->watches, &loop->capacity, loop->count + 1, sizeof *loop->watches);
    loop->watches[loop->count++] = (struct watch){fd, function, context};
}

void event_loop_unwatch(struct event_loop *loop, int fd)
{
    for (size_t i = 0; i < loop->count; i++)
        if (loop->watches[i].fd == fd) {
            loop->watches[i] = loop->watches[--loop->count];
            return;
        }
}

void event_loop_set_step(struct event_loop *loop, event_loop_function step, void *context)
{
    loop->step = step;
    loop->step_context = context;
}

void event_loop_set_after(struct event_loop *loop, event_loop_function after, void *context)
{
    loop->after = after;
    loop->after_context = context;
}

void event_loop_stop(struct event_loop *loop)
{
    loop->stopped = true;
}

static void take_signals(struct event_loop *loop)
{
    struct signalfd_siginfo info;
    const sigset_t last = ending_signals();
    while (read(loop->signals, &info, sizeof info) == sizeof info) {
        if (sigismember(&last, (int)info.ssi_signo))
            end_watch_begin(loop->end, (int)info.ssi_signo);
        loop->on_signal(loop->signal_context, (int)info.ssi_signo);
    }
}

/* Calls what is ready. A called function may add or remove watches, so each is looked up anew. */
static void dispatch(struct event_loop *loop, size_t count)
{
    for (size_t i = 0; i < count && !loop->stopped; i++) {
        if (!loop->polled[i].revents)
            continue;
        for (size_t j = 0; j < loop->count; j++) {
            if (loop->watches[j].fd != loop->polled[i].fd)
                continue;
            loop->watches[j].function(loop->watches[j].context);
            break;
        }
    }
}

/* Waits, unless time is simulated, and calls what is ready. */
static void look(struct event_loop *loop)
{
    const size_t count = loop->count;
    loop->polled = mem_grow(loop->polled, &loop->polled_capacity, count + 1, sizeof *loop->polled);
    for (size_t i = 0; i < count; i++)
        loop->polled[i] = (struct pollfd){.fd = loop->watches[i].fd, .events = POLLIN};
    loop->polled[count] = (struct pollfd){.fd = loop->signals, .events = POLLIN};
    if (poll(loop->polled, count + 1, loop->step ? 0 : -1) <= 0)
        return;
    if (loop->polled[count].revents)
        take_signals(loop);
    dispatch(loop, count);
}

static void look_after(struct event_loop *loop)
{
    if (loop->after)
        loop->after(loop->after_context);
}

void event_loop_run(struct event_loop *loop)
{
    /* Nothing may happen for a long while. */
    look_after(loop);
    while (!loop->stopped) {
        look(loop);
        look_after(loop);
        if (loop->step && !loop->stopped)
            loop->step(loop->step_context);
    }
}
