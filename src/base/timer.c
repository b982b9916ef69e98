/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/timer.h"

#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

int64_t timer_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int timer_open(void)
{
    return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
}

void timer_close(int timer)
{
    if (timer >= 0)
        close(timer);
}

static void set(int timer, int ms, int every_ms)
{
    const struct itimerspec times = {
        .it_value = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L},
        .it_interval = {.tv_sec = every_ms / 1000, .tv_nsec = every_ms % 1000 * 1000000L},
    };
    if (timer >= 0)
        (void)timerfd_settime(timer, 0, &times, NULL);
}

void timer_start(int timer, int ms)
{
    set(timer, ms, 0);
}

void timer_repeat(int timer, int ms)
{
    set(timer, ms, ms);
}

void timer_clear(int timer)
{
    uint64_t ticks;
    if (timer >= 0 && read(timer, &ticks, sizeof ticks) < 0)
        return; /* its time was not up: nothing to clear */
}
