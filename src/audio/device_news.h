/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * device_news: hears of sound devices that come and go: ALSA's nodes in /dev/snd, and the socket of
 * a sound server; and of another default device in ALSA's own configuration. (A sound server whose
 * default changes moves what is playing by itself.) Thread: main.
 */
#ifndef PASAPAS_AUDIO_DEVICE_NEWS_H
#define PASAPAS_AUDIO_DEVICE_NEWS_H

/* What there was; any of them together. */
enum device_news {
    DEVICE_NEWS_DEVICES = 1, /* a device or a server came or went */
    DEVICE_NEWS_DEFAULT = 2  /* "default" may be another device now */
};

/* A descriptor, readable when something changed, to be closed with close(); -1 if there is nothing
 * that could be watched. */
int device_news_open(void);

/* What there was since the last call, 0 for nothing. Never waits. */
int device_news_take(int fd);

#endif
