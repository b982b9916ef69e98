/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telephone numbers, and long numbers in groups: of a card, of an insured person. */
#include "base/mem.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

#define EN_DASH 0x2013

static bool is_separator(int32_t code)
{
    return code == ' ' || code == '.' || code == '-' || code == '/' || code == EN_DASH;
}

/* More pairs or digits than this are no telephone number. */
#define PAIRS_MAX  9
#define DIGITS_MAX 20

/* How many groups of two digits with the same separator begin here; stores where they end. */
static size_t pairs_at(const struct reader *reader, size_t at, size_t *ret_end)
{
    int32_t separator = 0;
    size_t count = 0;
    while (count <= PAIRS_MAX && reader_digits(reader, at) == 2) {
        count++;
        *ret_end = at + 2;
        int32_t next = reader_peek(reader, at + 2);
        if (!is_separator(next) || (separator && next != separator))
            break;
        separator = next;
        at += 3;
    }
    return count;
}

/* Groups of digits with one separator between them, each said as a number. */
static void say_groups(struct reader *reader, size_t at, size_t end)
{
    bool digits = reader_digits(reader, at) > 3;
    while (at < end) {
        size_t count = reader_digits(reader, at);
        if (!count) {
            at++;
            continue;
        }
        reader_pause(reader);
        if (count <= 3 && !digits)
            reader_say_group(reader, at, count);
        else
            reader_say_digits(reader, at, count);
        at += count;
    }
    reader->last = LAST_REFERENCE;
    reader->at = end;
}

static void say_pairs(struct reader *reader, size_t at, size_t end)
{
    while (at < end) {
        size_t count = reader_digits(reader, at);
        size_t take = count == 3 ? 3 : count % 2 ? 1 : 2;
        if (!count) {
            at++;
            continue;
        }
        if (at != reader->at)
            reader_pause(reader);
        reader_say_group(reader, at, take);
        at += take;
    }
    reader->last = LAST_REFERENCE;
    reader->at = end;
}

/* The end of the groups of digits that follow each other with single separators. */
static size_t groups_end(const struct reader *reader, size_t at, size_t *ret_digits)
{
    size_t end = at;
    *ret_digits = 0;
    for (size_t count;
         (count = reader_digits(reader, at)) && count <= 15 && *ret_digits < DIGITS_MAX;) {
        *ret_digits += count;
        end = at + count;
        if (!is_separator(reader_peek(reader, end)))
            break;
        at = end + 1;
    }
    return end;
}

static bool international_at(struct reader *reader, size_t at, size_t digits_at)
{
    const char *country = reader->rules->telephone_country;
    size_t run = reader_digits(reader, digits_at), code = run, total;
    char *digits = reader_copy(reader, digits_at, run, false);
    if (country && !strncmp(digits, country, strlen(country)) && run != 3)
        code = strlen(country);
    free(digits);
    size_t rest = digits_at + code;
    if (is_separator(reader_peek(reader, rest)))
        rest++;
    bool trunk = reader_peek(reader, rest) == '(' && reader_peek(reader, rest + 1) == '0' &&
                 reader_peek(reader, rest + 2) == ')';
    size_t number = trunk ? rest + 3 : rest;
    if (trunk && is_separator(reader_peek(reader, number)))
        number++;
    size_t end = groups_end(reader, number, &total);
    if (code > 3 || total < 6 || total > 13)
        return false;
    if (reader->text[at] == '+')
        reader_say(reader, reader->rules->word.plus, LAST_SPOKEN);
    for (; at < digits_at; at++)
        if (reading_is_digit(reader->text[at]))
            reader_say_group(reader, at, 1);
    reader_say_group(reader, digits_at, code);
    reader_pause(reader);
    if (trunk)
        reader_say_group(reader, rest + 1, 1);
    reader->at = number;
    say_pairs(reader, number, end);
    return true;
}

bool reader_international(struct reader *reader)
{
    size_t at = reader->at;
    if (reader->text[at] == '+')
        return reading_is_digit(reader_peek(reader, at + 1)) &&
               international_at(reader, at, at + 1);
    return reader_digits(reader, at) > 3 && reader->text[at] == '0' &&
           reader->text[at + 1] == '0' && reader->text[at + 2] != '0' &&
           reader->rules->telephone_country && international_at(reader, at, at + 2);
}

/* 01 23 45 67 89 and 0123456789; 0 800 123 456. */
static bool read_national(struct reader *reader)
{
    size_t at = reader->at, end, total, run = reader_digits(reader, at);
    if (reader->text[at] != '0' || reader_peek(reader, at + 1) == '0')
        return false;
    if (pairs_at(reader, at, &end) == 5 && reader_is_boundary(reader, end)) {
        say_pairs(reader, at, end);
        return true;
    }
    if (run == 10 && reader_is_boundary(reader, at + run)) {
        say_pairs(reader, at, at + run);
        return true;
    }
    if ((run == 1 || run == 4) && reader_groups_of_three(reader, at + run, ' ') >= 2) {
        end = groups_end(reader, at, &total);
        if (total != 10)
            return false;
        reader_say_group(reader, at, run);
        if (run == 1)
            reader_say_group(reader, at + 2, 3);
        say_groups(reader, at + run + (run == 1 ? 4 : 0), end);
        return true;
    }
    return false;
}

static bool fits(const char *pattern, const char *digits)
{
    if (strlen(pattern) != strlen(digits))
        return false;
    for (; *pattern; pattern++, digits++)
        if (*pattern != '*' && *pattern != *digits)
            return false;
    return true;
}

static bool is_short_number(const struct reader *reader, const char *digits, bool exact)
{
    const struct reading_table *numbers = &reader->rules->telephone_short;
    for (size_t i = 0; i < numbers->count; i++)
        if ((!exact || !strchr(numbers->items[i].key, '*')) && fits(numbers->items[i].key, digits))
            return true;
    return false;
}

/* Digits of a short number, perhaps in two pairs: 3949, 39.49; stores where they end. */
static char *short_digits(const struct reader *reader, size_t *ret_end)
{
    size_t at = reader->at, run = reader_digits(reader, at);
    bool pairs =
        run == 2 && is_separator(reader_peek(reader, at + 2)) && reader_digits(reader, at + 3) == 2;

    if (!pairs && (run < 4 || run > 6 || run % 2))
        return NULL;
    *ret_end = pairs ? at + 5 : at + run;
    char *digits = reader_copy(reader, at, pairs ? 2 : run, false);
    if (!pairs)
        return digits;
    char *second = reader_copy(reader, at + 3, 2, false);
    char *both = xasprintf("%s%s", digits, second);
    free(digits);
    free(second);
    return both;
}

/* "3949 (service gratuit)": a sentence begins with the number, and what it costs stands behind. */
static bool is_before_cost(const struct reader *reader, size_t end)
{
    return !*reader->previous && reader_peek(reader, end) == ' ' &&
           reader_peek(reader, end + 1) == '(';
}

/* 3949 after "appelez"; "le 3949" only if it is well known. */
static bool read_short(struct reader *reader)
{
    size_t end, unit_end;
    bool article = reading_table_find(&reader->rules->telephone_articles, reader->previous);
    char *digits = short_digits(reader, &end);
    if (!digits || (!article && !reader->telephone && !is_before_cost(reader, end))) {
        free(digits);
        return false;
    }
    /* "numéros 10-15" could be a range: a hyphen only inside a well-known number. */
    bool hyphen = reader_peek(reader, reader->at + 2) == '-';
    bool known = is_short_number(reader, digits, !reader->telephone || hyphen);
    free(digits);
    if (!known || !reader_is_boundary(reader, end) || reader_unit_at(reader, end, &unit_end))
        return false;
    int32_t next = reader_peek(reader, end);
    if (reading_is_one_of(next, ",./-") && reading_is_digit(reader_peek(reader, end + 1)))
        return false;
    /* "numéro fiscal 30 12 345 678 901" goes on. */
    if (next == ' ' && reader_digits(reader, end + 1) == 3)
        return false;
    say_pairs(reader, reader->at, end);
    return true;
}

/* 39 49, always; 118 712 where a telephone number is expected. */
bool reader_pairs(struct reader *reader)
{
    size_t at = reader->at, end = at, unit_end;
    if (reader_digits(reader, at) != 2 || reader_peek(reader, at + 2) != ' ' ||
        pairs_at(reader, at, &end) < 2 || !reader_is_boundary(reader, end))
        return false;
    int32_t next = reader_peek(reader, end);
    bool more = (next == ',' || next == ' ') && reading_is_digit(reader_peek(reader, end + 1));
    if (more || reader_unit_at(reader, end, &unit_end))
        return false;
    say_pairs(reader, at, end);
    return true;
}

static bool read_six(struct reader *reader)
{
    size_t at = reader->at;
    if (!reader->telephone || reader_digits(reader, at) != 3 ||
        reader_groups_of_three(reader, at + 3, ' ') != 1 || !reader_is_boundary(reader, at + 7))
        return false;
    char *digits = reader_copy(reader, at, 3, false);
    bool known = is_short_number(reader, digits, false);
    free(digits);
    if (known) {
        reader_say_group(reader, at, 3);
        say_groups(reader, at + 3, at + 7);
    }
    return known;
}

/* Four groups of digits or more that are no number: of a card, of an insured person. */
bool reader_groups(struct reader *reader)
{
    size_t at = reader->at, groups = 0, end = at, count;
    bool thousands = reader->text[at] != '0' && reader_digits(reader, at) <= 3;
    while ((count = reader_digits(reader, at)) && count <= 15) {
        thousands = thousands && (!groups || count == 3);
        groups++;
        end = at + count;
        if (reader_peek(reader, end) != ' ')
            break;
        at = end + 1;
    }
    if (groups < 4 || (thousands && !reader->reference) || !reader_is_boundary(reader, end))
        return false;
    say_groups(reader, reader->at, end);
    return true;
}

bool reader_telephone(struct reader *reader)
{
    return reader_international(reader) || read_national(reader) || read_short(reader) ||
           read_six(reader);
}
