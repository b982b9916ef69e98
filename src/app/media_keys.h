/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * media_keys: play, pause, next, previous and stop of a keyboard or a headset, from anywhere on the
 * desktop: by MPRIS over D-Bus (sd-bus).
 *
 * While it is active, the desktop finds a player of our name; otherwise there is none, so that the
 * keys are for somebody's music again. What it shows is only whether it speaks: neither the guide
 * nor the place. It works inside the event loop and waits for nobody. Thread: main.
 */
#ifndef PASAPAS_APP_MEDIA_KEYS_H
#define PASAPAS_APP_MEDIA_KEYS_H

#include <stdbool.h>

struct event_loop;
struct media_keys;

enum media_key {
    MEDIA_KEY_PLAY,
    MEDIA_KEY_PAUSE,
    MEDIA_KEY_TOGGLE, /* play or pause, on one key */
    MEDIA_KEY_NEXT,
    MEDIA_KEY_PREVIOUS,
    MEDIA_KEY_STOP
};

/* Not active yet. `title`: what the desktop calls it; outlives it. NULL where there is no bus of
 * the session, or it was built without. `pressed` is called with `context`. */
struct media_keys *media_keys_open(struct event_loop *loop, const char *title,
                                   void (*pressed)(void *context, enum media_key key),
                                   void *context);
void media_keys_close(struct media_keys *keys); /* accepts NULL */

/* Whether keys are wanted now, and what is shown. Accepts NULL. */
void media_keys_set(struct media_keys *keys, bool active, bool speaking);

#endif
