/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates and times of the day. */
#include "base/mem.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

/* So many dates are looked through for one that decides for all. */
#define DATES_IN_LIST 8

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
        reader_say_cardinal(reader, day);
    reader_say(reader, reader->rules->months[month - 1], LAST_NUMBER);
}

/* The symbol of an hour, perhaps after a space: 9/12 h is no date. */
static bool time_follows(const struct reader *reader, size_t at)
{
    const char *value;
    at += reader_peek(reader, at) == ' ';
    size_t length = reader_longest(reader, &reader->rules->time_symbols, at, CASE_EXACT, &value);
    return length && !reading_is_letter(reader_peek(reader, at + length)) &&
           reader_peek(reader, at + length) != '\'';
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
        parts->value[parts->count++] = reader_value_at(reader, at, count);
        parts->end = at + count;
        int32_t next = reader_peek(reader, at + count);
        if (next != '/' && next != '.' && next != '-' && next != ' ')
            break;
        if (parts->separator && next != parts->separator)
            break;
        if (!reading_is_digit(reader_peek(reader, at + count + 1)))
            break;
        parts->separator = next;
        at += count + 1;
    }
}

static bool ends_alone(const struct reader *reader, const struct parts *parts)
{
    int32_t next = reader_peek(reader, parts->end);
    return reader_is_boundary(reader, parts->end) &&
           !((next == '/' || next == ',') && reading_is_digit(reader_peek(reader, parts->end + 1)));
}

static bool say_date(struct reader *reader, const struct parts *parts, size_t day, size_t month,
                     size_t year)
{
    say_day(reader, parts->value[day], parts->value[month]);
    if (year < 3)
        reader_say_cardinal(reader, parts->value[year]);
    reader->last = LAST_NUMBER;
    reader->number = 0;
    reader->at = parts->end;
    return true;
}

/* "1/1 au 31/8": the other end of a span of days follows. */
static bool span_follows(const struct reader *reader, size_t at)
{
    if (reader_peek(reader, at) != ' ')
        return false;
    size_t word = at + 1;
    while (reading_is_letter(reader_peek(reader, word)))
        word++;
    char *lower = reader_copy(reader, at + 1, word - at - 1, true);
    bool span = reading_table_find(&reader->rules->date_after, lower);
    free(lower);
    size_t digits = reader_digits(reader, word + 1);
    return span && reader_peek(reader, word) == ' ' && digits &&
           reader_peek(reader, word + 1 + digits) == '/' &&
           reading_is_digit(reader_peek(reader, word + 2 + digits));
}

/* Where the next of several begins, after ", " or " et "; 0 if none does. */
static size_t next_in_list(const struct reader *reader, size_t at)
{
    const char *value;
    size_t length = reader_longest(reader, &reader->rules->date_between, at, CASE_EXACT, &value);
    return length && reading_is_digit(reader_peek(reader, at + length)) ? at + length : 0;
}

/* "les 1/1, 1/5 et 25/12": one of them is a date beyond doubt, so all are. */
static bool is_list_of_dates(const struct reader *reader, size_t at)
{
    for (size_t i = 0; at && i < DATES_IN_LIST; i++) {
        size_t day = reader_digits(reader, at), month_at = at + day + 1;
        size_t month = reader_digits(reader, month_at);
        if (day < 1 || day > 2 || month < 1 || month > 2 || reader_peek(reader, at + day) != '/' ||
            !is_day(reader_value_at(reader, at, day), reader_value_at(reader, month_at, month)))
            return false;
        if (month == 2)
            return true;
        at = next_in_list(reader, month_at + month);
    }
    return false;
}

/* A day and a month without a year. */
static bool is_short_date(const struct reader *reader, const struct parts *parts)
{
    if (!is_day(parts->value[0], parts->value[1]))
        return false;
    if (reading_table_find(&reader->rules->date_after, reader->previous))
        return true;
    if (reader_alternatives_follow(reader, parts->end) || time_follows(reader, parts->end))
        return false;
    bool listed = reader->date_end && next_in_list(reader, reader->date_end) == reader->at;
    return parts->digits[1] == 2 || listed || span_follows(reader, parts->end) ||
           is_list_of_dates(reader, next_in_list(reader, parts->end));
}

/* 1er/01/2025, 1er/12. */
static bool read_first_date(struct reader *reader)
{
    size_t at = reader->at, month_at = at + 4, year = 0;
    if (reader_digits(reader, at) != 1 || reader->text[at] != '1' ||
        reader_peek(reader, at + 1) != 'e' || reader_peek(reader, at + 2) != 'r' ||
        reader_peek(reader, at + 3) != '/')
        return false;
    size_t digits = reader_digits(reader, month_at);
    uint64_t month = reader_value_at(reader, month_at, digits);
    size_t end = month_at + digits;
    if (digits < 1 || digits > 2 || month < 1 || month > 12)
        return false;
    if (reader_peek(reader, end) == '/' && reader_digits(reader, end + 1) == 4) {
        year = end + 1;
        end += 5;
    }
    if (!reader_is_boundary(reader, end))
        return false;
    say_day(reader, 1, month);
    if (year)
        reader_say_group(reader, year, 4);
    reader->number = 0;
    reader->at = end;
    return true;
}

/* 12/11/2024, 12-11-24, 12.11.2024, 12 11 2024, 2024-11-12, 28/11, 11/2024. */
bool reader_date(struct reader *reader)
{
    struct parts parts;
    if (reader->rules->months[0] && read_first_date(reader))
        return true;
    split_parts(reader, &parts);
    const uint64_t *value = parts.value;
    const size_t *digits = parts.digits;
    if (!reader->rules->months[0] || parts.count < 2 || !ends_alone(reader, &parts) ||
        reader_before(reader, reader->at) == '/')
        return false;
    if (parts.separator == '-' && reading_table_find(&reader->rules->numbered, reader->previous))
        return false;
    if (parts.count == 3) {
        if (digits[0] == 4 && digits[1] == 2 && digits[2] == 2 &&
            (parts.separator == '-' || parts.separator == '/') && is_day(value[2], value[1]))
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
        reader_say_cardinal(reader, value[1]);
        reader->at = parts.end;
        return true;
    }
    if (!is_short_date(reader, &parts))
        return false;
    reader->date_end = parts.end;
    return say_date(reader, &parts, 0, 1, 3);
}

/* --- times --------------------------------------------------------------------------------- */

static void say_feminine(struct reader *reader, uint64_t number)
{
    char *words = reading_cardinal(reader->rules, number);
    reader_say_taken(reader, reading_feminine(reader->rules, words), LAST_NUMBER);
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

/* "9 h 30/12 h" has minutes, "9 h 30/11" a date. */
static bool slash_is_of_times(const struct reader *reader, size_t slash)
{
    size_t digits = reader_digits(reader, slash + 1);
    return !digits || time_follows(reader, slash + 1 + digits);
}

/* Whether the minutes of a time stand at `at`, after the symbol that ends at `symbol_end`. */
static bool minutes_at(const struct reader *reader, size_t at, size_t symbol_end)
{
    size_t ignored;
    return reader_digits(reader, at) == 2 && reader_value_at(reader, at, 2) < 60 &&
           (at == symbol_end || reader_peek(reader, at + 2) != '/' ||
            slash_is_of_times(reader, at + 2)) &&
           (reader_is_boundary(reader, at + 2) || reader_unit_at(reader, at + 2, &ignored));
}

/* 1h1/2, 1 h 1/2: "et demie". */
static bool read_half(struct reader *reader, uint64_t hours, size_t at)
{
    if (!reader->rules->half_hour || reader_peek(reader, at) != '1' ||
        reader_peek(reader, at + 1) != '/' || reader_peek(reader, at + 2) != '2' ||
        !reader_is_boundary(reader, at + 3) || reader_peek(reader, at + 3) == '/')
        return false;
    say_time(reader, hours, 0);
    reader_say(reader, reader->rules->half_hour, LAST_UNIT);
    reader->at = at + 3;
    return true;
}

/* "9h30min": the word "minutes" is said if it is written. */
static void read_minute_sign(struct reader *reader)
{
    size_t end;
    const struct reading_unit *unit = reader_unit_at(reader, reader->at, &end);
    if (!unit || !reader->rules->minutes || strcmp(unit->many, reader->rules->minutes))
        return;
    reader_say(reader, unit->many, LAST_UNIT);
    reader->at = end;
}

/*
 * "9 h. 30": where the minutes stand after a symbol with a full stop; 0 if a sentence may end
 * there, as in "il a fallu 2 h. 30 personnes sont venues".
 */
static size_t minutes_after_stop(const struct reader *reader, size_t symbol_end)
{
    size_t at = symbol_end + 2, word = at + 3;
    if (reader_peek(reader, symbol_end) != '.' || reader_peek(reader, symbol_end + 1) != ' ' ||
        !minutes_at(reader, at, symbol_end))
        return 0;
    while (reading_is_letter(reader_peek(reader, word)))
        word++;
    return reader_peek(reader, at + 2) == ' ' && word - (at + 3) > 2 ? 0 : at;
}

/* 9h30, 9 h 30, 14 h, 9 h. 30, 9h30min, 1h1/2. */
bool reader_hours(struct reader *reader)
{
    size_t at = reader->at, count = reader_digits(reader, at);
    const char *value;
    size_t symbol = at + count + (reader_peek(reader, at + count) == ' ');
    if (count > 2 ||
        !reader_longest(reader, &reader->rules->time_symbols, symbol, CASE_EXACT, &value))
        return false;
    size_t end = symbol + 1, after = end + (reader_peek(reader, end) == ' ');
    uint64_t hours = reader_value_at(reader, at, count);
    if (read_half(reader, hours, after))
        return true;
    size_t after_stop = minutes_after_stop(reader, end);
    if (after_stop)
        after = after_stop;
    bool minutes = after_stop || minutes_at(reader, after, end);
    if (!minutes && (!reader_is_boundary(reader, end) || reader_peek(reader, end) == '\''))
        return false;
    say_time(reader, hours, minutes ? reader_value_at(reader, after, 2) : 0);
    reader->number = minutes ? 0 : hours;
    reader->at = minutes ? after + 2 : end;
    if (minutes)
        read_minute_sign(reader);
    return true;
}

/* 14:05, 14:05:30. */
bool reader_clock(struct reader *reader)
{
    size_t at = reader->at, count = reader_digits(reader, at), end = at + count + 3;
    if (!reader->rules->hour || count > 2 || reader_value_at(reader, at, count) > 24 ||
        reader_peek(reader, at + count) != ':' || reader_digits(reader, at + count + 1) != 2 ||
        reader_value_at(reader, at + count + 1, 2) > 59)
        return false;
    uint64_t hours = reader_value_at(reader, at, count),
             minutes = reader_value_at(reader, at + count + 1, 2);
    if (reader_peek(reader, end) == ':') {
        if (reader_digits(reader, end + 1) != 2 || !reader_is_boundary(reader, end + 3))
            return false;
        say_time(reader, hours, minutes);
        say_seconds(reader, minutes, reader_value_at(reader, end + 1, 2));
        reader->at = end + 3;
        return true;
    }
    if (!reader_is_boundary(reader, end))
        return false;
    say_time(reader, hours, minutes);
    reader->at = end;
    return true;
}
