/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keystroke: the bytes of a terminal as what was pressed: a character, a key with a name, a key
 * that edits, the marks around a paste. Pure. Thread: any.
 */
#ifndef PASAPAS_APP_KEYSTROKE_H
#define PASAPAS_APP_KEYSTROKE_H

#include <stdbool.h>
#include <stddef.h>

enum keystroke_kind {
    KEYSTROKE_NONE,       /* the bytes begin something that is not all there */
    KEYSTROKE_CHARACTER,  /* one that can stand in a line */
    KEYSTROKE_KEY,        /* `name`: "left", "right", "up", "down", "escape" */
    KEYSTROKE_ENTER,      /* ends a line */
    KEYSTROKE_ERASE,      /* Backspace */
    KEYSTROKE_ERASE_WORD, /* Ctrl-W */
    KEYSTROKE_ERASE_ALL,  /* Ctrl-U */
    KEYSTROKE_END,        /* Ctrl-D */
    KEYSTROKE_PASTE,      /* what follows is pasted, */
    KEYSTROKE_PASTE_END,  /* up to here */
    KEYSTROKE_OTHER       /* a key that means nothing here, or no text at all */
};

struct keystroke {
    enum keystroke_kind kind;
    size_t length; /* in bytes */
    const char *name;
};

/* The first of `count` bytes, at least one. `all`: nothing more belongs to them, so an Escape that
 * stands alone is that key, and NONE is never given. */
struct keystroke keystroke_read(const char *bytes, size_t count, bool all);

/* The same a moment after `begun`: Escape, alone or with what followed it at once, which was taken
 * as all that comes (fewer than KEYSTROKE_BEGUN bytes). If these bytes are the rest of that
 * sequence they are OTHER: what was pressed has had its effect; but a mark of a paste is that mark.
 */
#define KEYSTROKE_BEGUN 8
struct keystroke keystroke_read_tail(const char *begun, const char *bytes, size_t count, bool all);

#endif
