/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identifiers in the groups in which they are printed: SIREN, SIRET, NIR, IBAN, RNA. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

/* ISO 13616: two letters, two digits, then up to thirty characters; the shortest has fifteen. */
#define IBAN_MIN   15
#define IBAN_MAX   34
#define IBAN_GROUP 4

/* Digits of a group that are said one by one rather than as a number. */
#define LONG_GROUP 5

/* --- groups ---------------------------------------------------------------------------------- */

/* "3-3-3-5": how many digits, all in all; stores what they are without the last group. */
static size_t digits_of(const char *groups, size_t *ret_without_last)
{
    size_t sum = 0;
    for (; *groups; groups++) {
        if (*groups < '1' || *groups > '9')
            continue;
        *ret_without_last = sum;
        sum += (size_t)(*groups - '0');
    }
    return sum;
}

static void say_in_groups(struct reader *reader, const char *groups, size_t end)
{
    for (; *groups && reader->at < end; groups++) {
        if (*groups < '1' || *groups > '9')
            continue;
        size_t count = (size_t)(*groups - '0');
        reader_pause(reader);
        if (count >= LONG_GROUP)
            reader_say_digits(reader, reader->at, count);
        else
            reader_say_group(reader, reader->at, count);
        reader->at += count;
    }
    reader->at = end;
    reader->last = LAST_REFERENCE;
}

/* 123456789 after "SIREN"; a NIR without its key, too. */
static bool read_run(struct reader *reader)
{
    size_t count = reader_digits(reader, reader->at), without_last = 0;
    if (!reader->groups || !reader_is_boundary(reader, reader->at + count))
        return false;
    size_t all = digits_of(reader->groups, &without_last);
    if (count != all && (count != without_last || all - without_last != 2))
        return false;
    say_in_groups(reader, reader->groups, reader->at + count);
    return true;
}

/* The word before has a capital: "RCS Paris 552 100 554". */
static bool is_after_capital(const struct reader *reader)
{
    size_t start = reader->at ? reader->at - 1 : 0;
    while (start && reading_is_letter(reader->text[start - 1]))
        start--;
    return reading_is_upper(reader_peek(reader, start));
}

/* 123 456 789 where a name is expected: no millions. */
static bool read_threes(struct reader *reader)
{
    const struct reading_rules *rules = reader->rules;
    size_t at = reader->at, count = reader_digits(reader, at), unit_end;
    size_t groups = reader_groups_of_three(reader, at + count, ' ');
    size_t end = at + count + 4 * groups;
    bool named = reading_table_find(&rules->reference_words, reader->previous) ||
                 reading_table_find(&rules->numbered, reader->previous) ||
                 (reader->reference && is_after_capital(reader));
    if (!named || count > 3 || groups < 2 || !reader_is_boundary(reader, end) ||
        reader_unit_at(reader, end, &unit_end) ||
        (reading_is_one_of(reader_peek(reader, end), ", ") &&
         reading_is_digit(reader_peek(reader, end + 1))))
        return false;
    while (reader->at < end) {
        size_t digits = reader_digits(reader, reader->at);
        reader_pause(reader);
        reader_say_group(reader, reader->at, digits);
        reader->at += digits + 1;
    }
    reader->at = end;
    reader->last = LAST_REFERENCE;
    return true;
}

bool reader_identifier(struct reader *reader)
{
    return read_run(reader) || read_threes(reader);
}

/* --- with letters ---------------------------------------------------------------------------- */

static bool is_plain_upper(int32_t code)
{
    return code >= 'A' && code <= 'Z';
}

static bool is_of_iban(int32_t code)
{
    return is_plain_upper(code) || reading_is_digit(code);
}

/* Where an IBAN ends that begins here, with blanks between its groups or without; 0 if none. */
static size_t iban_end(const struct reader *reader)
{
    size_t at = reader->at, count = 0, digits = 0;
    if (!is_plain_upper(reader_peek(reader, at)) || !is_plain_upper(reader_peek(reader, at + 1)) ||
        reader_digits(reader, at + 2) < 2)
        return 0;
    bool spaced = reader_peek(reader, at + IBAN_GROUP) == ' ';
    for (; count <= IBAN_MAX; count++, at++) {
        if (spaced && count && count % IBAN_GROUP == 0 && reader_peek(reader, at) == ' ' &&
            is_of_iban(reader_peek(reader, at + 1)))
            at++;
        if (!is_of_iban(reader_peek(reader, at)))
            break;
        digits += reading_is_digit(reader->text[at]);
    }
    bool good = count >= IBAN_MIN && count <= IBAN_MAX && digits > count / 2;
    return good && reader_is_boundary(reader, at) ? at : 0;
}

static bool read_iban(struct reader *reader)
{
    size_t end = iban_end(reader);
    if (!end)
        return false;
    while (reader->at < end) {
        struct strbuf words = {0};
        for (size_t i = 0; i < IBAN_GROUP && reader->at < end; reader->at++) {
            if (reader->text[reader->at] == ' ')
                continue;
            reader_add_name(reader, &words, " ", reader->text[reader->at]);
            i++;
        }
        reader_pause(reader);
        reader_say(reader, words.text, LAST_REFERENCE);
        strbuf_free(&words);
    }
    return true;
}

static bool fits(const struct reader *reader, const char *shape, size_t *ret_end)
{
    size_t at = reader->at;
    for (; *shape; shape++, at++) {
        int32_t code = reader_peek(reader, at);
        if (*shape == '0' ? !reading_is_digit(code) : code != *shape)
            return false;
    }
    *ret_end = at;
    return reader_is_boundary(reader, at);
}

/* W751234567: a letter, then its groups. */
static bool read_shape(struct reader *reader)
{
    const struct reading_table *shapes = &reader->rules->reference_shapes;
    size_t end;
    for (size_t i = 0; i < shapes->count; i++) {
        if (!fits(reader, shapes->items[i].key, &end))
            continue;
        reader_pause(reader);
        while (is_plain_upper(reader->text[reader->at]))
            reader_say_taken(reader, reader_letter_name(reader, reader->text[reader->at++]),
                             LAST_REFERENCE);
        say_in_groups(reader, shapes->items[i].value, end);
        return true;
    }
    return false;
}

bool reader_lettered_identifier(struct reader *reader)
{
    return reader->rules->letter_names.count && reader->rules->cardinal.count &&
           (read_iban(reader) || read_shape(reader));
}
