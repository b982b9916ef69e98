/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What begins with a digit, a sign or a currency: which shape it is. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

#define EN_DASH 0x2013

/* --- fractions ---------------------------------------------------------------- */

/* "étape 2/3", "bac+3/4", "3/4 personnes". */
static bool is_no_fraction(const struct reader *reader, size_t end)
{
    size_t at = reader->at;
    bool added =
        reader_before(reader, at) == '+' && reading_is_letter(reader_before(reader, at - 1));
    bool counted = reader->text[at] != '1' && reader_alternatives_follow(reader, end);
    return added || counted || reading_table_find(&reader->rules->not_after, reader->previous);
}

/* "2 ans 1/2": and a half. */
static bool read_and_half(struct reader *reader)
{
    const struct number_words *word = &reader->rules->word;
    bool counted = reader->last == LAST_WORD && reader->words_since_number == 1;
    bool measured = reader->last == LAST_UNIT && reader->unit;
    size_t end = reader->at + 3;
    if (!word->half || !word->half_feminine || (!counted && !measured) ||
        reader->join != JOIN_SPACE || reader->text[reader->at] != '1' ||
        reader_peek(reader, end - 2) != '/' || reader_peek(reader, end - 1) != '2' ||
        !reader_is_boundary(reader, end) ||
        (reading_is_one_of(reader_peek(reader, end), "/,.") &&
         reading_is_digit(reader_peek(reader, end + 1))) ||
        reading_is_letter(reader_peek(reader, end + 1)))
        return false;
    bool feminine =
        measured ? reader->unit->feminine : reader_is_feminine_noun(reader, reader->previous);
    reader_say(reader, feminine ? word->half_feminine : word->half, LAST_SPOKEN);
    reader->at = end;
    return true;
}

static bool read_fraction(struct reader *reader)
{
    if (read_and_half(reader))
        return true;
    const char *words;
    size_t length =
        reader_longest(reader, &reader->rules->fractions, reader->at, CASE_EXACT, &words);
    size_t end = reader->at + length;
    int32_t next = reader_peek(reader, end);
    if (!length || !reader_is_boundary(reader, end) || is_no_fraction(reader, end) ||
        ((next == '/' || next == ',' || next == '.') &&
         reading_is_digit(reader_peek(reader, end + 1))))
        return false;
    reader_say(reader, words, LAST_SPOKEN);
    reader->at = end;
    return true;
}

/* --- where they begin ---------------------------------------------------------------------- */

/* "à", or what the word before asks for: "entre seize et vingt-cinq". */
static void say_range(struct reader *reader)
{
    const char *word = reading_table_find(&reader->rules->range_after, reader->previous);
    reader_say(reader, word ? word : reader->rules->word.range, LAST_SPOKEN);
}

/* 10-15: "dix à quinze"; 5411-1 is no range. */
bool reader_range(struct reader *reader)
{
    size_t at = reader->at;
    if (!reading_is_digit(reader_peek(reader, at + 1)) || reader->join != JOIN_SPACE ||
        !reading_is_digit(reader_before(reader, at)) ||
        (reader->last != LAST_NUMBER && reader->last != LAST_UNIT))
        return false;
    uint64_t next = reader_value_at(reader, at + 1, reader_digits(reader, at + 1));
    if (reader->last == LAST_NUMBER && next <= reader->number) {
        char bytes[5];
        text_encode('-', bytes);
        reader_say(reader, reading_table_find(&reader->rules->punctuation, bytes), LAST_SPOKEN);
    } else {
        say_range(reader);
    }
    reader->at++;
    return true;
}

static bool read_after_time(struct reader *reader)
{
    int32_t code = reader->text[reader->at];
    if ((code != '-' && code != EN_DASH) || reader->last != LAST_UNIT ||
        reader->join != JOIN_SPACE || !reading_is_digit(reader_peek(reader, reader->at + 1)) ||
        reader_before(reader, reader->at) == ' ')
        return false;
    say_range(reader);
    reader->at++;
    return true;
}

static bool read_digits(struct reader *reader)
{
    if (reader_identifier(reader) || reader_telephone(reader) || reader_date(reader) ||
        reader_chain(reader) || reader_pairs(reader) || reader_groups(reader) ||
        reader_clock(reader) || reader_hours(reader) || reader_ordinal(reader) ||
        read_fraction(reader))
        return true;
    size_t end, count = reader_digits(reader, reader->at);
    int32_t next = reader_peek(reader, reader->at + count);
    if ((reading_is_letter(next) || next == '-' || next == '_') && count &&
        !reader_is_times(reader, reader->at + count) &&
        !reader_unit_at(reader, reader->at + count, &end) && reader_reference(reader))
        return true;
    reader_say_figure(reader, reader->at, NULL);
    return true;
}

bool reader_shape(struct reader *reader)
{
    int32_t code = reader->text[reader->at];
    if (!reader->rules->cardinal.count)
        return false;
    if (reading_is_digit(code))
        return read_digits(reader);
    return read_after_time(reader) || reader_sign(reader) || reader_currency(reader);
}
