/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * remote_commands: commands from outside the session, for a desktop shortcut or a pedal (`pasapas
 * tell`).
 *
 * A datagram socket in the learner's runtime folder (folder 0700, socket 0600): one datagram is one
 * line, as if it were typed. The socket of a session that was killed is taken over. Thread: main.
 */
#ifndef PASAPAS_APP_REMOTE_COMMANDS_H
#define PASAPAS_APP_REMOTE_COMMANDS_H

#include <stddef.h>

struct remote_commands;

#define REMOTE_COMMANDS_LINE_MAX 512 /* bytes, with the NUL */

/* Opens the socket. 0; or -1 with errno, EADDRINUSE when another session has it. */
int remote_commands_open(struct remote_commands **ret_remote);
void remote_commands_close(struct remote_commands *remote);

/* The descriptor to wait on. */
int remote_commands_fd(const struct remote_commands *remote);

/* Takes one line. 0, or -1 if there is none or it is no text. */
int remote_commands_receive(struct remote_commands *remote,
                            char ret_line[REMOTE_COMMANDS_LINE_MAX]);

/* From another process: gives a line to the running session. 0, or -1 with errno. */
int remote_commands_send(const char *line);

#endif
