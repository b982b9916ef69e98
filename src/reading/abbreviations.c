/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short forms in full: "M.", "p. 12", "etc.", units without a number. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/passes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A value that ends with a full stop may end a sentence, as "etc." does. */
static void say_abbreviation(struct reader *reader, size_t length, const char *words)
{
    size_t size = strlen(words);
    bool last = size && words[size - 1] == '.';
    bool pause = size && words[size - 1] == ',';
    reader->at += length;
    char *bare = xstrndup(words, size - last - pause);
    reader_say(reader, bare, LAST_SPOKEN);
    reader_note_word(reader, bare);
    free(bare);
    if (pause)
        reader_pause(reader);
    if (last && reader_sentence_follows(reader, reader->at))
        reader_mark(reader, ".", false);
}

/* The key must not be the beginning of a longer word. */
static bool ends_well(const struct reader *reader, size_t length)
{
    size_t end = reader->at + length;
    return !reading_is_letter(reader->text[end - 1]) || reader_is_boundary(reader, end);
}

static bool read_before(struct reader *reader, const struct reading_table *table, bool name)
{
    const char *words;
    size_t length = reader_longest(reader, table, reader->at, CASE_FIRST, &words);
    if (!length || !ends_well(reader, length))
        return false;
    size_t next = reader->at + length;
    if (reader_peek(reader, next) == ' ' || reader_peek(reader, next) == '-')
        next++;
    else if (name)
        return false;
    int32_t code = reader_peek(reader, next);
    /* bât. C, art. L. 12 */
    bool letter =
        reading_is_upper(code) && reader_before(reader, next) == ' ' &&
        (reader_is_boundary(reader, next + 1) || reading_is_digit(reader_peek(reader, next + 1)));
    if (name ? !reading_is_upper(code) : !reading_is_digit(code) && !letter)
        return false;
    say_abbreviation(reader, length, words);
    return true;
}

static bool read_after_number(struct reader *reader)
{
    const char *words;
    if (reader->last != LAST_NUMBER)
        return false;
    size_t length =
        reader_longest(reader, &reader->rules->after_number, reader->at, CASE_FIRST, &words);
    if (!length || !ends_well(reader, length))
        return false;
    say_abbreviation(reader, length, words);
    return true;
}

/* A unit without a number: "en Ko". */
static bool read_lone_unit(struct reader *reader)
{
    const char *index;
    if (!reading_is_letter(reader->text[reader->at]))
        return false;
    size_t length =
        reader_longest(reader, &reader->rules->unit_symbols, reader->at, CASE_EXACT, &index);
    if (!length || !ends_well(reader, length))
        return false;
    const struct reading_unit *unit = &reader->rules->units[strtoul(index, NULL, 10)];
    if (!unit->alone)
        return false;
    reader_say(reader, unit->alone, LAST_UNIT);
    reader->at += length;
    return true;
}

/* "mar., mer. et jeu.": words that could end a sentence are short only where it goes on. */
static bool read_inside(struct reader *reader, size_t other)
{
    const char *words;
    size_t length = reader_longest(reader, &reader->rules->inside, reader->at, CASE_FIRST, &words);
    size_t next = reader->at + length;
    if (length <= other || !ends_well(reader, length))
        return false;
    int32_t after = reader_peek(reader, next);
    bool goes_on = reading_is_one_of(after, ",-/)") ||
                   (after == ' ' && (reading_is_lower(reader_peek(reader, next + 1)) ||
                                     reading_is_digit(reader_peek(reader, next + 1))));
    if (!after || !goes_on)
        return false;
    say_abbreviation(reader, length, words);
    return true;
}

bool reader_abbreviation(struct reader *reader)
{
    const char *words, *name;
    size_t length =
        reader_longest(reader, &reader->rules->abbreviations, reader->at, CASE_FIRST, &words);
    size_t name_length =
        reader_longest(reader, &reader->rules->before_name, reader->at, CASE_FIRST, &name);
    if (length <= name_length && read_before(reader, &reader->rules->before_name, true))
        return true;
    if (read_before(reader, &reader->rules->before_number, false) || read_after_number(reader) ||
        read_inside(reader, length))
        return true;
    if (!length || !ends_well(reader, length))
        return read_lone_unit(reader);
    say_abbreviation(reader, length, words);
    return true;
}
