/*
 * hotplug: hears of sound devices that come and go: ALSA's nodes in /dev/snd, and the socket of a
 * sound server; and of another default device in ALSA's own configuration. (A sound server whose
 * default changes moves what is playing by itself.) Thread: main.
 */
#ifndef PASAPAS_HOTPLUG_H
#define PASAPAS_HOTPLUG_H

/* What there was; any of them together. */
enum hotplug_news {
    HOTPLUG_DEVICES = 1, /* a device or a server came or went */
    HOTPLUG_DEFAULT = 2  /* "default" may be another device now */
};

/* A descriptor, readable when something changed, to be closed with close(); -1 if there is nothing
 * that could be watched. */
int hotplug_open(void);

/* What there was since the last call, 0 for nothing. Never waits. */
int hotplug_take(int fd);

#endif
