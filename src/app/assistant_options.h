/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * assistant_options: what the command line asks of a session. Pure data.
 */
#ifndef PASAPAS_APP_ASSISTANT_OPTIONS_H
#define PASAPAS_APP_ASSISTANT_OPTIONS_H

#include "base/date.h"
#include "model/settings.h"

#include <stdbool.h>

/* The page for those who look on (app/view.h). */
enum view_wish { VIEW_NONE, VIEW_OPEN, VIEW_ADDRESS };

/* What the command line asks for. Unset: NULL, 0 or -1 as said. */
struct assistant_options {
    const char *guide; /* name or path */
    const char *path;  /* ids, or NULL */
    const char *section;
    const char *step;
    const char *learner;      /* NULL: nobody was named */
    bool guest;               /* nothing is read or kept */
    const char *pack;         /* the pack's id or path; NULL: in the system's language, or French */
    const char *audio;        /* what audio_find() takes; NULL: the usual one */
    const char *input_device; /* NULL: as in the settings */
    const char *output_device;
    const char *transcript; /* a file, or NULL */
    struct date today;      /* year 0: the real day */
    int rate;               /* 0: as in the settings */
    int speech;             /* enum settings_speech, or -1: as in the settings */
    int listen;             /* enum settings_listen, or -1 */
    int duplex;             /* enum settings_duplex, or -1 */
    int pitch;              /* or -1: as in the settings; so with all up to `scan` */
    int volume;
    int listen_pause;          /* ms; 0: as the settings have it */
    int earcons;               /* 0 or 1 */
    int sentence_pause;        /* ms */
    int punctuation;           /* enum settings_punctuation */
    int keys;                  /* 1: single keys act, 0: words only */
    int scan;                  /* enum settings_scan */
    int scan_pause;            /* seconds, or 0 */
    int ask_again;             /* seconds; 0: never; -1: as in the settings */
    const char *voice_variant; /* or NULL */
    int view;                  /* enum view_wish */
    int media_keys;            /* 0 or 1 */
    bool simple;
    bool restart;
    bool setup; /* begin with the sound check, whoever is there */
    bool fast;
};

/* No option is given. */
#define ASSISTANT_OPTIONS_UNSET                                                                    \
    ((struct assistant_options){.speech = -1,                                                      \
                                .listen = -1,                                                      \
                                .duplex = -1,                                                      \
                                .pitch = -1,                                                       \
                                .volume = -1,                                                      \
                                .earcons = -1,                                                     \
                                .media_keys = 1,                                                   \
                                .sentence_pause = -1,                                              \
                                .punctuation = -1,                                                 \
                                .keys = -1,                                                        \
                                .scan = -1,                                                        \
                                .ask_again = -1})

#endif
