/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plus, minus and times: what a sign beside figures means. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

#define MINUS_SIGN 0x2212
#define EN_DASH    0x2013

/* So far the next item of a list inside a line is looked for. */
#define LIST_LOOK 120

static bool is_minus(int32_t code)
{
    return code == '-' || code == MINUS_SIGN || code == EN_DASH;
}

static void say_minus(struct reader *reader)
{
    reader_say(reader, reader->rules->word.minus, LAST_SPOKEN);
}

static const struct reading_unit *currency_at(const struct reader *reader, size_t at,
                                              size_t *ret_end)
{
    const struct reading_unit *unit =
        reader_peek(reader, at) == ' ' ? NULL : reader_unit_at(reader, at, ret_end);
    return unit && unit->cent ? unit : NULL;
}

/* --- a sign before a figure ------------------------------------------------------------------ */

static bool figure_follows(const struct reader *reader, size_t at)
{
    size_t end;
    if (reading_is_digit(reader_peek(reader, at)))
        return true;
    if (at >= reader->length || reading_is_letter(reader->text[at]) ||
        !currency_at(reader, at, &end))
        return false;
    end += reader_peek(reader, end) == ' ';
    return reading_is_digit(reader_peek(reader, end));
}

/* -5, +5 %, -€ 50. */
static bool read_attached(struct reader *reader)
{
    int32_t code = reader->text[reader->at], before = reader_before(reader, reader->at);
    if ((!is_minus(code) && code != '+') || !figure_follows(reader, reader->at + 1))
        return false;
    if (code != MINUS_SIGN && code != '+' && reading_is_word_character(before))
        return false;
    if (code == '+' && reader_international(reader))
        return true;
    reader_say(reader, is_minus(code) ? reader->rules->word.minus : reader->rules->word.plus,
               LAST_SPOKEN);
    reader->at++;
    return true;
}

/* "- de 26 ans", "- d'1 an": fewer than. */
static bool is_less_than(const struct reader *reader)
{
    const struct number_words *word = &reader->rules->word;
    const char *const of[] = {word->of, word->of_elided};
    size_t at = reader->at + 1;
    if (!is_minus(reader->text[reader->at]) || reader_peek(reader, at) != ' ' ||
        reading_is_word_character(reader_before(reader, reader->at)))
        return false;
    for (size_t i = 0; i < COUNT_OF(of); i++) {
        const char *letters = of[i] ? of[i] : "";
        size_t end = at + 1;
        int32_t code = 0;
        while ((code = text_next(&letters)) && reader_peek(reader, end) == code)
            end++;
        end += !code && reader_peek(reader, end) == ' ';
        if (of[i] && !code && reading_is_digit(reader_peek(reader, end)))
            return true;
    }
    return false;
}

static int32_t mark_before(const struct reader *reader)
{
    size_t at = reader->at;
    while (at && reader->text[at - 1] == ' ')
        at--;
    return reader_before(reader, at);
}

/* Another " - " follows in the line: then both only set items apart. */
static bool is_in_list(const struct reader *reader, size_t at)
{
    for (size_t limit = at + LIST_LOOK; at < limit; at++) {
        int32_t code = reader_peek(reader, at);
        if (!code || code == '\n')
            return false;
        if (code == ' ' && is_minus(reader_peek(reader, at + 1)) &&
            reader_peek(reader, at + 2) == ' ')
            return true;
    }
    return false;
}

/*
 * A minus with a blank on each side, as far as the text decides: an amount less a smaller one,
 * anything that has an "=" after it, "Soldes - 20 %" or "Remise : - 50 €", and "dehors - 5 °C".
 */
static bool is_spaced_minus(const struct reader *reader)
{
    size_t at = reader->at;
    struct reader_figure next;
    if (!is_minus(reader->text[at]) || reader_peek(reader, at + 1) != ' ' ||
        !reader_look_at_figure(reader, at + 2, &next))
        return false;
    size_t after = next.end + (reader_peek(reader, next.end) == ' ');
    bool number = reader->last == LAST_NUMBER || reader->last == LAST_UNIT;
    if (number && reader->join == JOIN_SPACE && reader_before(reader, at) == ' ')
        return reader_peek(reader, after) == '=' ||
               (reader->last == LAST_UNIT && next.unit && next.unit->cent &&
                reader->unit == next.unit && next.value < reader->number);
    int32_t before = mark_before(reader);
    bool below_zero = next.unit && next.unit->below_zero;
    bool amount = (next.unit && (next.unit->cent || next.percent)) || below_zero;
    if (reading_is_one_of(before, ":(=.;!?"))
        return amount && !is_in_list(reader, next.end);
    return reader->last == LAST_WORD && (next.percent || below_zero) && reading_is_letter(before);
}

static bool read_spaced_minus(struct reader *reader)
{
    if (!is_less_than(reader) && !is_spaced_minus(reader))
        return false;
    say_minus(reader);
    reader->at++;
    return true;
}

/* --- times ----------------------------------------------------------------------------------- */

/* 3x, 10x15, 12 x 100 €, "Tarif x 2"; not "rayon X". */
bool reader_is_times(const struct reader *reader, size_t at)
{
    char bytes[5];
    int32_t code = reader_peek(reader, at), before = reader_before(reader, at);
    if (!reading_is_letter(code))
        return false;
    text_encode(code, bytes);
    if (!reading_table_find(&reader->rules->times_signs, bytes) ||
        reading_is_letter(reader_peek(reader, at + 1)))
        return false;
    size_t next = at + 1 + (reader_peek(reader, at + 1) == ' ');
    if (reading_is_digit(before))
        return next == at + 1 ? !reading_is_letter(reader_peek(reader, next)) : true;
    bool number = reader->last == LAST_NUMBER || reader->last == LAST_UNIT;
    return before == ' ' && figure_follows(reader, next) &&
           (number || (reading_is_lower(code) && next > at + 1));
}

static bool read_times(struct reader *reader)
{
    if (!reader->rules->word.times || !reader_is_times(reader, reader->at))
        return false;
    reader_say(reader, reader->rules->word.times, LAST_SPOKEN);
    reader->at++;
    return true;
}

bool reader_sign(struct reader *reader)
{
    return read_attached(reader) || read_spaced_minus(reader) || read_times(reader);
}

/* €12,50, EUR 100 */
bool reader_currency(struct reader *reader)
{
    size_t at = reader->at, end;
    int32_t code = reader->text[at];
    if (code == ' ' || (reading_is_letter(code) &&
                        (!reading_is_upper(code) || !reader_is_boundary(reader, at - 1))))
        return false;
    const struct reading_unit *unit = currency_at(reader, at, &end);
    size_t number = unit && reader_peek(reader, end) == ' ' ? end + 1 : end;
    if (!unit || !reading_is_digit(reader_peek(reader, number)))
        return false;
    reader_say_figure(reader, number, unit);
    return true;
}

/* --- letters with a sign --------------------------------------------------------------------- */

static void say_letters(struct reader *reader, size_t count)
{
    for (size_t i = 0; i < count; i++)
        reader_say_taken(reader, reader_letter_name(reader, reader->text[reader->at + i]),
                         LAST_SPOKEN);
}

static bool in_list(const struct reader *reader, const struct reading_table *table, size_t count)
{
    char *letters = reader_copy(reader, reader->at, count, false);
    bool found = reading_table_find(table, letters);
    free(letters);
    return found;
}

/* "groupe O-", "A+"; "J-7", "N-1". */
bool reader_signed_letters(struct reader *reader)
{
    const struct reading_rules *rules = reader->rules;
    size_t count = 0, at = reader->at;
    while (reading_is_upper(reader_peek(reader, at + count)))
        count++;
    int32_t sign = reader_peek(reader, at + count), next = reader_peek(reader, at + count + 1);
    if (!count || count > 2 || (sign != '+' && !is_minus(sign)))
        return false;
    bool counted = reading_is_digit(next) && reader_digits(reader, at + count + 1) <= 3 &&
                   in_list(reader, &rules->counted_letters, count);
    bool alone = !reading_is_word_character(next) && next != '/' &&
                 in_list(reader, &rules->signed_letters, count);
    size_t end = at + count + 1 + (counted ? reader_digits(reader, at + count + 1) : 0);
    if ((!counted && !alone) || !reader_is_boundary(reader, end) ||
        (counted && reading_is_one_of(reader_peek(reader, end), "-_/") &&
         reading_is_word_character(reader_peek(reader, end + 1))))
        return false;
    say_letters(reader, count);
    reader_say(reader, sign == '+' ? rules->word.plus : rules->word.minus, LAST_SPOKEN);
    reader->at = at + count + 1;
    return true;
}
