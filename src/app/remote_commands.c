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
#define SEND_SECONDS 2

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

int remote_commands_receive(struct remote_commands *remote, char ret_line[REMOTE_COMMANDS_LINE_MAX])
{
    char line[REMOTE_COMMANDS_LINE_MAX];
    ssize_t got = recv(remote->fd, line, sizeof line - 1, 0);
    if (got <= 0)
        return -1;
    line[got] = '\0';
    if (!text_is_clean(line))
        return -1;
    memcpy(ret_line, line, strlen(line) + 1);
    return 0;
}

int remote_commands_send(const char *line)
{
    struct sockaddr_un address;
    if (strlen(line) >= REMOTE_COMMANDS_LINE_MAX) {
        errno = EMSGSIZE;
        return -1;
    }
    if (make_address(&address))
        return -1;
    int fd = connect_to(&address);
    if (fd < 0)
        return -1;
    const struct timeval patience = {.tv_sec = SEND_SECONDS};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    ssize_t sent = send(fd, line, strlen(line), MSG_NOSIGNAL);
    int error = errno;
    close(fd);
    errno = error;
    return sent < 0 ? -1 : 0;
}
