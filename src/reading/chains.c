/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures with hyphens that are neither a range nor a date: L. 5411-6-1, n° 2019-797, 09-42.236. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

/* Longer groups are said digit by digit, and longer chains are none. */
#define GROUP_DIGITS 6
#define CHAIN_GROUPS 8

struct chain {
    size_t groups;
    size_t end;
    bool rising; /* of two groups: the second is the larger, as in a range */
};

static bool is_hyphen(int32_t code)
{
    return code == '-' || code == 0x2013;
}

static void measure(const struct reader *reader, size_t at, struct chain *chain)
{
    uint64_t last = 0;
    *chain = (struct chain){.end = at};
    for (size_t count; chain->groups < CHAIN_GROUPS && (count = reader_digits(reader, at));) {
        uint64_t value = reader_value_at(reader, at, count);
        chain->rising = chain->groups == 1 && value > last;
        last = value;
        chain->groups++;
        chain->end = at + count;
        if (!is_hyphen(reader_peek(reader, chain->end)))
            break;
        at = chain->end + 1;
    }
}

static bool ends_well(const struct reader *reader, const struct chain *chain)
{
    int32_t next = reader_peek(reader, chain->end), after = reader_peek(reader, chain->end + 1);
    if (chain->groups == CHAIN_GROUPS || !reader_is_boundary(reader, chain->end))
        return false;
    return !((is_hyphen(next) || next == '/' || next == '_' || next == ',') &&
             reading_is_word_character(after));
}

static void say_hyphen(struct reader *reader)
{
    reader_say(reader, reading_table_find(&reader->rules->punctuation, "-"), LAST_SPOKEN);
}

static void say_chain(struct reader *reader, const struct chain *chain)
{
    while (reader->at < chain->end) {
        size_t count = reader_digits(reader, reader->at);
        if (!count) {
            say_hyphen(reader);
            reader->at++;
            continue;
        }
        if (count > GROUP_DIGITS)
            reader_say_digits(reader, reader->at, count);
        else
            reader_say_group(reader, reader->at, count);
        reader->at += count;
    }
    reader->last = LAST_REFERENCE;
}

/* The word before says that a number is a name: "n° 10-15", "loi 10-15". */
static bool is_named(const struct reader *reader)
{
    return reading_table_find(&reader->rules->numbered, reader->previous);
}

bool reader_chain(struct reader *reader)
{
    struct chain chain;
    size_t at = reader->at;
    measure(reader, at, &chain);
    if (chain.groups < 2 || !ends_well(reader, &chain) || !reader->rules->cardinal.count)
        return false;
    bool pointed = reader_peek(reader, chain.end) == '.' &&
                   reading_is_digit(reader_peek(reader, chain.end + 1));
    bool zero = reader->text[at] == '0' && reader_digits(reader, at) > 1;
    if (chain.groups == 2 && chain.rising && !is_named(reader) && !pointed && !zero)
        return false;
    say_chain(reader, &chain);
    if (pointed)
        reader->last = LAST_NUMBER;
    return true;
}

/* L. 5411-6, L.5411-6, L5411-6, L 5411-6: where the digits begin, or 0. */
static size_t law_digits(const struct reader *reader)
{
    size_t at = reader->at + 1;
    bool point = reader_peek(reader, at) == '.', star = false;
    at += point;
    star = reader_peek(reader, at) == '*';
    at += star;
    bool space = reader_peek(reader, at) == ' ';
    at += space;
    if (!reading_is_digit(reader_peek(reader, at)))
        return 0;
    struct chain chain;
    measure(reader, at, &chain);
    if (!ends_well(reader, &chain))
        return 0;
    /* Without its point it could be a reference, or the word "À" in capitals. */
    bool sure =
        point || (chain.groups > 1 && (reader->text[reader->at] != 'A' || is_named(reader)));
    return sure ? at : 0;
}

bool reader_law_number(struct reader *reader)
{
    char bytes[5];
    text_encode(reader->text[reader->at], bytes);
    if (!reading_table_find(&reader->rules->law_letters, bytes))
        return false;
    size_t digits = law_digits(reader);
    if (!digits)
        return false;
    char *letter = reader_letter_name(reader, reader->text[reader->at]);
    reader_say_taken(reader, letter, LAST_SPOKEN);
    reader->at = digits;
    struct chain chain;
    measure(reader, digits, &chain);
    say_chain(reader, &chain);
    return true;
}
