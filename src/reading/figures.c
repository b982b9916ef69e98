/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures with what belongs to them: decimals, amounts, units, nouns, postal codes. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

/* The number that `count` digits make; 0 if they are too many to matter. */
uint64_t reader_value_at(const struct reader *reader, size_t at, size_t count)
{
    uint64_t value = 0;
    if (count > 15)
        return 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (uint64_t)(reader_peek(reader, at + i) - '0');
    return value;
}

void reader_say_taken(struct reader *reader, char *words, enum reader_last kind)
{
    reader_say(reader, words, kind);
    free(words);
}

void reader_say_group(struct reader *reader, size_t at, size_t count)
{
    char *digits = reader_copy(reader, at, count, false);
    reader_say_taken(reader, reading_group(reader->rules, digits), LAST_NUMBER);
    free(digits);
}

void reader_say_cardinal(struct reader *reader, uint64_t number)
{
    reader_say_taken(reader, reading_cardinal(reader->rules, number), LAST_NUMBER);
}

void reader_say_digits(struct reader *reader, size_t at, size_t count)
{
    char *digits = reader_copy(reader, at, count, false);
    reader_say_taken(reader, reading_digits(reader->rules, digits), LAST_NUMBER);
    free(digits);
}

/* --- units ------------------------------------------------------------------------------- */

const struct reading_unit *reader_unit_at(const struct reader *reader, size_t at, size_t *ret_end)
{
    const char *index;
    if (reader_peek(reader, at) == ' ')
        at++;
    size_t length = reader_longest(reader, &reader->rules->unit_symbols, at, CASE_EXACT, &index);
    if (!length)
        return NULL;
    int32_t last = reader->text[at + length - 1], next = reader_peek(reader, at + length);
    if (reading_is_letter(last) &&
        (reading_is_letter(next) || reading_is_digit(next) || next == '\''))
        return NULL;
    *ret_end = at + length;
    return &reader->rules->units[strtoul(index, NULL, 10)];
}

static bool begins_with_vowel(const struct reader *reader, const char *word)
{
    int32_t first = reading_to_lower(text_next(&word)), vowel;
    const char *vowels = reader->rules->vowels ? reader->rules->vowels : "";
    while ((vowel = text_next(&vowels)))
        if (vowel == first)
            return true;
    return false;
}

static bool wants_of(const struct reader *reader, const char *words)
{
    const char *last = strrchr(words, ' ');
    return reading_table_find(&reader->rules->of_after, last ? last + 1 : words);
}

static void say_unit(struct reader *reader, const char *number, const char *unit)
{
    const struct number_words *word = &reader->rules->word;
    if (!wants_of(reader, number)) {
        reader_say(reader, unit, LAST_UNIT);
    } else if (word->of_elided && begins_with_vowel(reader, unit)) {
        reader_say_taken(reader, xasprintf("%s%s", word->of_elided, unit), LAST_UNIT);
    } else {
        reader_say(reader, word->of, LAST_SPOKEN);
        reader_say(reader, unit, LAST_UNIT);
    }
}

/* --- figures ----------------------------------------------------------------------------- */

struct figure {
    struct strbuf whole; /* digits, groups joined */
    size_t decimals;     /* where they are in the text */
    size_t decimal_count;
    size_t end;
    bool grouped;
};

/* Whether `at` has a separator and then a group of exactly three digits. */
static bool is_group_of_three(const struct reader *reader, size_t at, int32_t separator)
{
    return reader_peek(reader, at) == separator && reader_digits(reader, at + 1) == 3;
}

size_t reader_groups_of_three(const struct reader *reader, size_t at, int32_t separator)
{
    size_t count = 0;
    for (; is_group_of_three(reader, at, separator); at += 4)
        count++;
    return count;
}

static bool has_decimals(const struct reader *reader, size_t at, int32_t mark)
{
    size_t count = reader_digits(reader, at + 1);
    size_t end = at + 1 + count;
    if (reader_peek(reader, at) != mark || !count)
        return false;
    /* A list like 1,2,3. */
    return !(reader_peek(reader, end) == mark && reading_is_digit(reader_peek(reader, end + 1)));
}

/* 192.168.1.1: what follows or stands before shows that the dots are no groups. */
static bool is_dotted_on(const struct reader *reader, size_t at, size_t end)
{
    while (at && reading_is_digit(reader->text[at - 1]))
        at--;
    bool before =
        reader_before(reader, at) == '.' && reading_is_digit(reader_before(reader, at - 1));
    return before ||
           (reader_peek(reader, end) == '.' && reading_is_digit(reader_peek(reader, end + 1)));
}

/* Groups of three digits: 1 250, 2.500, 1'000. A dot is none in a version or a number of a rule. */
static size_t grouping(const struct reader *reader, size_t at)
{
    size_t spaces = reader_groups_of_three(reader, at, ' ');
    size_t dots = reader_groups_of_three(reader, at, '.');
    if (spaces)
        return spaces;
    if (!dots)
        return reader_groups_of_three(reader, at, '\'');
    if (is_dotted_on(reader, at, at + 4 * dots) ||
        reading_table_find(&reader->rules->not_grouped, reader->previous))
        return 0;
    return dots;
}

/* 12€50: where the hundredths begin, or 0. */
static size_t cents_after_sign(const struct reader *reader, size_t at)
{
    size_t end;
    const struct reading_unit *unit =
        reader_peek(reader, at) == ' ' ? NULL : reader_unit_at(reader, at, &end);
    bool cents = unit && unit->cent && !reading_is_letter(reader->text[end - 1]) &&
                 reader_digits(reader, end) == 2 && reader_is_boundary(reader, end + 2);
    return cents ? end : 0;
}

static void parse_figure(const struct reader *reader, size_t at, struct figure *figure)
{
    *figure = (struct figure){0};
    bool in_list = at > 1 && reader->text[at - 1] == ',' && reading_is_digit(reader->text[at - 2]);
    size_t count = reader_digits(reader, at);
    char *digits = reader_copy(reader, at, count, false);
    strbuf_add(&figure->whole, digits);
    free(digits);
    at += count;
    size_t groups = count <= 3 && figure->whole.text[0] != '0' ? grouping(reader, at) : 0;
    for (; groups; groups--, at += 4) {
        digits = reader_copy(reader, at + 1, 3, false);
        strbuf_add(&figure->whole, digits);
        free(digits);
        figure->grouped = true;
    }
    size_t end;
    bool cents = has_decimals(reader, at, '.') && reader_digits(reader, at + 1) == 2 &&
                 reader_unit_at(reader, at + 3, &end) && reader_unit_at(reader, at + 3, &end)->cent;
    size_t sign_digits = cents_after_sign(reader, at);
    if (sign_digits) {
        figure->decimals = sign_digits;
        figure->decimal_count = 2;
    } else if ((has_decimals(reader, at, ',') && !in_list) || cents) {
        figure->decimals = at + 1;
        figure->decimal_count = reader_digits(reader, at + 1);
        at += 1 + figure->decimal_count;
    }
    figure->end = at;
}

static bool is_one(const char *digits)
{
    return !strcmp(digits, "1");
}

static bool is_less_than_two(const char *digits)
{
    while (*digits == '0')
        digits++;
    return !*digits || is_one(digits);
}

static void say_decimals(struct reader *reader, const struct figure *figure)
{
    reader_say(reader, reader->rules->word.decimal, LAST_SPOKEN);
    if (figure->decimal_count <= 3) {
        reader_say_group(reader, figure->decimals, figure->decimal_count);
        return;
    }
    for (size_t i = 0; i < figure->decimal_count; i++)
        reader_say_group(reader, figure->decimals + i, 1);
}

static char *whole_words(const struct reader *reader, const struct figure *figure, bool feminine)
{
    char *words = reading_group(reader->rules, figure->whole.text);
    return feminine ? reading_feminine(reader->rules, words) : words;
}

static void say_cents(struct reader *reader, const struct reading_unit *unit, uint64_t cents)
{
    reader_say_cardinal(reader, cents);
    reader_say(reader, cents < 2 ? unit->cent : unit->cents, LAST_UNIT);
}

/* 1 250,50 €: "mille deux cent cinquante euros cinquante". */
static void say_amount(struct reader *reader, const struct figure *figure,
                       const struct reading_unit *unit)
{
    uint64_t cents = reader_value_at(reader, figure->decimals, figure->decimal_count);
    if (figure->decimal_count == 1)
        cents *= 10;
    bool nothing = is_less_than_two(figure->whole.text) && !strchr(figure->whole.text, '1');
    if (nothing && cents) {
        say_cents(reader, unit, cents);
        return;
    }
    char *words = whole_words(reader, figure, unit->feminine);
    reader_say(reader, words, LAST_NUMBER);
    say_unit(reader, words, is_less_than_two(figure->whole.text) ? unit->one : unit->many);
    free(words);
    if (cents)
        reader_say_taken(reader, reading_cardinal(reader->rules, cents), LAST_UNIT);
}

bool reader_per_unit(struct reader *reader)
{
    size_t end;
    const struct reading_unit *unit = reader_unit_at(reader, reader->at, &end);
    if (!unit)
        return false;
    reader_say(reader, unit->one, LAST_UNIT);
    reader->at = end;
    return true;
}

static void say_measure(struct reader *reader, const struct figure *figure,
                        const struct reading_unit *unit)
{
    char *words = whole_words(reader, figure, unit->feminine && !figure->decimal_count);
    reader_say(reader, words, LAST_NUMBER);
    if (figure->decimal_count)
        say_decimals(reader, figure);
    say_unit(reader, figure->decimal_count ? "" : words,
             is_less_than_two(figure->whole.text) ? unit->one : unit->many);
    free(words);
}

/* --- figures without a unit ---------------------------------------------------------------- */

static size_t month_at(const struct reader *reader, size_t at)
{
    size_t length = 0;
    if (reader_peek(reader, at) != ' ')
        return 0;
    while (reading_is_letter(reader_peek(reader, at + 1 + length)))
        length++;
    char *word = reader_copy(reader, at + 1, length, true);
    size_t month = 0;
    for (size_t i = 0; i < COUNT_OF(reader->rules->months); i++)
        if (reader->rules->months[i] && !strcmp(reader->rules->months[i], word))
            month = i + 1;
    free(word);
    return month;
}

bool reader_is_feminine_noun(const struct reader *reader, const char *word)
{
    const struct reading_table *nouns = &reader->rules->feminine_nouns;
    size_t length = strlen(word);
    if (reading_table_find(nouns, word))
        return true;
    if (!length || word[length - 1] != 's')
        return false;
    char *singular = xstrndup(word, length - 1);
    bool found = reading_table_find(nouns, singular);
    free(singular);
    return found;
}

static bool feminine_follows(const struct reader *reader, size_t at)
{
    size_t length = 0;
    if (reader_peek(reader, at) != ' ')
        return false;
    while (reading_is_letter(reader_peek(reader, at + 1 + length)))
        length++;
    char *word = reader_copy(reader, at + 1, length, true);
    bool feminine = reader_is_feminine_noun(reader, word);
    free(word);
    return feminine;
}

/* 01000 Bourg: "zéro un mille". */
static bool is_postal_code(const char *digits)
{
    return strlen(digits) == 5 && digits[0] == '0' && digits[1] != '0';
}

static void say_postal_code(struct reader *reader, const char *digits)
{
    uint64_t rest = strtoull(digits + 2, NULL, 10);
    reader_say_cardinal(reader, 0);
    reader_say_cardinal(reader, (uint64_t)(digits[1] - '0'));
    reader_say(reader, reader->rules->word.thousand, LAST_NUMBER);
    if (rest)
        reader_say_cardinal(reader, rest);
}

/* A number of so many digits after "n°" is a name. */
#define NAME_DIGITS 6

/* A figure whose every digit counts: in a reference, with zeros before it, or very long. */
static bool wants_digits(const struct reader *reader, const struct figure *figure)
{
    size_t count = figure->whole.length;
    if (figure->grouped || figure->decimal_count)
        return false;
    bool named = reading_table_find(&reader->rules->numbered, reader->previous);
    return (reader->reference && count >= 4) || (named && count >= NAME_DIGITS) ||
           (figure->whole.text[0] == '0' && count > 3) || count > 9;
}

static uint64_t small_value(const struct figure *figure)
{
    return figure->whole.length <= 15 ? strtoull(figure->whole.text, NULL, 10) : 0;
}

static void say_plain(struct reader *reader, const struct figure *figure)
{
    const char *digits = figure->whole.text;
    if (is_postal_code(digits) && !figure->decimal_count && !reader->reference) {
        say_postal_code(reader, digits);
    } else if (wants_digits(reader, figure)) {
        reader_say_taken(reader, reading_digits(reader->rules, digits), LAST_REFERENCE);
        return;
    } else if (!figure->decimal_count && is_less_than_two(digits) && digits[0] != '\0' &&
               strchr(digits, '1') && month_at(reader, figure->end) && reader->rules->month_first) {
        reader_say(reader, reader->rules->month_first, LAST_NUMBER);
    } else {
        bool feminine = !figure->decimal_count && feminine_follows(reader, figure->end);
        reader_say_taken(reader, whole_words(reader, figure, feminine), LAST_NUMBER);
    }
    if (figure->decimal_count)
        say_decimals(reader, figure);
    reader->number = small_value(figure);
}

/* "le 1 500e" is an ordinal; without such a word before, a euro written as e. */
static bool say_with_e(struct reader *reader, const struct figure *figure)
{
    if (!figure->grouped || figure->decimal_count || reader_peek(reader, figure->end) != 'e' ||
        !reader_is_boundary(reader, figure->end + 1))
        return false;
    if (reading_table_find(&reader->rules->ordinal_after, reader->previous)) {
        reader_say_taken(reader, reading_ordinal(reader->rules, figure->whole.text, "e"),
                         LAST_NUMBER);
        reader->number = UINT64_MAX;
    } else {
        const char *index = reading_table_find(&reader->rules->unit_symbols, "€");
        if (!index)
            return false;
        say_measure(reader, figure, &reader->rules->units[strtoul(index, NULL, 10)]);
    }
    reader->at = figure->end + 1;
    return true;
}

void reader_say_figure(struct reader *reader, size_t at, const struct reading_unit *before)
{
    struct figure figure;
    size_t end;
    parse_figure(reader, at, &figure);
    if (!before && say_with_e(reader, &figure)) {
        strbuf_free(&figure.whole);
        return;
    }
    const struct reading_unit *unit = before ? before : reader_unit_at(reader, figure.end, &end);
    if (!unit)
        say_plain(reader, &figure);
    else if (unit->cent && figure.decimal_count && figure.decimal_count <= 2)
        say_amount(reader, &figure, unit);
    else
        say_measure(reader, &figure, unit);
    if (unit) {
        reader->unit = unit;
        reader->number = small_value(&figure);
    }
    bool after_sign = unit && !before && figure.decimals > figure.end;
    if (after_sign)
        end = figure.decimals + figure.decimal_count;
    reader->at = unit && !before ? end : figure.end;
    strbuf_free(&figure.whole);
}

bool reader_look_at_figure(const struct reader *reader, size_t at, struct reader_figure *found)
{
    struct figure figure;
    if (!reading_is_digit(reader_peek(reader, at)))
        return false;
    parse_figure(reader, at, &figure);
    *found = (struct reader_figure){.value = small_value(&figure), .end = figure.end};
    found->unit = reader_unit_at(reader, figure.end, &found->end);
    size_t sign = figure.end + (reader_peek(reader, figure.end) == ' ');
    found->percent = found->unit && reader_peek(reader, sign) == '%';
    strbuf_free(&figure.whole);
    return true;
}
