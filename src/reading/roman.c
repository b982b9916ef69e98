/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roman numerals: XXIe siècle, chapitre IV, Henri IV, Paris-VIII, "II. Vos droits". */
#include "base/mem.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEGREE 0xb0

/* A single letter is seldom more than ten. */
#define SINGLE_MAX 10

struct numeral {
    size_t upper; /* letters of the numeral */
    size_t end;
    unsigned value;
    char *suffix; /* of an ordinal, or "" */
    bool small;   /* only I, V and X: the letters of most numerals and of few acronyms */
    bool plain;   /* has II, as no acronym has */
};

static size_t letters_at(const struct reader *reader, size_t at)
{
    size_t length = 0;
    while (reading_is_latin(reader_peek(reader, at + length)))
        length++;
    return length;
}

static void measure(const struct reader *reader, size_t length, struct numeral *numeral)
{
    size_t at = reader->at, upper = 0;
    while (upper < length && reading_is_upper(reader->text[at + upper]))
        upper++;
    char *letters = reader_copy(reader, at, upper, false);
    bool degree = reader_peek(reader, at + length) == DEGREE;
    *numeral = (struct numeral){
        .upper = upper,
        .end = at + length + degree,
        .value = upper ? reading_roman(letters) : 0,
        .suffix = degree ? xstrdup("e") : reader_copy(reader, at + upper, length - upper, false),
        .small = strspn(letters, "IVX") == upper && strspn(letters, "X") < upper,
        .plain = strstr(letters, "II"),
    };
    free(letters);
}

static bool word_follows(const struct reader *reader, const struct reading_table *table, size_t at)
{
    size_t length = reader_peek(reader, at) == ' ' ? letters_at(reader, at + 1) : 0;
    char *word = reader_copy(reader, at + 1, length, true);
    bool found = length && reading_table_find(table, word);
    free(word);
    return found;
}

/* XXIe, Ve siècle, Ier; "Le" and "Ce" are none. */
static char *ordinal_words(const struct reader *reader, const struct numeral *numeral)
{
    bool degree = reader_peek(reader, numeral->end - 1) == DEGREE;
    bool before = word_follows(reader, &reader->rules->roman_before, numeral->end);
    bool first = numeral->value == 1 && *numeral->suffix && strcmp(numeral->suffix, "e");
    if (!before && !first && (numeral->upper < 2 || degree))
        return NULL;
    char digits[16];
    snprintf(digits, sizeof digits, "%u", numeral->value);
    return reading_ordinal(reader->rules, digits, numeral->suffix);
}

/* The word before begins with one capital: a name, or the first word of a title. */
static bool is_after_name(const struct reader *reader)
{
    size_t end = reader->at ? reader->at - 1 : 0, start = end;
    if (!end || (reader->text[end] != ' ' && reader->text[end] != '-'))
        return false;
    while (start && reading_is_letter(reader->text[start - 1]))
        start--;
    return end - start > 1 && reading_is_upper(reader->text[start]) &&
           reading_is_lower(reader->text[start + 1]);
}

static bool is_before_list_mark(const struct reader *reader, size_t at)
{
    int32_t next = reader_peek(reader, at);
    bool point = (next == '.' || next == ')') && reader_peek(reader, at + 1) == ' ';
    bool dash = next == ' ' && reading_is_one_of(reader_peek(reader, at + 1), "-–—") &&
                reader_peek(reader, at + 2) == ' ';
    return point || dash;
}

/* "au II de l'article 3" */
static bool is_of_article(const struct reader *reader, size_t at)
{
    const char *value;
    return reader_peek(reader, at) == ' ' &&
           reading_table_find(&reader->rules->ordinal_after, reader->previous) &&
           reader_longest(reader, &reader->rules->enumeration_of, at + 1, CASE_EXACT, &value);
}

static bool is_cardinal(const struct reader *reader, const struct numeral *numeral)
{
    const struct reading_rules *rules = reader->rules;
    bool single = numeral->upper == 1;
    if (reading_table_find(&rules->roman_after, reader->previous) &&
        (!single || numeral->value <= SINGLE_MAX))
        return true;
    if (is_of_article(reader, numeral->end))
        return true;
    if (reading_table_find(&rules->roman_names, reader->previous))
        return numeral->small || (single && numeral->value == 10);
    if (single || !numeral->small)
        return false;
    bool word = reader->last == LAST_WORD && reader_before(reader, reader->at) != '\'';
    return is_after_name(reader) || (numeral->plain && word) ||
           (word && reading_table_find(&rules->ordinal_after, reader->previous)) ||
           (numeral->plain && is_before_list_mark(reader, numeral->end));
}

bool reader_roman(struct reader *reader, size_t length)
{
    struct numeral numeral;
    char *words = NULL;
    measure(reader, length, &numeral);
    if (numeral.value && *numeral.suffix)
        words = ordinal_words(reader, &numeral);
    else if (numeral.value && is_cardinal(reader, &numeral))
        words = reading_cardinal(reader->rules, numeral.value);
    free(numeral.suffix);
    if (!words)
        return false;
    reader_say_taken(reader, words, LAST_NUMBER);
    reader->number = numeral.value;
    reader->at = numeral.end;
    return true;
}
