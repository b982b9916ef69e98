/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slash: "sur" in a mark, "par" before a unit of time, else only a pause. */
#include "base/mem.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

/* From here to here four digits are a year. */
#define YEAR_FIRST 1900
#define YEAR_LAST  2100

/* A key of the table stands at `at` as a whole word; stores where it ends. */
static const char *key_at(const struct reader *reader, const struct reading_table *table, size_t at,
                          size_t *ret_end)
{
    const char *value;
    size_t length = reader_longest(reader, table, at, CASE_FIRST, &value);
    if (!length || (reading_is_letter(reader->text[at + length - 1]) &&
                    !reader_is_boundary(reader, at + length)))
        return NULL;
    *ret_end = at + length;
    return value;
}

bool reader_alternatives_follow(const struct reader *reader, size_t at)
{
    size_t end;
    return reader_peek(reader, at) == ' ' &&
           key_at(reader, &reader->rules->alternatives, at + 1, &end);
}

static bool is_year(uint64_t value)
{
    return value >= YEAR_FIRST && value <= YEAR_LAST;
}

/* 2024/2025 and 2024/25. */
static bool is_pair_of_years(const struct reader *reader, size_t at, size_t digits)
{
    uint64_t next = reader_value_at(reader, at, digits);
    if (!is_year(reader->number))
        return false;
    return digits == 4 ? is_year(next) : digits == 2 && next == (reader->number + 1) % 100;
}

/* The h of 9/12h, perhaps after a space. */
static bool time_symbol_at(const struct reader *reader, size_t at)
{
    size_t end;
    if (reader_peek(reader, at) == ' ')
        at++;
    if (!key_at(reader, &reader->rules->time_symbols, at, &end)) {
        /* 12h30 */
        const char *value;
        size_t length =
            reader_longest(reader, &reader->rules->time_symbols, at, CASE_EXACT, &value);
        return length && reading_is_digit(reader_peek(reader, at + length));
    }
    return true;
}

/* The digits before the slash are those of "bac+3" in bac+3/4. */
static bool after_plus(const struct reader *reader)
{
    size_t at = reader->at;
    while (at && reading_is_digit(reader->text[at - 1]))
        at--;
    if (reader_before(reader, at) == ' ')
        at--;
    return reader_before(reader, at) == '+' && at > 1 &&
           (reading_is_letter(reader->text[at - 2]) ||
            (reader->text[at - 2] == ' ' && reading_is_letter(reader_before(reader, at - 2))));
}

/* Two choices, not a mark: 6e/5e, 9/12h, 3/5 ans, 2024/2025. */
static bool is_choice(const struct reader *reader, size_t at, size_t digits)
{
    size_t end = at + digits;
    return reader->number == UINT64_MAX || after_plus(reader) || time_symbol_at(reader, end) ||
           is_pair_of_years(reader, at, digits) ||
           (reader_value_at(reader, at, digits) > reader->number &&
            reader_alternatives_follow(reader, end));
}

static const char *between_number_and(const struct reader *reader, size_t at, size_t digits)
{
    size_t end;
    if (digits)
        return is_choice(reader, at, digits) ? NULL : reader->rules->word.over;
    return key_at(reader, &reader->rules->per, at, &end) ? reader->rules->word.per : NULL;
}

static const char *between_unit_and(const struct reader *reader, size_t at, size_t digits)
{
    size_t end, after = at + digits;
    if (reader_peek(reader, at) == ' ' && reader_unit_at(reader, at, &end))
        return reader->rules->word.per;
    if (reading_is_letter(reader_peek(reader, at)))
        return reader->rules->word.per;
    if (!digits)
        return NULL;
    /* 24h/24h, 7j/7j: as often as there are; 9h/12h: two times. */
    bool unit = time_symbol_at(reader, after) || reader_unit_at(reader, after, &end);
    bool same = reader->number && reader_value_at(reader, at, digits) == reader->number;
    return !unit || same ? reader->rules->word.over : NULL;
}

static const char *between(const struct reader *reader)
{
    size_t at = reader->at + 1, end;
    size_t digits = reader_digits(reader, at);
    if (reader->join != JOIN_SPACE)
        return NULL;
    if (reader->last == LAST_NUMBER)
        return between_number_and(reader, at, digits);
    if (reader->last == LAST_UNIT)
        return between_unit_and(reader, at, digits);
    bool counted = reader->last == LAST_WORD && reader->words_since_number == 1;
    return counted && key_at(reader, &reader->rules->per, at, &end) ? reader->rules->word.per
                                                                    : NULL;
}

void reader_slash(struct reader *reader)
{
    const char *words = between(reader);
    size_t end;
    reader->at++;
    if (!words) {
        reader_pause(reader);
        return;
    }
    reader_say(reader, words, LAST_SPOKEN);
    if (words != reader->rules->word.per)
        return;
    if (reader_per_unit(reader))
        return;
    const char *word = key_at(reader, &reader->rules->per, reader->at, &end);
    if (!word)
        return;
    reader_say(reader, word, LAST_UNIT);
    reader->at = end;
}
