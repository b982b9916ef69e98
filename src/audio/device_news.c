/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audio/device_news.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* ALSA makes a node for each card, and gives the user the right to it a moment later. */
#define DEVICE_EVENTS (IN_CREATE | IN_DELETE | IN_ATTRIB)
/* A file is written, or another takes its place. */
#define FILE_EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO)

/* Where ALSA's "default" is said, below the user's home and below /etc. */
#define USER_FILE   ".asoundrc"
#define SYSTEM_FILE "asound.conf"

/* Where PulseAudio, and PipeWire in its place, make their socket. */
static void watch_server(int fd)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    if (!runtime)
        return;
    char *folder = xasprintf("%s/pulse", runtime);
    (void)inotify_add_watch(fd, folder, IN_CREATE | IN_DELETE | IN_ONLYDIR);
    free(folder);
}

static void watch_default(int fd)
{
    const char *home = getenv("HOME");
    /* The folders: an editor puts a new file in the place of the old one. */
    if (home)
        (void)inotify_add_watch(fd, home, FILE_EVENTS | IN_ONLYDIR);
    (void)inotify_add_watch(fd, "/etc", FILE_EVENTS | IN_ONLYDIR);
}

int device_news_open(void)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd < 0)
        return -1;
    /* What is not there cannot be watched; missing devices are looked for now and then as well. */
    (void)inotify_add_watch(fd, "/dev/snd", DEVICE_EVENTS | IN_ONLYDIR);
    watch_server(fd);
    watch_default(fd);
    return fd;
}

static int news_of(const struct inotify_event *event)
{
    if (event->mask & DEVICE_EVENTS)
        return DEVICE_NEWS_DEVICES;
    const char *name = event->len ? event->name : "";
    return !strcmp(name, USER_FILE) || !strcmp(name, SYSTEM_FILE) ? DEVICE_NEWS_DEFAULT : 0;
}

int device_news_take(int fd)
{
    _Alignas(struct inotify_event) char events[4096];
    int news = 0;
    ssize_t size;
    while (fd >= 0 && (size = read(fd, events, sizeof events)) > 0)
        for (ssize_t at = 0; at < size;) {
            const struct inotify_event *event = (const struct inotify_event *)(events + at);
            news |= news_of(event);
            at += (ssize_t)(sizeof *event + event->len);
        }
    return news;
}
