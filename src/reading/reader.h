/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader: the text being read, the place in it, and the words so far. For src/reading only.
 *
 * The text is an array of characters, cleaned: composed, one kind of apostrophe, hyphen and space,
 * nothing invisible.
 */
#ifndef PASAPAS_READING_READER_H
#define PASAPAS_READING_READER_H

#include "base/strbuf.h"
#include "reading/rules.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stands between the last words and the next. */
enum reader_join { JOIN_SPACE, JOIN_NONE, JOIN_HYPHEN, JOIN_PAUSE };

/* What was last written. */
enum reader_last {
    LAST_NOTHING,
    LAST_WORD, /* as it was in the text */
    LAST_SPOKEN,
    LAST_NUMBER,
    LAST_UNIT,
    LAST_REFERENCE,
    LAST_ADDRESS
};

#define READER_WORD 32 /* bytes kept of the previous word */

struct reader {
    const struct reading_rules *rules;
    bool names_symbols;     /* symbols are said, not passed over */
    bool names_punctuation; /* punctuation is named, not only heard as a pause */
    int32_t *text;
    size_t length;
    size_t at;
    struct strbuf out;
    enum reader_join join;
    enum reader_last last;
    uint64_t number;                 /* with LAST_NUMBER or LAST_UNIT: its value, if small */
    const struct reading_unit *unit; /* with LAST_UNIT: the unit, or NULL */
    const char *groups;              /* in which an identifier just named is said, or NULL */
    size_t date_end;                 /* where the last date without a year ended; 0 before one */
    size_t words_since_number;
    int telephone;              /* words left in which a number may be a telephone's */
    int reference;              /* words left in which a number may be a reference */
    size_t address_end;         /* the blank that ends what could be an address, once searched */
    char previous[READER_WORD]; /* the previous word in lower case; "" after a sentence */
};

/* Cleans a text for reading. reader_close() frees what the reader holds. */
void reader_open(struct reader *reader, const struct reading_rules *rules, const char *text);
void reader_close(struct reader *reader);

/* --- characters --- */
int32_t reader_peek(const struct reader *reader, size_t at); /* 0 beyond the end */
int32_t reader_before(const struct reader *reader, size_t at);
/* Neither a letter nor a digit stands at `at`. */
bool reader_is_boundary(const struct reader *reader, size_t at);
size_t reader_digits(const struct reader *reader, size_t at); /* how many follow */
/* `count` characters as text, lower-cased if `lower`; to be freed with free(). */
char *reader_copy(const struct reader *reader, size_t at, size_t count, bool lower);

enum reader_case { CASE_EXACT, CASE_FIRST, CASE_ANY };

/*
 * The longest key of a table that the text begins with at `at`; stores its value and returns its
 * length in characters, or 0. CASE_FIRST: a capital may stand for a small first letter.
 */
size_t reader_longest(const struct reader *reader, const struct reading_table *table, size_t at,
                      enum reader_case which, const char **ret_value);

/* --- words out --- */
void reader_say(struct reader *reader, const char *words, enum reader_last kind);
void reader_pause(struct reader *reader);
void reader_mark(struct reader *reader, const char *mark, bool spaced);
bool reader_ends_with_mark(const struct reader *reader);
/* Notes a word of the text for what comes after it. */
void reader_note_word(struct reader *reader, const char *lower);
/* The name of one letter, or the letter. To be freed with free(). */
char *reader_letter_name(const struct reader *reader, int32_t code);

#endif
