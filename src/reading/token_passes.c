/* Abbreviations, references, keys, other scripts. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- abbreviations ------------------------------------------------------------------------- */

/* A value that ends with a full stop may end a sentence, as "etc." does. */
static void say_abbreviation(struct reader *reader, size_t length, const char *words)
{
    size_t size = strlen(words);
    bool last = size && words[size - 1] == '.';
    bool pause = size && words[size - 1] == ',';
    reader->at += length;
    char *bare = xstrndup(words, size - last - pause);
    reader_say(reader, bare, LAST_SPOKEN);
    reader_note_word(reader, bare);
    free(bare);
    if (pause)
        reader_pause(reader);
    if (last && reader_sentence_follows(reader, reader->at))
        reader_mark(reader, ".", false);
}

/* The key must not be the beginning of a longer word. */
static bool ends_well(const struct reader *reader, size_t length)
{
    size_t end = reader->at + length;
    return !reading_is_letter(reader->text[end - 1]) || reader_is_boundary(reader, end);
}

static bool read_before(struct reader *reader, const struct reading_table *table, bool name)
{
    const char *words;
    size_t length = reader_longest(reader, table, reader->at, CASE_FIRST, &words);
    if (!length || !ends_well(reader, length))
        return false;
    size_t next = reader->at + length;
    if (reader_peek(reader, next) == ' ' || reader_peek(reader, next) == '-')
        next++;
    else if (name)
        return false;
    int32_t code = reader_peek(reader, next);
    /* bât. C, art. L. 12 */
    bool letter = reading_is_upper(code) && reader_is_boundary(reader, next + 1) &&
                  reader_before(reader, next) == ' ';
    if (name ? !reading_is_upper(code) : !reading_is_digit(code) && !letter)
        return false;
    say_abbreviation(reader, length, words);
    return true;
}

static bool read_after_number(struct reader *reader)
{
    const char *words;
    if (reader->last != LAST_NUMBER)
        return false;
    size_t length =
        reader_longest(reader, &reader->rules->after_number, reader->at, CASE_FIRST, &words);
    if (!length || !ends_well(reader, length))
        return false;
    say_abbreviation(reader, length, words);
    return true;
}

/* A unit without a number: "en Ko". */
static bool read_lone_unit(struct reader *reader)
{
    const char *index;
    if (!reading_is_letter(reader->text[reader->at]))
        return false;
    size_t length =
        reader_longest(reader, &reader->rules->unit_symbols, reader->at, CASE_EXACT, &index);
    if (!length || !ends_well(reader, length))
        return false;
    const struct reading_unit *unit = &reader->rules->units[strtoul(index, NULL, 10)];
    if (!unit->alone)
        return false;
    reader_say(reader, unit->alone, LAST_UNIT);
    reader->at += length;
    return true;
}

bool reader_abbreviation(struct reader *reader)
{
    const char *words;
    if (read_before(reader, &reader->rules->before_name, true) ||
        read_before(reader, &reader->rules->before_number, false) || read_after_number(reader))
        return true;
    size_t length =
        reader_longest(reader, &reader->rules->abbreviations, reader->at, CASE_FIRST, &words);
    if (!length || !ends_well(reader, length))
        return read_lone_unit(reader);
    say_abbreviation(reader, length, words);
    return true;
}

/* --- references: AB12C, F1637, 2024-A-113 --------------------------------------------------- */

#define REFERENCE_LETTERS 4

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
        if (is_reference_letter(next) && digits)
            continue;
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
    if (!found.letters || !found.digits || found.words ||
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

/* --- keys ---------------------------------------------------------------------------------- */

static size_t key_at(const struct reader *reader, size_t at, const char **ret_name)
{
    const char *name;
    size_t length = reader_longest(reader, &reader->rules->keys_always, at, CASE_ANY, &name);
    size_t combined = reader_longest(reader, &reader->rules->keys_combined, at, CASE_ANY, ret_name);
    if (length >= combined && length)
        *ret_name = name;
    size_t longest = length > combined ? length : combined;
    return longest && reader_is_boundary(reader, at + longest) ? longest : 0;
}

static size_t plus_at(const struct reader *reader, size_t at)
{
    size_t start = at;
    if (reader_peek(reader, at) == '-' && reading_is_upper(reader_peek(reader, at + 1)))
        return 1;
    if (reader_peek(reader, at) == ' ')
        at++;
    if (reader_peek(reader, at) != '+')
        return 0;
    at++;
    if (reader_peek(reader, at) == ' ')
        at++;
    return at - start;
}

static size_t say_key(struct reader *reader, size_t at)
{
    const char *name;
    size_t length = key_at(reader, at, &name);
    if (length) {
        reader_say(reader, name, LAST_SPOKEN);
        return length;
    }
    reader->at = at;
    int32_t code = reader_peek(reader, at);
    if (reader_is_boundary(reader, at + 1) && reading_is_letter(code)) {
        char *letter = reader_letter_name(reader, code);
        reader_say(reader, letter, LAST_SPOKEN);
        free(letter);
        return 1;
    }
    if (reader_reference(reader))
        return reader->at - at;
    while (reading_is_letter(reader_peek(reader, at + length)))
        length++;
    if (!length) {
        length = reader_digits(reader, at);
        char *digits = reader_copy(reader, at, length, false);
        char *number = reading_group(reader->rules, digits);
        reader_say(reader, number, LAST_SPOKEN);
        free(digits);
        free(number);
        return length;
    }
    char *word = reader_copy(reader, at, length, false);
    reader_say(reader, word, LAST_WORD);
    free(word);
    return length;
}

static bool read_combination(struct reader *reader)
{
    const char *name;
    size_t at = reader->at, plus;
    size_t length = key_at(reader, at, &name);
    if (!length || !(plus = plus_at(reader, at + length)) ||
        reader_is_boundary(reader, at + length + plus))
        return false;
    at += say_key(reader, at);
    while ((plus = plus_at(reader, at)) && !reader_is_boundary(reader, at + plus)) {
        reader_pause(reader);
        at += plus + say_key(reader, at + plus);
    }
    reader->at = at;
    return true;
}

bool reader_keys(struct reader *reader)
{
    const char *name;
    if (!reading_is_letter(reader->text[reader->at]))
        return false;
    if (read_combination(reader))
        return true;
    bool after_key = reading_table_find(&reader->rules->key_words, reader->previous);
    const struct reading_table *table = &reader->rules->keys_always;
    size_t length = reader_longest(reader, table, reader->at, CASE_ANY, &name);
    if (!length && after_key && reading_is_upper(reader->text[reader->at]))
        length = reader_longest(reader, &reader->rules->keys_combined, reader->at, CASE_ANY, &name);
    if (!length || !reader_is_boundary(reader, reader->at + length))
        return false;
    reader_say(reader, name, LAST_SPOKEN);
    reader->at += length;
    return true;
}

/* --- other scripts ------------------------------------------------------------------------- */

static const struct reading_script *script_of(const struct reader *reader, int32_t code)
{
    for (size_t i = 0; i < reader->rules->script_count; i++)
        if (code >= reader->rules->scripts[i].from && code <= reader->rules->scripts[i].to)
            return &reader->rules->scripts[i];
    return NULL;
}

static bool is_foreign(const struct reader *reader, int32_t code)
{
    return (reading_is_letter(code) && !reading_is_latin(code)) || script_of(reader, code);
}

static const char *script_name(const struct reader *reader, int32_t code)
{
    const struct reading_script *script = script_of(reader, code);
    return script ? script->name : NULL;
}

static bool same_script(const struct reader *reader, int32_t code, const char *name)
{
    const char *other = script_name(reader, code);
    return is_foreign(reader, code) && (name && other ? !strcmp(name, other) : name == other);
}

/* The end of what is written in this script, over the marks and spaces inside. */
static size_t script_end(const struct reader *reader, const char *name)
{
    size_t end = reader->at;
    for (size_t at = reader->at; at < reader->length; at++) {
        if (same_script(reader, reader->text[at], name))
            end = at + 1;
        else if (reading_is_latin(reader->text[at]) || reading_is_digit(reader->text[at]))
            break;
    }
    return end;
}

bool reader_script(struct reader *reader)
{
    int32_t code = reader->text[reader->at];
    const char *symbol;
    if (!is_foreign(reader, code))
        return false;
    size_t length =
        reader_longest(reader, &reader->rules->symbols, reader->at, CASE_EXACT, &symbol);
    if (length && reader_is_boundary(reader, reader->at + length)) {
        reader_say(reader, symbol, LAST_SPOKEN);
        reader->at += length;
        return true;
    }
    const char *name = script_name(reader, code);
    const char *template = reader->rules->script;
    const char *place = name && template ? strstr(template, "{name}") : NULL;
    reader_pause(reader);
    reader->at = script_end(reader, name);
    if (place) {
        char *words = xasprintf("%.*s%s%s", (int)(place - template), template, name, place + 6);
        reader_say(reader, words, LAST_SPOKEN);
        free(words);
    } else {
        reader_say(reader, reader->rules->unknown_script, LAST_SPOKEN);
    }
    reader_pause(reader);
    return true;
}
