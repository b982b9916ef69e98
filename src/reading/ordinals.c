/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ordinals: 3e, 2º, 7° mois, and 1° as the first of a list. */
#include "base/mem.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

#define DEGREE 0xb0

/* A larger number before ° is one of degrees. */
#define ENUMERATION_MAX 20

/* 1er, 3e, 2º. */
static bool read_suffix(struct reader *reader)
{
    size_t at = reader->at, count = reader_digits(reader, at), letters = 0;
    while (reading_is_letter(reader_peek(reader, at + count + letters)))
        letters++;
    if (!letters || letters > 5 || !reader_is_boundary(reader, at + count + letters))
        return false;
    char *digits = reader_copy(reader, at, count, false);
    char *suffix = reader_copy(reader, at + count, letters, false);
    char *words = reading_ordinal(reader->rules, digits, suffix);
    free(digits);
    free(suffix);
    if (!words)
        return false;
    reader_say_taken(reader, words, LAST_NUMBER);
    reader->number = UINT64_MAX;
    reader->at = at + count + letters;
    return true;
}

/* --- the degree sign ------------------------------------------------------------------------ */

static char *word_at(const struct reader *reader, size_t at)
{
    size_t length = 0;
    while (reading_is_letter(reader_peek(reader, at + length)) ||
           reader_peek(reader, at + length) == '-')
        length++;
    return reader_copy(reader, at, length, true);
}

static char *ordinal_of(const struct reader *reader, size_t count, bool feminine)
{
    char *digits = reader_copy(reader, reader->at, count, false);
    const char *suffix = strcmp(digits, "1") ? "e" : feminine ? "re" : "er";
    char *words = reading_ordinal(reader->rules, digits, suffix);
    free(digits);
    return words;
}

/* "7° mois": before some nouns ° is the raised o of an ordinal. */
static bool read_before_noun(struct reader *reader, size_t count)
{
    size_t next = reader->at + count + 1;
    if (reader_peek(reader, next) != ' ')
        return false;
    char *noun = word_at(reader, next + 1);
    bool listed = reading_table_find(&reader->rules->ordinal_nouns, noun);
    char *words =
        listed ? ordinal_of(reader, count, reading_table_find(&reader->rules->feminine_nouns, noun))
               : NULL;
    free(noun);
    if (!words)
        return false;
    reader_say_taken(reader, words, LAST_NUMBER);
    reader->number = UINT64_MAX;
    reader->at = next;
    return true;
}

/* "primo", or "douzièmement"; NULL without words for it. */
static char *enumeration_words(const struct reader *reader, size_t count)
{
    const struct reading_table *table = &reader->rules->enumeration;
    char *digits = reader_copy(reader, reader->at, count, false);
    const char *own = reading_table_find(table, digits), *any = reading_table_find(table, "*");
    free(digits);
    if (own)
        return xstrdup(own);
    const char *place = any ? strstr(any, "{}") : NULL;
    char *ordinal = place ? ordinal_of(reader, count, false) : NULL;
    char *words =
        ordinal ? xasprintf("%.*s%s%s", (int)(place - any), any, ordinal, place + 2) : NULL;
    free(ordinal);
    return words;
}

/* Before a capital at the beginning of a sentence, or at the beginning of a line. */
static bool begins_item(const struct reader *reader, size_t next)
{
    bool closed = reader_peek(reader, next) == ')';
    size_t at = next + closed;
    int32_t before = reader_before(reader, reader->at), first = reader_peek(reader, at + 1);
    if (reader_peek(reader, at) != ' ' || !reading_is_letter(first))
        return false;
    bool start = !before || before == '\n' || before == '(' || reader_ends_with_mark(reader);
    return (closed && start) ||
           (start && reading_is_upper(first) && !reader_is_boundary(reader, at + 2)) ||
           before == '\n';
}

/* "au 2° de l'article L. 5422-1". */
static bool is_of_a_list(const struct reader *reader, size_t next)
{
    const char *value;
    return reader_peek(reader, next) == ' ' &&
           reader_longest(reader, &reader->rules->enumeration_of, next + 1, CASE_EXACT, &value);
}

static bool read_enumeration(struct reader *reader, size_t count)
{
    size_t next = reader->at + count + 1;
    uint64_t value = reader_value_at(reader, reader->at, count);
    bool item = begins_item(reader, next), listed = is_of_a_list(reader, next);
    if (!value || value > ENUMERATION_MAX || (!item && !listed))
        return false;
    char *words = enumeration_words(reader, count);
    if (!words)
        return false;
    if (item)
        reader_pause(reader);
    reader_say_taken(reader, words, LAST_SPOKEN);
    if (item)
        reader_pause(reader);
    reader->at = next;
    return true;
}

bool reader_ordinal(struct reader *reader)
{
    size_t count = reader_digits(reader, reader->at);
    if (reader_peek(reader, reader->at + count) == DEGREE)
        return read_before_noun(reader, count) || read_enumeration(reader, count);
    return read_suffix(reader);
}
