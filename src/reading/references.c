/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said character by character: AB12C, F1637, 2024-A-113. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REFERENCE_LETTERS 4

/* What is longer is no reference: it is read piece by piece. */
#define REFERENCE_MAX 64

struct reference {
    size_t length, letters, digits, runs;
    bool words; /* has a word in capitals, such as COVID in COVID-19 */
};

static bool is_reference_mark(int32_t code)
{
    return code == '-' || code == '_' || code == '.' || code == '/';
}

static bool is_reference_letter(int32_t code)
{
    return code >= 'A' && code <= 'Z';
}

/* T2/T3: two of one letter and a figure are two. */
static bool is_short(const struct reader *reader, size_t at, size_t letters, size_t digits)
{
    size_t next = at + letters + digits + 1;
    return letters == 1 && digits && digits <= 2 &&
           is_reference_letter(reader_peek(reader, next)) &&
           reading_is_digit(reader_peek(reader, next + 1));
}

static void measure_reference(const struct reader *reader, size_t at, struct reference *found)
{
    *found = (struct reference){0};
    size_t start = at;
    for (;;) {
        size_t run = 0;
        while (is_reference_letter(reader_peek(reader, at + run)))
            run++;
        char *letters = reader_copy(reader, at, run, false);
        found->words = found->words || run > REFERENCE_LETTERS ||
                       (run > 1 && reading_table_find(&reader->rules->names, letters));
        free(letters);
        found->letters += run;
        size_t digits = reader_digits(reader, at + run);
        found->digits += digits;
        found->runs++;
        at += run + digits;
        int32_t next = reader_peek(reader, at), after = reader_peek(reader, at + 1);
        if (at - start > REFERENCE_MAX)
            break;
        if (is_reference_letter(next) && digits)
            continue;
        if (next == '/' && at - start == run + digits && is_short(reader, start, run, digits))
            break;
        if (!(run + digits) || !is_reference_mark(next) ||
            !(is_reference_letter(after) || reading_is_digit(after)))
            break;
        at++;
    }
    found->length = at - start;
}

/* A4, F12, 5G: as one says them. */
static bool read_short_reference(struct reader *reader, const struct reference *found)
{
    size_t at = reader->at;
    size_t digits_at = reading_is_digit(reader->text[at]) ? at : at + 1;
    if (found->letters != 1 || found->digits > 2 || found->length != 1 + found->digits ||
        reader_digits(reader, digits_at) != found->digits)
        return false;
    if (found->digits == 2 && reader->text[digits_at] == '0')
        return false;
    char *letter =
        reader_letter_name(reader, reader->text[digits_at == at ? at + found->digits : at]);
    char *digits = reader_copy(reader, digits_at, found->digits, false);
    char *number = reading_group(reader->rules, digits);
    reader_say(reader, digits_at == at ? number : letter, LAST_REFERENCE);
    reader_say(reader, digits_at == at ? letter : number, LAST_REFERENCE);
    free(letter);
    free(digits);
    free(number);
    reader->at = at + found->length;
    return true;
}

bool reader_reference(struct reader *reader)
{
    struct reference found;
    if (!reader->rules->letter_names.count || !reader->rules->cardinal.count)
        return false;
    measure_reference(reader, reader->at, &found);
    if (!found.letters || !found.digits || found.words || found.length > REFERENCE_MAX ||
        !reader_is_boundary(reader, reader->at + found.length))
        return false;
    if (read_short_reference(reader, &found))
        return true;
    reader_pause(reader);
    reader_say_characters(reader, found.length, ", ", LAST_REFERENCE);
    reader_pause(reader);
    reader->at += found.length;
    return true;
}
