/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/keyboard.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A line longer than this is cut: no phrase is that long. */
#define LINE_MAX_BYTES 4096

struct keyboard {
    int fd;
    bool terminal;  /* fd is a terminal */
    bool keys;      /* single keys act */
    bool enter_key; /* keys: Enter alone is a key */
    bool typing;    /* keys: a line is being typed */
    bool ended;
    bool told_end;
    struct termios before;
    struct strbuf bytes; /* read and not yet taken */
    size_t taken;        /* bytes of it already given */
    struct strbuf text;  /* what keyboard_next() gives */
};

static void set_raw(const struct keyboard *input)
{
    struct termios raw = input->before;
    /* Signals stay on: Ctrl-C ends the program whatever else happens. */
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(input->fd, TCSANOW, &raw);
}

struct keyboard *keyboard_open(int fd, bool single_keys)
{
    struct keyboard *input = xcalloc(1, sizeof *input);
    input->fd = fd;
    input->terminal = isatty(fd) && !tcgetattr(fd, &input->before);
    keyboard_set_keys(input, single_keys);
    return input;
}

void keyboard_set_keys(struct keyboard *input, bool single_keys)
{
    bool keys = input->terminal && single_keys;
    if (keys && !input->keys)
        set_raw(input);
    else if (!keys && input->keys)
        tcsetattr(input->fd, TCSANOW, &input->before);
    input->keys = keys;
    input->typing = false;
}

void keyboard_set_enter_key(struct keyboard *input, bool on)
{
    input->enter_key = on;
}

void keyboard_close(struct keyboard *input)
{
    if (!input)
        return;
    if (input->keys)
        tcsetattr(input->fd, TCSANOW, &input->before);
    strbuf_free(&input->bytes);
    strbuf_free(&input->text);
    free(input);
}

int keyboard_fd(const struct keyboard *input)
{
    return input->ended ? -1 : input->fd;
}

bool keyboard_is_terminal(const struct keyboard *input)
{
    return input->terminal;
}

void keyboard_read(struct keyboard *input)
{
    char block[4096];
    struct pollfd wait = {.fd = input->fd, .events = POLLIN};
    if (input->ended || poll(&wait, 1, 0) <= 0)
        return;
    ssize_t got = read(input->fd, block, sizeof block);
    if (got > 0)
        strbuf_add_bytes(&input->bytes, block, (size_t)got);
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        input->ended = true;
}

static size_t left(const struct keyboard *input)
{
    return input->bytes.length - input->taken;
}

static const char *at(const struct keyboard *input)
{
    return input->bytes.text ? input->bytes.text + input->taken : "";
}

static void take(struct keyboard *input, size_t count)
{
    input->taken += count;
    if (input->taken < input->bytes.length)
        return;
    strbuf_truncate(&input->bytes, 0);
    input->taken = 0;
}

static void set_text(struct keyboard *input, const char *bytes, size_t length)
{
    strbuf_truncate(&input->text, 0);
    strbuf_add_bytes(&input->text, bytes, length);
}

/* --- lines ----------------------------------------------------------------------------------- */

static enum keyboard_kind next_line(struct keyboard *input)
{
    const char *start = at(input);
    size_t available = left(input);
    const char *end = available ? memchr(start, '\n', available) : NULL;
    if (!end && !(available && input->ended) && available < LINE_MAX_BYTES)
        return KEYBOARD_NOTHING;
    size_t length = end ? (size_t)(end - start) : available;
    size_t used = end ? length + 1 : length;
    if (length && start[length - 1] == '\r')
        length--;
    set_text(input, start, length < LINE_MAX_BYTES ? length : LINE_MAX_BYTES);
    take(input, used);
    return KEYBOARD_LINE;
}

/* --- keys ------------------------------------------------------------------------------------ */

static void echo(const struct keyboard *input, const char *bytes, size_t length)
{
    /* The terminal's own echo is off; what is typed must still be seen and read. */
    ssize_t ignored = write(input->fd, bytes, length);
    (void)ignored;
}

static const struct {
    const char *sequence, *name;
} special_keys[] = {
    {"\x1b[A", "up"},    {"\x1bOA", "up"},    {"\x1b[B", "down"}, {"\x1bOB", "down"},
    {"\x1b[C", "right"}, {"\x1bOC", "right"}, {"\x1b[D", "left"}, {"\x1bOD", "left"},
};

/* The length of an unknown escape sequence (CSI or SS3), so that it does not act as letters. */
static size_t sequence_length(const char *bytes, size_t available)
{
    if (available < 2 || (bytes[1] != '[' && bytes[1] != 'O'))
        return 1;
    size_t length = 2;
    while (length < available && (unsigned char)bytes[length] < 0x40)
        length++;
    return length < available ? length + 1 : length;
}

static enum keyboard_kind next_special(struct keyboard *input)
{
    for (size_t i = 0; i < COUNT_OF(special_keys); i++) {
        size_t length = strlen(special_keys[i].sequence);
        if (left(input) < length || memcmp(at(input), special_keys[i].sequence, length))
            continue;
        set_text(input, special_keys[i].name, strlen(special_keys[i].name));
        take(input, length);
        return KEYBOARD_KEY;
    }
    size_t length = sequence_length(at(input), left(input));
    take(input, length);
    if (length > 1)
        return KEYBOARD_NOTHING;
    set_text(input, "escape", 6);
    return KEYBOARD_KEY;
}

/* Takes what was typed into the line that is being written; true when Enter ended it. */
static bool type_on(struct keyboard *input)
{
    while (left(input)) {
        char byte = *at(input);
        take(input, 1);
        if (byte == '\n' || byte == '\r') {
            echo(input, "\n", 1);
            return true;
        }
        if ((byte == 0x7f || byte == '\b') && input->text.length) {
            size_t length = input->text.length;
            do
                length--;
            while (length && ((unsigned char)input->text.text[length] & 0xc0) == 0x80);
            strbuf_truncate(&input->text, length);
            echo(input, "\b \b", 3);
        } else if ((unsigned char)byte >= 0x20 && byte != 0x7f &&
                   input->text.length < LINE_MAX_BYTES) {
            strbuf_add_char(&input->text, byte);
            echo(input, &byte, 1);
        }
    }
    return false;
}

void keyboard_expect_line(struct keyboard *input, bool line)
{
    if (!input->keys || input->typing == line || (!line && input->text.length))
        return;
    strbuf_truncate(&input->text, 0);
    strbuf_add(&input->text, "");
    echo(input, line ? "> " : "\n", line ? 2 : 1);
    input->typing = line;
}

static size_t character_length(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* A word and its Enter in one go: pasted, or typed by a pedal. Keys pressed fast are not that. */
static bool arrived_as_line(const struct keyboard *input)
{
    return memchr(at(input), '\n', left(input)) || memchr(at(input), '\r', left(input));
}

static enum keyboard_kind next_key(struct keyboard *input)
{
    if (input->typing) {
        if (!type_on(input) && !input->ended)
            return KEYBOARD_NOTHING;
        input->typing = false;
        return KEYBOARD_LINE;
    }
    if (!left(input))
        return KEYBOARD_NOTHING;
    char first = *at(input);
    if (first == '\x1b')
        return next_special(input);
    size_t length = character_length((unsigned char)first);
    bool enter = first == '\n' || first == '\r';
    /* The two keys that switches give: never part of a line here, however fast they come. */
    if (input->enter_key && (enter || first == ' ')) {
        set_text(input, enter ? "enter" : " ", enter ? 5 : 1);
        take(input, 1);
        return KEYBOARD_KEY;
    }
    if (enter || arrived_as_line(input)) {
        strbuf_truncate(&input->text, 0);
        strbuf_add(&input->text, "");
        if (enter)
            take(input, 1);
        echo(input, "> ", 2);
        input->typing = true;
        return next_key(input);
    }
    set_text(input, at(input), left(input) < length ? left(input) : length);
    take(input, length);
    return KEYBOARD_KEY;
}

enum keyboard_kind keyboard_next(struct keyboard *input, const char **ret_text)
{
    enum keyboard_kind kind = KEYBOARD_NOTHING;
    /* An unknown escape sequence gives nothing, but more may stand behind it. */
    do
        kind = input->keys ? next_key(input) : next_line(input);
    while (kind == KEYBOARD_NOTHING && input->keys && !input->typing && left(input));
    if (kind == KEYBOARD_NOTHING && input->ended && !input->told_end) {
        input->told_end = true;
        return KEYBOARD_END;
    }
    if (kind == KEYBOARD_KEY || kind == KEYBOARD_LINE)
        *ret_text = input->text.text ? input->text.text : "";
    return kind;
}
