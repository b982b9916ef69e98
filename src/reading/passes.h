/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * passes: what is recognised in a text, one function for each kind. For src/reading only.
 *
 * Each reader_… function that recognises its kind at the present place writes the words, moves on
 * and returns true; else it changes nothing and returns false.
 */
#ifndef PASAPAS_READING_PASSES_H
#define PASAPAS_READING_PASSES_H

#include "reading/characters.h"
#include "reading/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
struct reader_figure {
    uint64_t value; /* the whole part; 0 if it is very long */
    const struct reading_unit *unit;
    bool percent;
    size_t end;
};

/* What figure stands at `at`, without saying it. */
bool reader_look_at_figure(const struct reader *reader, size_t at, struct reader_figure *figure);
/* A word of the pack's feminine nouns, in small letters, or its plural. */
bool reader_is_feminine_noun(const struct reader *reader, const char *word);
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

/* --- signs, reading/signs.c --- */
bool reader_sign(struct reader *reader);
bool reader_currency(struct reader *reader);
bool reader_signed_letters(struct reader *reader);
/* The x at `at` is "times". */
bool reader_is_times(const struct reader *reader, size_t at);

/* --- ordinals, reading/ordinals.c --- */
bool reader_ordinal(struct reader *reader);

/* --- slashes, reading/slash.c --- */
void reader_slash(struct reader *reader);
/* After a space a noun that makes of 3/4 a choice: "3/4 personnes". */
bool reader_alternatives_follow(const struct reader *reader, size_t at);

/* --- figures with hyphens, reading/chains.c --- */
bool reader_chain(struct reader *reader);
bool reader_law_number(struct reader *reader);

/* --- identifiers, reading/identifiers.c: of digits alone, and with letters --- */
bool reader_identifier(struct reader *reader);
bool reader_lettered_identifier(struct reader *reader);

/* --- marks, reading/marks.c: neither letter nor digit --- */
void reader_newline(struct reader *reader);
void reader_any_mark(struct reader *reader);

/* --- tokens, reading/abbreviations.c, references.c, keys.c, scripts.c --- */
bool reader_script(struct reader *reader);
bool reader_keys(struct reader *reader);
bool reader_abbreviation(struct reader *reader);
bool reader_reference(struct reader *reader);

/* --- words, reading/capitals.c: acronyms, words in capitals, all other words --- */
void reader_letters(struct reader *reader);
/* A Roman numeral, reading/roman.c; `length`: of the letters here. */
bool reader_roman(struct reader *reader, size_t length);
/* The names of `count` characters with a separator between them. */
void reader_say_characters(struct reader *reader, size_t count, const char *separator,
                           enum reader_last kind);
void reader_add_name(const struct reader *reader, struct strbuf *words, const char *separator,
                     int32_t code);
bool reader_sentence_follows(const struct reader *reader, size_t at);

/* --- addresses, reading/addresses.c --- */
bool reader_address(struct reader *reader);
/* Puts the signs back that an address hides from machines: "info(at)mairie(dot)fr". */
void reader_unmask(struct reader *reader);

#endif
