/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * remote_commands: commands from outside the session, for a desktop shortcut or a pedal (`pasapas
 * tell`).
 *
 * A datagram socket in the learner's runtime folder (folder 0700, socket 0600): one datagram is one
 * line, as if it were typed. One that begins with an ENQ character asks for the state too, once the
 * line, if there is any, is obeyed. The socket of a session that was killed is taken over. Thread:
 * main.
 */
#ifndef PASAPAS_APP_REMOTE_COMMANDS_H
#define PASAPAS_APP_REMOTE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

struct remote_commands;

#define REMOTE_COMMANDS_LINE_MAX 512 /* bytes, with the NUL */

/* Opens the socket. 0; or -1 with errno, EADDRINUSE when another session has it. */
int remote_commands_open(struct remote_commands **ret_remote);
void remote_commands_close(struct remote_commands *remote);

/* The descriptor to wait on. */
int remote_commands_fd(const struct remote_commands *remote);

struct remote_command {
    char line[REMOTE_COMMANDS_LINE_MAX]; /* "" where only the state is asked for */
    bool asks;                           /* an answer is waited for */
    struct sockaddr_un from;             /* by whom */
    socklen_t from_size;
};

/* Takes one command. 0, or -1 if there is none or it is no text. */
int remote_commands_receive(struct remote_commands *remote, struct remote_command *ret_command);

/* Answers one that asks. Waits for nobody: an answer that is not taken is lost. */
void remote_commands_answer(struct remote_commands *remote, const struct remote_command *command,
                            const char *text);

/* From another process: gives a line to the running session. 0, or -1 with errno. */
int remote_commands_send(const char *line);
/* The same, and waits for the state; `line` may be "". To be freed with free(). -1 with EAGAIN: the
 * session does not answer. */
int remote_commands_ask(const char *line, char **ret_answer);

#endif
