/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/remote_commands.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* A session that is stopped (Ctrl-Z) reads nothing; who tells it something is not stopped with it.
 */
#define ANSWER_SECONDS 2

/* ENQ, before the line: no text has it, so a session of an older version leaves it out. */
#define ASKING '\x05'

struct remote_commands {
    int fd;
    struct sockaddr_un address;
};

static int make_address(struct sockaddr_un *ret_address)
{
    char *folder = paths_runtime();
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/session", folder);
    int result = paths_make(folder, 0700);
    /* Who could bind the name before us would read what is told. */
    if (!result && !paths_is_private(folder)) {
        errno = EACCES;
        result = -1;
    }
    free(folder);
    if (result)
        return -1;
    if (length >= (int)sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    *ret_address = address;
    return 0;
}

/* A socket connected to the running session, or -1 with errno. */
static int connect_to(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (!connect(fd, (const struct sockaddr *)address, sizeof *address))
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static int bind_private(int fd, const struct sockaddr_un *address)
{
    mode_t before = umask(0077);
    int result = bind(fd, (const struct sockaddr *)address, sizeof *address);
    umask(before);
    return result;
}

int remote_commands_open(struct remote_commands **ret_remote)
{
    struct sockaddr_un address;
    if (make_address(&address))
        return -1;
    int other = connect_to(&address);
    if (other >= 0) {
        close(other);
        errno = EADDRINUSE;
        return -1;
    }
    /* Nobody answers there: a session was killed and left its socket. */
    if (errno == ECONNREFUSED)
        unlink(address.sun_path);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    if (bind_private(fd, &address)) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    struct remote_commands *remote = xcalloc(1, sizeof *remote);
    remote->fd = fd;
    remote->address = address;
    *ret_remote = remote;
    return 0;
}

void remote_commands_close(struct remote_commands *remote)
{
    if (!remote)
        return;
    unlink(remote->address.sun_path);
    close(remote->fd);
    free(remote);
}

int remote_commands_fd(const struct remote_commands *remote)
{
    return remote->fd;
}

int remote_commands_receive(struct remote_commands *remote, struct remote_command *ret_command)
{
    char line[1 + REMOTE_COMMANDS_LINE_MAX];
    struct remote_command command = {.from_size = sizeof command.from};
    ssize_t got = recvfrom(remote->fd, line, sizeof line - 1, 0, (struct sockaddr *)&command.from,
                           &command.from_size);
    if (got <= 0)
        return -1;
    line[got] = '\0';
    command.asks = *line == ASKING;
    const char *text = line + (command.asks ? 1 : 0);
    if (!text_is_clean(text) || strlen(text) >= sizeof command.line)
        return -1;
    memcpy(command.line, text, strlen(text) + 1);
    *ret_command = command;
    return 0;
}

void remote_commands_answer(struct remote_commands *remote, const struct remote_command *command,
                            const char *text)
{
    (void)!sendto(remote->fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT,
                  (const struct sockaddr *)&command->from, command->from_size);
}

/* --- from another process --------------------------------------------------------------------- */

/* Connected to the session, and patient for so long. */
static int connect_to_session(void)
{
    struct sockaddr_un address;
    const struct timeval patience = {.tv_sec = ANSWER_SECONDS};
    if (make_address(&address))
        return -1;
    const int fd = connect_to(&address);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return fd;
}

static int send_text(int fd, const char *text)
{
    return send(fd, text, strlen(text), MSG_NOSIGNAL) < 0 ? -1 : 0;
}

/* Takes the answer, whatever its length. */
static int receive_text(int fd, char **ret_text)
{
    const ssize_t size = recv(fd, NULL, 0, MSG_PEEK | MSG_TRUNC);
    if (size < 0)
        return -1;
    char *text = xmalloc((size_t)size + 1);
    const ssize_t got = recv(fd, text, (size_t)size, 0);
    if (got < 0) {
        free(text);
        return -1;
    }
    text[got] = '\0';
    *ret_text = text;
    return 0;
}

/* A name of its own is given by the kernel, and only who it is connected to can answer there. */
static int ask(int fd, const char *line, char **ret_answer)
{
    const struct sockaddr_un own = {.sun_family = AF_UNIX};
    char *question = xasprintf("%c%s", ASKING, line);
    int result = bind(fd, (const struct sockaddr *)&own, sizeof own.sun_family);
    if (!result)
        result = send_text(fd, question);
    free(question);
    return result ? result : receive_text(fd, ret_answer);
}

static int close_after(int fd, int result)
{
    const int error = errno;
    close(fd);
    errno = error;
    return result;
}

static bool is_too_long(const char *line)
{
    errno = EMSGSIZE;
    return strlen(line) >= REMOTE_COMMANDS_LINE_MAX;
}

int remote_commands_send(const char *line)
{
    const int fd = is_too_long(line) ? -1 : connect_to_session();
    return fd < 0 ? -1 : close_after(fd, send_text(fd, line));
}

int remote_commands_ask(const char *line, char **ret_answer)
{
    const int fd = is_too_long(line) ? -1 : connect_to_session();
    return fd < 0 ? -1 : close_after(fd, ask(fd, line, ret_answer));
}
