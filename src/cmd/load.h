/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * load: what several subcommands read, with its mistakes told on standard error. Thread: main.
 */
#ifndef PASAPAS_CMD_LOAD_H
#define PASAPAS_CMD_LOAD_H

#include "app/cli.h"

struct pack;

/* The pack that --voice names by its id or folder, or, for NULL, the one that a session would take
 * (model/pack_choice.h). Returns an exit code (app/cli.h). */
int load_pack(const struct cli *cli, const char *id, struct pack **ret_pack);

#endif
