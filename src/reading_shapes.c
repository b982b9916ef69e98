/* What begins with a digit, a sign or a currency: figures, dates, times, telephone numbers. */
#include "mem.h"
#include "reading_reader.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#define MINUS_SIGN 0x2212
#define EN_DASH    0x2013

static bool is_boundary(const struct reader *reader, size_t at)
{
    int32_t code = reader_peek(reader, at);
    return !is_letter(code) && !is_digit(code);
}

/* The number that `count` digits make; 0 if they are too many to matter. */
static uint64_t value_at(const struct reader *reader, size_t at, size_t count)
{
    uint64_t value = 0;
    if (count > 15)
        return 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (uint64_t)(reader_peek(reader, at + i) - '0');
    return value;
}

static void say_taken(struct reader *reader, char *words, enum reader_last kind)
{
    reader_say(reader, words, kind);
    free(words);
}

static void say_group(struct reader *reader, size_t at, size_t count)
{
    char *digits = reader_copy(reader, at, count, false);
    say_taken(reader, reading_group(reader->rules, digits), LAST_NUMBER);
    free(digits);
}

static void say_cardinal(struct reader *reader, uint64_t number)
{
    say_taken(reader, reading_cardinal(reader->rules, number), LAST_NUMBER);
}

static void say_digits(struct reader *reader, size_t at, size_t count)
{
    char *digits = reader_copy(reader, at, count, false);
    say_taken(reader, reading_digits(reader->rules, digits), LAST_NUMBER);
    free(digits);
}

/* --- units ------------------------------------------------------------------------------- */

static const struct reading_unit *unit_at(const struct reader *reader, size_t at, size_t *ret_end)
{
    const char *index;
    if (reader_peek(reader, at) == ' ')
        at++;
    size_t length = reader_longest(reader, &reader->rules->unit_symbols, at, CASE_EXACT, &index);
    if (!length)
        return NULL;
    int32_t last = reader->text[at + length - 1], next = reader_peek(reader, at + length);
    if (is_letter(last) && (is_letter(next) || is_digit(next) || next == '\''))
        return NULL;
    *ret_end = at + length;
    return &reader->rules->units[strtoul(index, NULL, 10)];
}

static bool begins_with_vowel(const struct reader *reader, const char *word)
{
    int32_t first = to_lower(text_next(&word)), vowel;
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
        say_taken(reader, xasprintf("%s%s", word->of_elided, unit), LAST_UNIT);
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

static size_t groups_of_three(const struct reader *reader, size_t at, int32_t separator)
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
    return !(reader_peek(reader, end) == mark && is_digit(reader_peek(reader, end + 1)));
}

/* A dot between digits counts only if there can be no doubt: 1.250,50 or 12.50 €. */
static size_t grouping(const struct reader *reader, size_t at, int32_t *ret_separator)
{
    size_t spaces = groups_of_three(reader, at, ' ');
    size_t dots = groups_of_three(reader, at, '.');
    *ret_separator = spaces ? ' ' : '.';
    if (spaces)
        return spaces;
    size_t end;
    const struct reading_unit *unit = dots ? unit_at(reader, at + 4 * dots, &end) : NULL;
    return dots > 1 || (unit && unit->cent) || (dots && has_decimals(reader, at + 4 * dots, ','))
               ? dots
               : 0;
}

static void parse_figure(const struct reader *reader, size_t at, struct figure *figure)
{
    *figure = (struct figure){0};
    bool in_list = at > 1 && reader->text[at - 1] == ',' && is_digit(reader->text[at - 2]);
    size_t count = reader_digits(reader, at);
    char *digits = reader_copy(reader, at, count, false);
    strbuf_add(&figure->whole, digits);
    free(digits);
    at += count;
    int32_t separator;
    size_t groups =
        count <= 3 && figure->whole.text[0] != '0' ? grouping(reader, at, &separator) : 0;
    for (; groups; groups--, at += 4) {
        digits = reader_copy(reader, at + 1, 3, false);
        strbuf_add(&figure->whole, digits);
        free(digits);
        figure->grouped = true;
    }
    size_t end;
    bool cents = has_decimals(reader, at, '.') && reader_digits(reader, at + 1) == 2 &&
                 unit_at(reader, at + 3, &end) && unit_at(reader, at + 3, &end)->cent;
    if ((has_decimals(reader, at, ',') && !in_list) || cents) {
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
        say_group(reader, figure->decimals, figure->decimal_count);
        return;
    }
    for (size_t i = 0; i < figure->decimal_count; i++)
        say_group(reader, figure->decimals + i, 1);
}

static char *whole_words(const struct reader *reader, const struct figure *figure, bool feminine)
{
    char *words = reading_group(reader->rules, figure->whole.text);
    return feminine ? reading_feminine(reader->rules, words) : words;
}

static void say_cents(struct reader *reader, const struct reading_unit *unit, uint64_t cents)
{
    say_cardinal(reader, cents);
    reader_say(reader, cents < 2 ? unit->cent : unit->cents, LAST_UNIT);
}

/* 1 250,50 €: "mille deux cent cinquante euros cinquante". */
static void say_amount(struct reader *reader, const struct figure *figure,
                       const struct reading_unit *unit)
{
    uint64_t cents = value_at(reader, figure->decimals, figure->decimal_count);
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
        say_taken(reader, reading_cardinal(reader->rules, cents), LAST_UNIT);
}

bool reader_per_unit(struct reader *reader)
{
    size_t end;
    const struct reading_unit *unit = unit_at(reader, reader->at, &end);
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
    while (is_letter(reader_peek(reader, at + 1 + length)))
        length++;
    char *word = reader_copy(reader, at + 1, length, true);
    size_t month = 0;
    for (size_t i = 0; i < COUNT_OF(reader->rules->months); i++)
        if (reader->rules->months[i] && !strcmp(reader->rules->months[i], word))
            month = i + 1;
    free(word);
    return month;
}

static bool is_feminine_noun(const struct reader *reader, char *word)
{
    const struct reading_table *nouns = &reader->rules->feminine_nouns;
    size_t length = strlen(word);
    if (reading_table_find(nouns, word))
        return true;
    if (!length || word[length - 1] != 's')
        return false;
    word[length - 1] = '\0';
    return reading_table_find(nouns, word);
}

static bool feminine_follows(const struct reader *reader, size_t at)
{
    size_t length = 0;
    if (reader_peek(reader, at) != ' ')
        return false;
    while (is_letter(reader_peek(reader, at + 1 + length)))
        length++;
    char *word = reader_copy(reader, at + 1, length, true);
    bool feminine = is_feminine_noun(reader, word);
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
    say_cardinal(reader, 0);
    say_cardinal(reader, (uint64_t)(digits[1] - '0'));
    reader_say(reader, reader->rules->word.thousand, LAST_NUMBER);
    if (rest)
        say_cardinal(reader, rest);
}

/* A figure whose every digit counts: in a reference, with zeros before it, or very long. */
static bool wants_digits(const struct reader *reader, const struct figure *figure)
{
    size_t count = figure->whole.length;
    if (figure->grouped || figure->decimal_count)
        return false;
    return (reader->reference && count >= 4) || (figure->whole.text[0] == '0' && count > 3) ||
           count > 9;
}

static void say_plain(struct reader *reader, const struct figure *figure)
{
    const char *digits = figure->whole.text;
    if (is_postal_code(digits) && !figure->decimal_count && !reader->reference) {
        say_postal_code(reader, digits);
    } else if (wants_digits(reader, figure)) {
        say_taken(reader, reading_digits(reader->rules, digits), LAST_REFERENCE);
        return;
    } else if (!figure->decimal_count && is_less_than_two(digits) && digits[0] != '\0' &&
               strchr(digits, '1') && month_at(reader, figure->end) && reader->rules->month_first) {
        reader_say(reader, reader->rules->month_first, LAST_NUMBER);
    } else {
        bool feminine = !figure->decimal_count && feminine_follows(reader, figure->end);
        say_taken(reader, whole_words(reader, figure, feminine), LAST_NUMBER);
    }
    if (figure->decimal_count)
        say_decimals(reader, figure);
    reader->number = strlen(digits) <= 15 ? strtoull(digits, NULL, 10) : 0;
}

static void say_figure(struct reader *reader, size_t at, const struct reading_unit *before)
{
    struct figure figure;
    size_t end;
    parse_figure(reader, at, &figure);
    const struct reading_unit *unit = before ? before : unit_at(reader, figure.end, &end);
    if (!unit)
        say_plain(reader, &figure);
    else if (unit->cent && figure.decimal_count && figure.decimal_count <= 2)
        say_amount(reader, &figure, unit);
    else
        say_measure(reader, &figure, unit);
    reader->at = unit && !before ? end : figure.end;
    strbuf_free(&figure.whole);
}

/* --- telephone numbers --------------------------------------------------------------------- */

static bool is_separator(int32_t code)
{
    return code == ' ' || code == '.' || code == '-' || code == '/' || code == EN_DASH;
}

/* How many groups of two digits with the same separator begin here; stores where they end. */
static size_t pairs_at(const struct reader *reader, size_t at, size_t *ret_end)
{
    int32_t separator = 0;
    size_t count = 0;
    while (reader_digits(reader, at) == 2) {
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
            say_group(reader, at, count);
        else
            say_digits(reader, at, count);
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
        say_group(reader, at, take);
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
    for (size_t count; (count = reader_digits(reader, at)) && count <= 15;) {
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
        if (is_digit(reader->text[at]))
            say_group(reader, at, 1);
    say_group(reader, digits_at, code);
    reader_pause(reader);
    if (trunk)
        say_group(reader, rest + 1, 1);
    reader->at = number;
    say_pairs(reader, number, end);
    return true;
}

static bool read_international(struct reader *reader)
{
    size_t at = reader->at;
    if (reader->text[at] == '+')
        return is_digit(reader_peek(reader, at + 1)) && international_at(reader, at, at + 1);
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
    if (pairs_at(reader, at, &end) == 5 && is_boundary(reader, end)) {
        say_pairs(reader, at, end);
        return true;
    }
    if (run == 10 && is_boundary(reader, at + run)) {
        say_pairs(reader, at, at + run);
        return true;
    }
    if ((run == 1 || run == 4) && groups_of_three(reader, at + run, ' ') >= 2) {
        end = groups_end(reader, at, &total);
        if (total != 10)
            return false;
        say_group(reader, at, run);
        if (run == 1)
            say_group(reader, at + 2, 3);
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

/* 3949 after "appelez"; "le 3949" only if it is well known. */
static bool read_short(struct reader *reader)
{
    size_t at = reader->at, unit_end, run = reader_digits(reader, at);
    bool article = reading_table_find(&reader->rules->telephone_articles, reader->previous);
    if (run < 4 || run > 6 || run % 2 || (!article && !reader->telephone) ||
        !is_boundary(reader, at + run) || unit_at(reader, at + run, &unit_end))
        return false;
    int32_t next = reader_peek(reader, at + run);
    if ((next == ',' || next == '/' || next == '-') && is_digit(reader_peek(reader, at + run + 1)))
        return false;
    char *digits = reader_copy(reader, at, run, false);
    bool known = is_short_number(reader, digits, !reader->telephone);
    free(digits);
    if (known)
        say_pairs(reader, at, at + run);
    return known;
}

/* 39 49, always; 118 712 where a telephone number is expected. */
static bool read_pairs(struct reader *reader)
{
    size_t at = reader->at, end = at, unit_end;
    if (reader_digits(reader, at) != 2 || reader_peek(reader, at + 2) != ' ' ||
        pairs_at(reader, at, &end) < 2 || !is_boundary(reader, end))
        return false;
    int32_t next = reader_peek(reader, end);
    bool more = (next == ',' || next == ' ') && is_digit(reader_peek(reader, end + 1));
    if (more || unit_at(reader, end, &unit_end))
        return false;
    say_pairs(reader, at, end);
    return true;
}

static bool read_six(struct reader *reader)
{
    size_t at = reader->at;
    if (!reader->telephone || reader_digits(reader, at) != 3 ||
        groups_of_three(reader, at + 3, ' ') != 1 || !is_boundary(reader, at + 7))
        return false;
    char *digits = reader_copy(reader, at, 3, false);
    bool known = is_short_number(reader, digits, false);
    free(digits);
    if (known) {
        say_group(reader, at, 3);
        say_groups(reader, at + 3, at + 7);
    }
    return known;
}

/* Four groups of digits or more that are no number: of a card, of an insured person. */
static bool read_groups(struct reader *reader)
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
    if (groups < 4 || (thousands && !reader->reference) || !is_boundary(reader, end))
        return false;
    say_groups(reader, reader->at, end);
    return true;
}

static bool read_telephone(struct reader *reader)
{
    return read_international(reader) || read_national(reader) || read_short(reader) ||
           read_six(reader);
}

/* --- dates --------------------------------------------------------------------------------- */

static bool is_day(uint64_t day, uint64_t month)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static void say_day(struct reader *reader, uint64_t day, uint64_t month)
{
    if (day == 1 && reader->rules->month_first)
        reader_say(reader, reader->rules->month_first, LAST_NUMBER);
    else if (day)
        say_cardinal(reader, day);
    reader_say(reader, reader->rules->months[month - 1], LAST_NUMBER);
}

struct parts {
    uint64_t value[3];
    size_t digits[3];
    size_t count;
    int32_t separator;
    size_t end;
};

static void split_parts(const struct reader *reader, struct parts *parts)
{
    *parts = (struct parts){.end = reader->at};
    size_t at = reader->at;
    while (parts->count < 3) {
        size_t count = reader_digits(reader, at);
        if (!count || count > 4)
            break;
        parts->digits[parts->count] = count;
        parts->value[parts->count++] = value_at(reader, at, count);
        parts->end = at + count;
        int32_t next = reader_peek(reader, at + count);
        if (next != '/' && next != '.' && next != '-' && next != ' ')
            break;
        if (parts->separator && next != parts->separator)
            break;
        if (!is_digit(reader_peek(reader, at + count + 1)))
            break;
        parts->separator = next;
        at += count + 1;
    }
}

static bool ends_alone(const struct reader *reader, const struct parts *parts)
{
    int32_t next = reader_peek(reader, parts->end);
    return is_boundary(reader, parts->end) &&
           !((next == '/' || next == ',') && is_digit(reader_peek(reader, parts->end + 1)));
}

static bool say_date(struct reader *reader, const struct parts *parts, size_t day, size_t month,
                     size_t year)
{
    say_day(reader, parts->value[day], parts->value[month]);
    if (year < 3)
        say_cardinal(reader, parts->value[year]);
    reader->last = LAST_NUMBER;
    reader->number = 0;
    reader->at = parts->end;
    return true;
}

/* 12/11/2024, 12-11-24, 12.11.2024, 12 11 2024, 2024-11-12, 28/11, 11/2024. */
static bool read_date(struct reader *reader)
{
    struct parts parts;
    split_parts(reader, &parts);
    const uint64_t *value = parts.value;
    const size_t *digits = parts.digits;
    if (!reader->rules->months[0] || parts.count < 2 || !ends_alone(reader, &parts) ||
        reader_before(reader, reader->at) == '/')
        return false;
    if (parts.count == 3) {
        if (digits[0] == 4 && parts.separator == '-' && is_day(value[2], value[1]))
            return say_date(reader, &parts, 2, 1, 0);
        if (digits[0] > 2 || digits[1] > 2 || !is_day(value[0], value[1]))
            return false;
        bool long_year = digits[2] == 4 && value[2] >= 1000;
        bool short_year = digits[2] == 2 && digits[1] == 2 && parts.separator != ' ';
        return (long_year || short_year) && say_date(reader, &parts, 0, 1, 2);
    }
    if (parts.separator != '/' || digits[0] > 2 ||
        reading_table_find(&reader->rules->not_after, reader->previous))
        return false;
    if (digits[1] == 4 && value[1] >= 1900 && value[0] >= 1 && value[0] <= 12) {
        reader_say(reader, reader->rules->months[value[0] - 1], LAST_NUMBER);
        say_cardinal(reader, value[1]);
        reader->at = parts.end;
        return true;
    }
    bool clear = digits[1] == 2 || reading_table_find(&reader->rules->date_after, reader->previous);
    return clear && is_day(value[0], value[1]) && say_date(reader, &parts, 0, 1, 3);
}

/* --- times --------------------------------------------------------------------------------- */

static void say_feminine(struct reader *reader, uint64_t number)
{
    char *words = reading_cardinal(reader->rules, number);
    say_taken(reader, reading_feminine(reader->rules, words), LAST_NUMBER);
}

static void say_time(struct reader *reader, uint64_t hours, uint64_t minutes)
{
    say_feminine(reader, hours);
    reader_say(reader, hours < 2 ? reader->rules->hour : reader->rules->hours, LAST_UNIT);
    if (minutes)
        say_feminine(reader, minutes);
    reader->last = LAST_UNIT;
}

static void say_seconds(struct reader *reader, uint64_t minutes, uint64_t seconds)
{
    const struct reading_rules *rules = reader->rules;
    reader_say(reader, minutes < 2 ? rules->minute : rules->minutes, LAST_UNIT);
    if (!seconds)
        return;
    say_feminine(reader, seconds);
    reader_say(reader, seconds < 2 ? rules->second : rules->seconds, LAST_UNIT);
}

/* 9h30, 9 h 30, 14 h, 9h30min. */
static bool read_hours(struct reader *reader)
{
    size_t at = reader->at, count = reader_digits(reader, at), ignored;
    const char *value;
    size_t symbol = at + count + (reader_peek(reader, at + count) == ' ');
    if (count > 2 ||
        !reader_longest(reader, &reader->rules->time_symbols, symbol, CASE_EXACT, &value))
        return false;
    size_t end = symbol + 1;
    size_t minutes_at = end + (reader_peek(reader, end) == ' ');
    bool minutes =
        reader_digits(reader, minutes_at) == 2 && value_at(reader, minutes_at, 2) < 60 &&
        reader_peek(reader, minutes_at + 2) != '/' &&
        (is_boundary(reader, minutes_at + 2) || unit_at(reader, minutes_at + 2, &ignored));
    if (!minutes && (!is_boundary(reader, end) || reader_peek(reader, end) == '\''))
        return false;
    say_time(reader, value_at(reader, at, count), minutes ? value_at(reader, minutes_at, 2) : 0);
    reader->at = minutes ? minutes_at + 2 : end;
    size_t unit_end;
    const struct reading_unit *unit = minutes ? unit_at(reader, reader->at, &unit_end) : NULL;
    if (unit && reader->rules->minutes && !strcmp(unit->many, reader->rules->minutes)) {
        reader_say(reader, unit->many, LAST_UNIT);
        reader->at = unit_end;
    }
    return true;
}

/* 14:05, 14:05:30. */
static bool read_clock(struct reader *reader)
{
    size_t at = reader->at, count = reader_digits(reader, at), end = at + count + 3;
    if (!reader->rules->hour || count > 2 || value_at(reader, at, count) > 24 ||
        reader_peek(reader, at + count) != ':' || reader_digits(reader, at + count + 1) != 2 ||
        value_at(reader, at + count + 1, 2) > 59)
        return false;
    uint64_t hours = value_at(reader, at, count), minutes = value_at(reader, at + count + 1, 2);
    if (reader_peek(reader, end) == ':') {
        if (reader_digits(reader, end + 1) != 2 || !is_boundary(reader, end + 3))
            return false;
        say_time(reader, hours, minutes);
        say_seconds(reader, minutes, value_at(reader, end + 1, 2));
        reader->at = end + 3;
        return true;
    }
    if (!is_boundary(reader, end))
        return false;
    say_time(reader, hours, minutes);
    reader->at = end;
    return true;
}

/* --- ordinals and fractions ---------------------------------------------------------------- */

static bool read_ordinal(struct reader *reader)
{
    size_t at = reader->at, count = reader_digits(reader, at), letters = 0;
    while (is_letter(reader_peek(reader, at + count + letters)))
        letters++;
    if (!letters || letters > 5 || !is_boundary(reader, at + count + letters))
        return false;
    char *digits = reader_copy(reader, at, count, false);
    char *suffix = reader_copy(reader, at + count, letters, false);
    char *words = reading_ordinal(reader->rules, digits, suffix);
    free(digits);
    free(suffix);
    if (!words)
        return false;
    say_taken(reader, words, LAST_NUMBER);
    reader->number = UINT64_MAX;
    reader->at = at + count + letters;
    return true;
}

static bool read_fraction(struct reader *reader)
{
    const char *words;
    size_t length =
        reader_longest(reader, &reader->rules->fractions, reader->at, CASE_EXACT, &words);
    size_t end = reader->at + length;
    int32_t next = reader_peek(reader, end);
    if (!length || !is_boundary(reader, end) ||
        ((next == '/' || next == ',' || next == '.') && is_digit(reader_peek(reader, end + 1))))
        return false;
    reader_say(reader, words, LAST_SPOKEN);
    reader->at = end;
    return true;
}

/* --- where they begin ---------------------------------------------------------------------- */

/* 10-15: "dix à quinze"; 5411-1 is no range. */
bool reader_range(struct reader *reader)
{
    size_t at = reader->at;
    if (!is_digit(reader_peek(reader, at + 1)) || reader->join != JOIN_SPACE ||
        !is_digit(reader_before(reader, at)) ||
        (reader->last != LAST_NUMBER && reader->last != LAST_UNIT))
        return false;
    uint64_t next = value_at(reader, at + 1, reader_digits(reader, at + 1));
    if (reader->last == LAST_NUMBER && next <= reader->number) {
        char bytes[5];
        text_encode('-', bytes);
        reader_say(reader, reading_table_find(&reader->rules->punctuation, bytes), LAST_SPOKEN);
    } else {
        reader_say(reader, reader->rules->word.range, LAST_SPOKEN);
    }
    reader->at++;
    return true;
}

static bool read_after_time(struct reader *reader)
{
    int32_t code = reader->text[reader->at];
    if ((code != '-' && code != EN_DASH) || reader->last != LAST_UNIT ||
        reader->join != JOIN_SPACE || !is_digit(reader_peek(reader, reader->at + 1)) ||
        reader_before(reader, reader->at) == ' ')
        return false;
    reader_say(reader, reader->rules->word.range, LAST_SPOKEN);
    reader->at++;
    return true;
}

static bool read_sign(struct reader *reader)
{
    int32_t code = reader->text[reader->at], before = reader_before(reader, reader->at);
    bool minus = code == '-' || code == MINUS_SIGN || code == EN_DASH;
    if ((!minus && code != '+') || !is_digit(reader_peek(reader, reader->at + 1)))
        return false;
    if (code != MINUS_SIGN && code != '+' && (is_letter(before) || is_digit(before)))
        return false;
    if (code == '+' && read_international(reader))
        return true;
    reader_say(reader, minus ? reader->rules->word.minus : reader->rules->word.plus, LAST_SPOKEN);
    reader->at++;
    return true;
}

/* €12,50, EUR 100 */
static bool read_currency(struct reader *reader)
{
    size_t at = reader->at, end;
    int32_t code = reader->text[at];
    if (code == ' ' || (is_letter(code) && (!is_upper(code) || !is_boundary(reader, at - 1))))
        return false;
    const struct reading_unit *unit = unit_at(reader, at, &end);
    size_t number = unit && reader_peek(reader, end) == ' ' ? end + 1 : end;
    if (!unit || !unit->cent || !is_digit(reader_peek(reader, number)))
        return false;
    say_figure(reader, number, unit);
    return true;
}

static bool read_digits(struct reader *reader)
{
    if (read_telephone(reader) || read_date(reader) || read_pairs(reader) || read_groups(reader) ||
        read_clock(reader) || read_hours(reader) || read_ordinal(reader) || read_fraction(reader))
        return true;
    size_t end, count = reader_digits(reader, reader->at);
    int32_t next = reader_peek(reader, reader->at + count);
    if ((is_letter(next) || next == '-' || next == '_') && count &&
        !unit_at(reader, reader->at + count, &end) && reader_reference(reader))
        return true;
    say_figure(reader, reader->at, NULL);
    return true;
}

bool reader_shape(struct reader *reader)
{
    int32_t code = reader->text[reader->at];
    if (!reader->rules->cardinal.count)
        return false;
    if (is_digit(code))
        return read_digits(reader);
    return read_after_time(reader) || read_sign(reader) || read_currency(reader);
}
