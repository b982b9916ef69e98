/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calibrate_recordings: learns how one person says the commands from recordings instead of a
 * dialogue: a table of phrases and files. Thread: main.
 */
#ifndef PASAPAS_CMD_CALIBRATE_RECORDINGS_H
#define PASAPAS_CMD_CALIBRATE_RECORDINGS_H

#include "app/cli.h"

struct calibrate_recordings {
    const char *table;      /* a file of "phrase<tab>file" lines */
    const char *pack;       /* as --voice has it, or NULL */
    const char *vocabulary; /* a file of what else could be said; NULL: the pack's commands */
    const char *output;     /* the calibration that is written */
};

/* Learns, measures, keeps all of it, and tells what it gained. An exit code; mistakes are told on
 * standard error. */
int calibrate_recordings(const struct cli *cli, const struct calibrate_recordings *what);

#endif
