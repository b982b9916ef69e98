/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plays a session in a pseudo-terminal, as a screen reader or a braille line sees it:
 *
 *     terminal COLUMNS SCRIPT PROGRAM ARGUMENT...
 *
 * A line of the script behind "! " is pressed once all lines before it have come: "space", "enter",
 * "left", "right", "up", "down", "escape", or the characters themselves. All other lines must come
 * as they are, and nothing else. It fails on the first byte that is neither text nor the end of a
 * line: escape sequences, bells, backspaces, carriage returns of a redraw. TERM is "dumb". Nothing
 * is known of time but that a line that has not come after WAIT_MS will not come.
 */
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define WAIT_MS 30000

struct terminal {
    int person; /* our side */
    pid_t program;
    struct strbuf seen; /* came and was not yet compared */
    bool ended;
};

static void fail(const struct terminal *terminal, const char *what, const char *detail)
{
    fprintf(stderr, "FAILED: %s: %s\nWhat came instead: %s\n", what, detail,
            terminal->seen.text ? terminal->seen.text : "");
    kill(terminal->program, SIGKILL);
    exit(1);
}

static void start(struct terminal *terminal, int columns, char **arguments)
{
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = 4};
    terminal->person = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal->person < 0 || grantpt(terminal->person) || unlockpt(terminal->person)) {
        perror("posix_openpt");
        exit(77);
    }
    const char *name = ptsname(terminal->person);
    int side = open(name, O_RDWR | O_NOCTTY);
    ioctl(side, TIOCSWINSZ, &size);
    terminal->program = fork();
    if (terminal->program)
        return; /* `side` stays open: keys may be pressed before the program is there */
    setsid();
    ioctl(side, TIOCSCTTY, 0);
    dup2(side, 0);
    dup2(side, 1);
    dup2(side, 2);
    close(side);
    close(terminal->person);
    setenv("TERM", "dumb", 1);
    execv(arguments[0], arguments);
    _exit(127);
}

/* Every byte is text or ends a line. */
static void check(const struct terminal *terminal)
{
    const char *bytes = terminal->seen.text;
    for (size_t i = 0; i < terminal->seen.length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        char detail[32];
        snprintf(detail, sizeof detail, "byte 0x%02x", byte);
        bool last = i + 1 == terminal->seen.length;
        if (byte == '\r' && !last && bytes[i + 1] != '\n')
            fail(terminal, "a line is written over", detail);
        if ((byte < 0x20 && byte != '\r' && byte != '\n') || byte == 0x7f ||
            (byte == 0xc2 && !last && (unsigned char)bytes[i + 1] < 0xa0))
            fail(terminal, "a control character", detail);
    }
}

static void receive(struct terminal *terminal, const char *awaited)
{
    char block[4096];
    struct pollfd wait = {.fd = terminal->person, .events = POLLIN};
    if (poll(&wait, 1, WAIT_MS) <= 0)
        fail(terminal, "this did not come", awaited);
    ssize_t got = read(terminal->person, block, sizeof block);
    if (got > 0)
        strbuf_add_bytes(&terminal->seen, block, (size_t)got);
    else
        fail(terminal, "the program ended before", awaited);
    check(terminal);
}

/* Takes the next line and compares it. */
static void expect(struct terminal *terminal, const char *line)
{
    const char *end;
    while (!(terminal->seen.length && (end = strstr(terminal->seen.text, "\r\n"))))
        receive(terminal, line);
    size_t length = (size_t)(end - terminal->seen.text);
    if (length != strlen(line) || memcmp(terminal->seen.text, line, length))
        fail(terminal, "another line was expected", line);
    char *rest = xstrdup(end + 2);
    strbuf_truncate(&terminal->seen, 0);
    strbuf_add(&terminal->seen, rest);
    free(rest);
}

static void press(const struct terminal *terminal, const char *key)
{
    static const struct {
        const char *name, *bytes;
    } named[] = {
        {"space", " "},      {"enter", "\r"},    {"up", "\x1b[A"},   {"down", "\x1b[B"},
        {"right", "\x1b[C"}, {"left", "\x1b[D"}, {"escape", "\x1b"},
    };
    const char *bytes = key;
    for (size_t i = 0; i < COUNT_OF(named); i++)
        if (!strcmp(named[i].name, key))
            bytes = named[i].bytes;
    if (write(terminal->person, bytes, strlen(bytes)) < 0)
        fail(terminal, "a key could not be pressed", key);
}

/* The program ends well, and says nothing more. */
static void expect_end(struct terminal *terminal)
{
    int status = 0;
    if (waitpid(terminal->program, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status))
        fail(terminal, "the program ends well", "exit code");
    struct pollfd wait = {.fd = terminal->person, .events = POLLIN};
    if (poll(&wait, 1, 0) > 0 && wait.revents & POLLIN)
        receive(terminal, "");
    if (terminal->seen.length)
        fail(terminal, "nothing more was expected", "");
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    FILE *script = fopen(argv[2], "r");
    if (!script) {
        perror(argv[2]);
        return 2;
    }
    struct terminal terminal = {0};
    char *line = NULL;
    size_t capacity = 0;
    start(&terminal, atoi(argv[1]), argv + 3);
    for (ssize_t length; (length = getline(&line, &capacity, script)) > 0;) {
        line[strcspn(line, "\n")] = '\0';
        if (!strncmp(line, "! ", 2))
            press(&terminal, line + 2);
        else
            expect(&terminal, line);
    }
    expect_end(&terminal);
    free(line);
    fclose(script);
    strbuf_free(&terminal.seen);
    return 0;
}
