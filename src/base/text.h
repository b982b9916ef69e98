/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text: the few things the program must know about UTF-8 text (with utf8proc).
 *
 * Thread: any; no state. All text is NUL-terminated UTF-8 unless a length is given.
 */
#ifndef PASAPAS_BASE_TEXT_H
#define PASAPAS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Offset in bytes of the first byte that is not valid UTF-8, or `length` if all is valid. */
size_t text_utf8_error(const char *bytes, size_t length);

/*
 * Offset in bytes of the first control character (C0 but tab and line feed, DEL, C1) or invisible
 * direction mark (U+202A..202E, U+2066..2069) in valid UTF-8, or `length` if there is none. These
 * could drive a terminal or hide text from a reader, so no file of ours may hold them.
 */
size_t text_control_error(const char *bytes, size_t length);

/* True if there is none, and all is valid UTF-8. */
bool text_is_clean(const char *text);

/*
 * Whether a character may stand in a text that is echoed: it is none that text_control_error()
 * finds, and no mark of direction or of lines. (Tab and line feed may not begin a line of ours, but
 * drive nothing.)
 */
bool text_may_be_shown(int32_t code_point);

/*
 * A text from outside (a name, a file's name, what was typed) as one line that a terminal can be
 * given: what may not be shown, and bytes that are not UTF-8, become U+FFFD, ends of lines and tabs
 * spaces. To be freed with free().
 */
char *text_shown(const char *text);

/*
 * Reads one code point at *text and moves *text behind it; returns 0 at the end. A byte that is
 * not UTF-8 counts as U+FFFD.
 */
int32_t text_next(const char **text);

/* Appends one code point to a buffer of at least 5 bytes and NUL-terminates it; returns its bytes.
 */
size_t text_encode(int32_t code_point, char *ret_bytes);

/* Number of code points. */
size_t text_length(const char *text);

/*
 * The form in which phrases and typed words are compared: lower case, no accents (œ as oe, æ as
 * ae), every run of characters that are neither letters nor digits as one space, none at the ends.
 * "  Où suis-je ?" and "ou suis je" fold to the same. To be freed with free().
 */
char *text_fold(const char *text);

/* True if the two texts fold to the same. */
bool text_same(const char *a, const char *b);

/* A copy without white space at both ends. To be freed with free(). */
char *text_trim(const char *text);

#endif
