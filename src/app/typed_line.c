/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/typed_line.h"

#include "app/terminal.h"

#include <string.h>
#include <utf8proc.h>

#define PROMPT "> "

static void echo(const struct typed_line *line, const char *bytes, size_t length)
{
    terminal_write(line->terminal, bytes, length);
}

void typed_line_open(struct typed_line *line, bool hidden)
{
    strbuf_truncate(&line->text, 0);
    strbuf_add(&line->text, "");
    line->open = true;
    line->hidden = hidden;
    line->shown = false;
    typed_line_show(line);
}

void typed_line_free(struct typed_line *line)
{
    strbuf_free(&line->text);
}

void typed_line_show(struct typed_line *line)
{
    if (!line->open || line->hidden || line->shown)
        return;
    echo(line, PROMPT, strlen(PROMPT));
    echo(line, line->text.text, line->text.length);
    line->shown = true;
}

void typed_line_step_aside(struct typed_line *line)
{
    if (line->shown)
        echo(line, "\n", 1);
    line->shown = false;
}

void typed_line_hide(struct typed_line *line)
{
    typed_line_step_aside(line);
    line->hidden = true;
}

void typed_line_add(struct typed_line *line, const char *character, size_t length)
{
    if (line->text.length + length > TYPED_LINE_MAX)
        return;
    typed_line_show(line);
    strbuf_add_bytes(&line->text, character, length);
    if (line->shown)
        echo(line, character, length);
}

/* --- erasing ---------------------------------------------------------------------------------- */

/* The columns of a text, or -1 if that is not known. */
static int columns(const char *text, size_t length)
{
    int total = 0;
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t character;
        const utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                       (utf8proc_ssize_t)(length - at), &character);
        if (size <= 0)
            return -1;
        total += utf8proc_charwidth(character);
        at += (size_t)size;
    }
    return total;
}

/* Cuts the text, and takes back what is seen of it: by backspaces while all of it is in one row,
 * else by a new row. */
static void cut(struct typed_line *line, size_t length)
{
    const int before = columns(line->text.text, line->text.length);
    const int after = columns(line->text.text, length);
    const int row = terminal_columns(line->terminal);
    strbuf_truncate(&line->text, length);
    if (!line->shown)
        return;
    if (line->terminal->simple || before < 0 || (int)strlen(PROMPT) + before >= row) {
        typed_line_step_aside(line);
        typed_line_show(line);
        return;
    }
    for (int i = after; i < before; i++)
        echo(line, "\b \b", 3);
}

static size_t before_last(const struct typed_line *line, size_t length)
{
    do
        length--;
    while (length && ((unsigned char)line->text.text[length] & 0xc0) == 0x80);
    return length;
}

void typed_line_erase(struct typed_line *line)
{
    if (line->text.length)
        cut(line, before_last(line, line->text.length));
}

void typed_line_erase_word(struct typed_line *line)
{
    size_t length = line->text.length;
    while (length && line->text.text[length - 1] == ' ')
        length--;
    while (length && line->text.text[length - 1] != ' ')
        length--;
    if (length < line->text.length)
        cut(line, length);
}

void typed_line_erase_all(struct typed_line *line)
{
    if (line->text.length)
        cut(line, 0);
}

/* --- ending ----------------------------------------------------------------------------------- */

void typed_line_end(struct typed_line *line)
{
    /* It stands before what answers it. */
    typed_line_show(line);
    typed_line_step_aside(line);
    line->open = false;
}

void typed_line_drop(struct typed_line *line)
{
    typed_line_step_aside(line);
    line->open = false;
    strbuf_truncate(&line->text, 0);
}
