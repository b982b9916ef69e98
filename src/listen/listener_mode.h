/* SPDX-License-Identifier: GPL-3.0-or-later */
/* listener_mode: when the microphone is listened to. */
#ifndef PASAPAS_LISTEN_LISTENER_MODE_H
#define PASAPAS_LISTEN_LISTENER_MODE_H

enum listener_mode {
    LISTENER_FULL, /* everything at any time: headphones, or a recording without echo */
    LISTENER_ECHO, /* echo cancelled; while speaking only stop, pause and repeat, strictly */
    LISTENER_HALF, /* nothing while speaking, nor for a tail after */
    LISTENER_OFF
};

#endif
