/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * open_session: asks the running session, and tells it if nobody answers. Thread: main.
 */
#ifndef PASAPAS_CMD_OPEN_SESSION_H
#define PASAPAS_CMD_OPEN_SESSION_H

#include "app/cli.h"

/* Gives the session a line ("": none) and takes its state, JSON to be freed with free(). An exit
 * code. */
int open_session_ask(const struct cli *cli, const char *line, char **ret_state);

/* Tells why the session could not be told something (an errno). CLI_FAILED. */
int open_session_failed(const struct cli *cli, int error);

#endif
