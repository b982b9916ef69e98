/*
 * reading_reader: the text being read and the words so far, for the other reading_ files only.
 *
 * The text is an array of characters, cleaned: composed, one kind of apostrophe, hyphen and space,
 * nothing invisible. Each reader_… function that recognises a shape at the present place writes
 * its words, moves on and returns true; else it changes nothing and returns false.
 */
#ifndef PASAPAS_READING_READER_H
#define PASAPAS_READING_READER_H

#include "base/strbuf.h"
#include "reading/reading.h"
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
    enum reading_marks marks;
    int32_t *text;
    size_t length;
    size_t at;
    struct strbuf out;
    enum reader_join join;
    enum reader_last last;
    uint64_t number;            /* with LAST_NUMBER: its value, if small */
    int telephone;              /* words left in which a number may be a telephone's */
    int reference;              /* words left in which a number may be a reference */
    char previous[READER_WORD]; /* the previous word in lower case; "" after a sentence */
};

/* Cleans a text for reading. reader_close() frees what the reader holds. */
void reader_open(struct reader *reader, const struct reading_rules *rules, const char *text);
void reader_close(struct reader *reader);

/* --- characters --- */
int32_t reader_peek(const struct reader *reader, size_t at); /* 0 beyond the end */
int32_t reader_before(const struct reader *reader, size_t at);
bool reading_is_digit(int32_t code);
bool reading_is_letter(int32_t code); /* of any script; marks that combine, too */
bool reading_is_latin(int32_t code);
bool reading_is_upper(int32_t code);
bool reading_is_lower(int32_t code);
bool reading_is_word_character(int32_t code); /* a letter or a digit */
bool reading_is_one_of(int32_t code, const char *characters);
int32_t reading_to_lower(int32_t code);
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

/* --- shapes, reading/shapes.c: the text is at a digit, a sign or a currency --- */
bool reader_shape(struct reader *reader);
/* A hyphen between two figures. */
bool reader_range(struct reader *reader);

/* --- figures, reading/figures.c --- */
/* The number that `count` digits make; 0 if they are too many to matter. */
uint64_t reader_value_at(const struct reader *reader, size_t at, size_t count);
/* The unit whose sign stands at `at`, perhaps after a space, or NULL. */
const struct reading_unit *reader_unit_at(const struct reader *reader, size_t at, size_t *ret_end);
/* How many times a separator and exactly three digits follow. */
size_t reader_groups_of_three(const struct reader *reader, size_t at, int32_t separator);
void reader_say_taken(struct reader *reader, char *words,
                      enum reader_last kind); /* frees `words` */
void reader_say_cardinal(struct reader *reader, uint64_t number);
/* Digits of the text: as a number with its zeros, or one by one. */
void reader_say_group(struct reader *reader, size_t at, size_t count);
void reader_say_digits(struct reader *reader, size_t at, size_t count);
/* A figure with what belongs to it; `before`: the currency that stood before it, or NULL. */
void reader_say_figure(struct reader *reader, size_t at, const struct reading_unit *before);
/* A unit's sign after "par": "€/h". */
bool reader_per_unit(struct reader *reader);

/* --- telephone numbers, reading/telephone.c; dates and times, reading/dates.c --- */
bool reader_international(struct reader *reader);
bool reader_telephone(struct reader *reader);
bool reader_pairs(struct reader *reader);
bool reader_groups(struct reader *reader);
bool reader_date(struct reader *reader);
bool reader_clock(struct reader *reader);
bool reader_hours(struct reader *reader);

/* --- marks, reading/marks.c: neither letter nor digit --- */
void reader_newline(struct reader *reader);
void reader_any_mark(struct reader *reader);

/* --- tokens, reading/token_passes.c --- */
bool reader_script(struct reader *reader);
bool reader_keys(struct reader *reader);
bool reader_abbreviation(struct reader *reader);
bool reader_reference(struct reader *reader);

/* --- words, reading/capitals.c: acronyms, words in capitals, all other words --- */
void reader_letters(struct reader *reader);
/* The names of `count` characters with a separator between them. */
void reader_say_characters(struct reader *reader, size_t count, const char *separator,
                           enum reader_last kind);
void reader_add_name(const struct reader *reader, struct strbuf *words, const char *separator,
                     int32_t code);
bool reader_sentence_follows(const struct reader *reader, size_t at);

/* --- addresses, reading/addresses.c --- */
bool reader_address(struct reader *reader);

#endif
