/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * typed_line: the line that is being typed on a terminal, and how it is seen there: behind "> ",
 * character by character. It only ever adds to what stands there, but for a backspace at the end of
 * a line that fits; where even that is not wanted (a simple terminal) the line is written once
 * more. When something else is to be written it steps aside: its row is ended, and the row is
 * written anew behind the other one, so that what a braille line or a screen reader shows last is
 * always the line being typed. A hidden line (a secret may be typed) is not seen at all. Thread:
 * main.
 */
#ifndef PASAPAS_APP_TYPED_LINE_H
#define PASAPAS_APP_TYPED_LINE_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a line at most; what comes after them is dropped. No phrase is that long. */
#define TYPED_LINE_MAX 4096

struct terminal;

struct typed_line {
    const struct terminal *terminal;
    bool open;   /* it was begun and has not ended */
    bool hidden; /* open: nothing of it is shown */
    bool shown;  /* open: it stands in the last row */
    struct strbuf text;
};

void typed_line_open(struct typed_line *line, bool hidden); /* begins one; not while one is open */
void typed_line_free(struct typed_line *line);

/* One whole character at its end; what is longer than any phrase is dropped. */
void typed_line_add(struct typed_line *line, const char *character, size_t length);
/* Its last character, its last word with the spaces behind it, all of it. */
void typed_line_erase(struct typed_line *line);
void typed_line_erase_word(struct typed_line *line);
void typed_line_erase_all(struct typed_line *line);

/* Nothing more is shown of it from now on. */
void typed_line_hide(struct typed_line *line);
void typed_line_step_aside(struct typed_line *line);
/* Shows it again, if it is open and has stepped aside. */
void typed_line_show(struct typed_line *line);

/* Enter: its row ends, its text stays until the next one is opened. */
void typed_line_end(struct typed_line *line);
/* It is forgotten. */
void typed_line_drop(struct typed_line *line);

#endif
