/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/keystroke.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

static const struct {
    const char *bytes;
    enum keystroke_kind kind;
    const char *name;
} sequences[] = {
    {"\x1b[A", KEYSTROKE_KEY, "up"},      {"\x1bOA", KEYSTROKE_KEY, "up"},
    {"\x1b[B", KEYSTROKE_KEY, "down"},    {"\x1bOB", KEYSTROKE_KEY, "down"},
    {"\x1b[C", KEYSTROKE_KEY, "right"},   {"\x1bOC", KEYSTROKE_KEY, "right"},
    {"\x1b[D", KEYSTROKE_KEY, "left"},    {"\x1bOD", KEYSTROKE_KEY, "left"},
    {"\x1b[200~", KEYSTROKE_PASTE, NULL}, {"\x1b[201~", KEYSTROKE_PASTE_END, NULL},
};

/* Sequences are shorter. */
#define SEQUENCE_BYTES 32

static struct keystroke of(enum keystroke_kind kind, size_t length)
{
    return (struct keystroke){.kind = kind, .length = length};
}

/* How long a sequence is that begins with Escape; 1: it is the key alone; 0: more must come. */
static size_t sequence_length(const char *bytes, size_t count)
{
    if (count < 2)
        return 0;
    if (bytes[1] == 'O')
        return count < 3 ? 0 : 3;
    if (bytes[1] != '[')
        return 1;
    /* The function keys of the Linux console: ESC [ [ A. */
    if (count > 2 && bytes[2] == '[')
        return count < 4 ? 0 : 4;
    size_t length = 2;
    while (length < count && bytes[length] >= 0x20 && bytes[length] < 0x40)
        length++;
    if (length == count)
        return 0;
    return bytes[length] >= 0x40 && bytes[length] < 0x7f ? length + 1 : length;
}

static struct keystroke escape(const char *bytes, size_t count, bool all)
{
    size_t length = sequence_length(bytes, count);
    if (!length && !all)
        return of(KEYSTROKE_NONE, 0);
    if (!length)
        length = count;
    if (length == 1)
        return (struct keystroke){KEYSTROKE_KEY, 1, "escape"};
    for (size_t i = 0; i < COUNT_OF(sequences); i++)
        if (strlen(sequences[i].bytes) == length && !memcmp(sequences[i].bytes, bytes, length))
            return (struct keystroke){sequences[i].kind, length, sequences[i].name};
    return of(KEYSTROKE_OTHER, length);
}

static struct keystroke control(char byte)
{
    switch (byte) {
    case '\n':
    case '\r':
        return of(KEYSTROKE_ENTER, 1);
    case '\b':
    case 0x7f:
        return of(KEYSTROKE_ERASE, 1);
    case 'U' & 0x1f:
        return of(KEYSTROKE_ERASE_ALL, 1);
    case 'W' & 0x1f:
        return of(KEYSTROKE_ERASE_WORD, 1);
    case 'D' & 0x1f:
        return of(KEYSTROKE_END, 1);
    default:
        return of(KEYSTROKE_OTHER, 1);
    }
}

static size_t character_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    return first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static struct keystroke character(const char *bytes, size_t count, bool all)
{
    const size_t length = character_length((unsigned char)bytes[0]);
    for (size_t i = 1; i < length && i < count; i++)
        if (((unsigned char)bytes[i] & 0xc0) != 0x80)
            return of(KEYSTROKE_OTHER, i);
    if (!length)
        return of(KEYSTROKE_OTHER, 1);
    if (length > count)
        return all ? of(KEYSTROKE_OTHER, count) : of(KEYSTROKE_NONE, 0);
    /* The control characters above ASCII could drive a terminal; longer forms are no characters. */
    const bool drives = (unsigned char)bytes[0] == 0xc2 && (unsigned char)bytes[1] < 0xa0;
    const bool is_text = !drives && text_utf8_error(bytes, length) == length;
    return of(is_text ? KEYSTROKE_CHARACTER : KEYSTROKE_OTHER, length);
}

struct keystroke keystroke_read(const char *bytes, size_t count, bool all)
{
    const unsigned char first = (unsigned char)bytes[0];
    if (first == 0x1b)
        return escape(bytes, count, all);
    return first < 0x20 || first == 0x7f ? control(bytes[0]) : character(bytes, count, all);
}

struct keystroke keystroke_read_tail(const char *begun, const char *bytes, size_t count, bool all)
{
    char whole[SEQUENCE_BYTES];
    const size_t before = strlen(begun), room = sizeof whole - before;
    const size_t length = count < room ? count : room;
    memcpy(whole, begun, before);
    memcpy(whole + before, bytes, length);
    const struct keystroke sequence = escape(whole, before + length, false);
    if (sequence.kind == KEYSTROKE_NONE && !all && count < room)
        return sequence;
    /* Behind Escape alone, a word may begin with O: of those only the arrows are meant. */
    const bool is_tail = sequence.length > (before > 2 ? before : 2) &&
                         (whole[1] == '[' || sequence.kind == KEYSTROKE_KEY);
    if (!is_tail)
        return keystroke_read(bytes, count, all);
    const bool is_paste = sequence.kind == KEYSTROKE_PASTE || sequence.kind == KEYSTROKE_PASTE_END;
    return of(is_paste ? sequence.kind : KEYSTROKE_OTHER, sequence.length - before);
}
