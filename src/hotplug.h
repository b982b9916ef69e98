/*
 * hotplug: hears of sound devices that come and go: ALSA's nodes in /dev/snd, and the socket of a
 * sound server. Thread: main.
 */
#ifndef PASAPAS_HOTPLUG_H
#define PASAPAS_HOTPLUG_H

#include <stdbool.h>

/* A descriptor, readable when something changed, to be closed with close(); -1 if there is nothing
 * that could be watched. */
int hotplug_open(void);

/* True if a device or a server came or went since the last call. Never waits. */
bool hotplug_take(int fd);

#endif
