#include "hotplug.h"

#include "mem.h"

#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

/* ALSA makes a node for each card, and gives the user the right to it a moment later. */
#define EVENTS (IN_CREATE | IN_DELETE | IN_ATTRIB)

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

int hotplug_open(void)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd < 0)
        return -1;
    /* What is not there cannot be watched; missing devices are looked for now and then as well. */
    (void)inotify_add_watch(fd, "/dev/snd", EVENTS | IN_ONLYDIR);
    watch_server(fd);
    return fd;
}

bool hotplug_take(int fd)
{
    /* Only that there was something counts. */
    char events[4096];
    bool any = false;
    while (fd >= 0 && read(fd, events, sizeof events) > 0)
        any = true;
    return any;
}
