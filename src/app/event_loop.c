#include "app/event_loop.h"

#include "base/mem.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define WATCHES_MAX 16

struct watch {
    int fd;
    loop_function function;
    void *context;
};

struct event_loop {
    int signals;
    loop_signal_function on_signal;
    void *signal_context;
    struct watch watches[WATCHES_MAX];
    size_t count;
    loop_function step;
    void *step_context;
    bool stopped;
};

struct event_loop *event_loop_new(loop_signal_function on_signal, void *context)
{
    struct event_loop *loop = xcalloc(1, sizeof *loop);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    loop->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    loop->on_signal = on_signal;
    loop->signal_context = context;
    return loop;
}

void event_loop_free(struct event_loop *loop)
{
    if (!loop)
        return;
    if (loop->signals >= 0)
        close(loop->signals);
    free(loop);
}

void event_loop_watch(struct event_loop *loop, int fd, loop_function function, void *context)
{
    if (fd >= 0 && loop->count < WATCHES_MAX)
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

void event_loop_set_step(struct event_loop *loop, loop_function step, void *context)
{
    loop->step = step;
    loop->step_context = context;
}

void event_loop_stop(struct event_loop *loop)
{
    loop->stopped = true;
}

static void take_signals(struct event_loop *loop)
{
    struct signalfd_siginfo info;
    while (read(loop->signals, &info, sizeof info) == sizeof info)
        loop->on_signal(loop->signal_context, (int)info.ssi_signo);
}

/* Calls what is ready. A called function may add or remove watches, so each is looked up anew. */
static void dispatch(struct event_loop *loop, const struct pollfd *fds, size_t count)
{
    for (size_t i = 0; i < count && !loop->stopped; i++) {
        if (!fds[i].revents)
            continue;
        for (size_t j = 0; j < loop->count; j++) {
            if (loop->watches[j].fd != fds[i].fd)
                continue;
            loop->watches[j].function(loop->watches[j].context);
            break;
        }
    }
}

void event_loop_run(struct event_loop *loop)
{
    while (!loop->stopped) {
        struct pollfd fds[WATCHES_MAX + 1];
        size_t count = loop->count;
        for (size_t i = 0; i < count; i++)
            fds[i] = (struct pollfd){.fd = loop->watches[i].fd, .events = POLLIN};
        fds[count] = (struct pollfd){.fd = loop->signals, .events = POLLIN};
        int ready = poll(fds, count + 1, loop->step ? 0 : -1);
        if (ready > 0 && fds[count].revents)
            take_signals(loop);
        if (ready > 0)
            dispatch(loop, fds, count);
        if (loop->step && !loop->stopped)
            loop->step(loop->step_context);
    }
}
