/*
 * assistant: a session brought to life: keyboard, voice, speech, transcript and store around the
 * pure session. Thread: main.
 */
#ifndef PASAPAS_ASSISTANT_H
#define PASAPAS_ASSISTANT_H

#include "cli.h"
#include "date.h"
#include "settings.h"

#include <stdbool.h>

/* What the command line asks for. Unset: NULL, 0 or -1 as said. */
struct assistant_options {
    const char *guide; /* name or path */
    const char *path;  /* ids, or NULL */
    const char *section;
    const char *step;
    const char *learner;
    const char *voice;        /* the pack's id or path */
    const char *audio;        /* "portaudio", "null", "wav:IN,OUT" */
    const char *input_device; /* NULL: as in the settings */
    const char *output_device;
    const char *transcript; /* a file, or NULL */
    struct date today;      /* year 0: the real day */
    int rate;               /* 0: as in the settings */
    int speech;             /* enum settings_speech, or -1: as in the settings */
    int listen;             /* enum settings_listen, or -1 */
    int duplex;             /* enum settings_duplex, or -1 */
    bool simple;
    bool restart;
    bool fast;
};

/* Runs a whole session. An exit code. */
int assistant_run(const struct cli *cli, const struct assistant_options *options);

#endif
