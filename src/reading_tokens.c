/* Words: abbreviations, acronyms, capitals, keys, references, other scripts. */
#include "mem.h"
#include "reading_reader.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_boundary(const struct reader *reader, size_t at)
{
    int32_t code = reader_peek(reader, at);
    return !is_letter(code) && !is_digit(code);
}

/* --- abbreviations ------------------------------------------------------------------------- */

static bool sentence_follows(const struct reader *reader, size_t at)
{
    return reader_peek(reader, at) == '\n' ||
           (reader_peek(reader, at) == ' ' && is_upper(reader_peek(reader, at + 1)));
}

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
    if (last && sentence_follows(reader, reader->at))
        reader_mark(reader, ".", false);
}

/* The key must not be the beginning of a longer word. */
static bool ends_well(const struct reader *reader, size_t length)
{
    size_t end = reader->at + length;
    return !is_letter(reader->text[end - 1]) || is_boundary(reader, end);
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
    bool letter =
        is_upper(code) && is_boundary(reader, next + 1) && reader_before(reader, next) == ' ';
    if (name ? !is_upper(code) : !is_digit(code) && !letter)
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
    if (!is_letter(reader->text[reader->at]))
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

/* --- letter by letter ---------------------------------------------------------------------- */

static void add_piece(struct strbuf *words, const char *separator, const char *piece)
{
    if (words->length)
        strbuf_add(words, separator);
    strbuf_add(words, piece);
}

static void add_character(const struct reader *reader, struct strbuf *words, const char *separator,
                          int32_t code)
{
    char bytes[5];
    char *name = NULL;
    text_encode(code, bytes);
    if (is_digit(code)) {
        name = reading_cardinal(reader->rules, (uint64_t)(code - '0'));
    } else if (is_letter(code)) {
        name = reader_letter_name(reader, code);
    } else {
        const char *mark = reading_table_find(&reader->rules->punctuation, bytes);
        name = xstrdup(mark ? mark : bytes);
    }
    add_piece(words, separator, name);
    free(name);
}

static void say_characters(struct reader *reader, size_t count, const char *separator,
                           enum reader_last kind)
{
    struct strbuf words = {0};
    for (size_t i = 0; i < count; i++)
        add_character(reader, &words, separator, reader->text[reader->at + i]);
    reader_say(reader, words.text, kind);
    strbuf_free(&words);
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
            !(is_reference_letter(after) || is_digit(after)))
            break;
        at++;
    }
    found->length = at - start;
}

/* A4, F12, 5G: as one says them. */
static bool read_short_reference(struct reader *reader, const struct reference *found)
{
    size_t at = reader->at;
    size_t digits_at = is_digit(reader->text[at]) ? at : at + 1;
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
        !is_boundary(reader, reader->at + found.length))
        return false;
    if (read_short_reference(reader, &found))
        return true;
    reader_pause(reader);
    say_characters(reader, found.length, ", ", LAST_REFERENCE);
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
    return longest && is_boundary(reader, at + longest) ? longest : 0;
}

static size_t plus_at(const struct reader *reader, size_t at)
{
    size_t start = at;
    if (reader_peek(reader, at) == '-' && is_upper(reader_peek(reader, at + 1)))
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
    if (is_boundary(reader, at + 1) && is_letter(code)) {
        char *letter = reader_letter_name(reader, code);
        reader_say(reader, letter, LAST_SPOKEN);
        free(letter);
        return 1;
    }
    if (reader_reference(reader))
        return reader->at - at;
    while (is_letter(reader_peek(reader, at + length)))
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
        is_boundary(reader, at + length + plus))
        return false;
    at += say_key(reader, at);
    while ((plus = plus_at(reader, at)) && !is_boundary(reader, at + plus)) {
        reader_pause(reader);
        at += plus + say_key(reader, at + plus);
    }
    reader->at = at;
    return true;
}

bool reader_keys(struct reader *reader)
{
    const char *name;
    if (!is_letter(reader->text[reader->at]))
        return false;
    if (read_combination(reader))
        return true;
    bool after_key = reading_table_find(&reader->rules->key_words, reader->previous);
    const struct reading_table *table = &reader->rules->keys_always;
    size_t length = reader_longest(reader, table, reader->at, CASE_ANY, &name);
    if (!length && after_key && is_upper(reader->text[reader->at]))
        length = reader_longest(reader, &reader->rules->keys_combined, reader->at, CASE_ANY, &name);
    if (!length || !is_boundary(reader, reader->at + length))
        return false;
    reader_say(reader, name, LAST_SPOKEN);
    reader->at += length;
    return true;
}

/* --- words in capitals --------------------------------------------------------------------- */

static size_t letters_at(const struct reader *reader, size_t at)
{
    size_t length = 0;
    while (is_latin(reader_peek(reader, at + length)))
        length++;
    return length;
}

static bool all_upper(const struct reader *reader, size_t at, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (is_lower(reader->text[at + i]))
            return false;
    return length > 0;
}

static bool is_vowel(const struct reader *reader, int32_t lower)
{
    const char *vowels = reader->rules->vowels ? reader->rules->vowels : "";
    for (int32_t vowel; (vowel = text_next(&vowels));)
        if (vowel == lower)
            return true;
    return false;
}

/* Whether a word in capitals can be said as a word: vowels, and no heap of consonants. */
static bool is_sayable(const struct reader *reader, size_t at, size_t length)
{
    size_t vowels = 0, consonants = 0;
    for (size_t i = 0; i < length; i++) {
        if (is_vowel(reader, to_lower(reader->text[at + i]))) {
            vowels++;
            consonants = 0;
        } else if (++consonants > 3) {
            return false;
        }
        if (i == 1 && consonants == 2) {
            char *onset = reader_copy(reader, at, 2, true);
            bool known = reading_table_find(&reader->rules->onsets, onset);
            free(onset);
            if (!known)
                return false;
        }
    }
    return vowels > 0;
}

static bool is_known_acronym(const struct reader *reader, size_t at, size_t length)
{
    char *word = reader_copy(reader, at, length, false);
    bool known = reading_table_find(&reader->rules->letters, word);
    free(word);
    return known;
}

static bool capitals_after(const struct reader *reader, size_t end)
{
    int32_t gap = reader_peek(reader, end);
    if (gap != ' ' && gap != '\'' && gap != '-')
        return false;
    size_t next = letters_at(reader, end + 1);
    return next > 1 && all_upper(reader, end + 1, next) && !is_known_acronym(reader, end + 1, next);
}

static bool capitals_before(const struct reader *reader, size_t at)
{
    if (at < 2 || (reader->text[at - 1] != ' ' && reader->text[at - 1] != '\'' &&
                   reader->text[at - 1] != '-'))
        return false;
    size_t start = at - 1;
    while (start && is_latin(reader->text[start - 1]))
        start--;
    return at - 1 - start > 1 && all_upper(reader, start, at - 1 - start) &&
           !is_known_acronym(reader, start, at - 1 - start);
}

/* The word before or after is in capitals, too, and no acronym: then this is a text in capitals. */
static bool is_among_capitals(const struct reader *reader, size_t at, size_t length)
{
    return capitals_after(reader, at + length) || capitals_before(reader, at);
}

static bool is_capital_word(const struct reader *reader, size_t at, size_t length)
{
    char *word = reader_copy(reader, at, length, true);
    bool listed = reading_table_find(&reader->rules->capitals, word);
    free(word);
    if (listed)
        return true;
    if (!is_sayable(reader, at, length))
        return false;
    return length > 3 || is_among_capitals(reader, at, length);
}

static bool knows_capitals(const struct reader *reader)
{
    return reader->rules->vowels && reader->rules->letter_names.count;
}

static bool word_follows(const struct reader *reader, const struct reading_table *table, size_t at)
{
    size_t length = reader_peek(reader, at) == ' ' ? letters_at(reader, at + 1) : 0;
    char *word = reader_copy(reader, at + 1, length, true);
    bool found = length && reading_table_find(table, word);
    free(word);
    return found;
}

/* Roman numerals: XXIe, Ve siècle, chapitre IV; "Le" and "Ce" are none. */
static bool read_roman(struct reader *reader, size_t length)
{
    size_t at = reader->at, upper = 0;
    while (upper < length && is_upper(reader->text[at + upper]))
        upper++;
    char *letters = reader_copy(reader, at, upper, false);
    char *suffix = reader_copy(reader, at + upper, length - upper, false);
    unsigned value = upper ? reading_roman(letters) : 0;
    char digits[8];
    snprintf(digits, sizeof digits, "%u", value);
    char *words = NULL;
    bool before = word_follows(reader, &reader->rules->roman_before, at + length);
    if (value && *suffix && (upper > 1 || before))
        words = reading_ordinal(reader->rules, digits, suffix);
    else if (value && !*suffix && (upper > 1 || value <= 10) &&
             reading_table_find(&reader->rules->roman_after, reader->previous))
        words = reading_cardinal(reader->rules, value);
    free(letters);
    free(suffix);
    if (!words)
        return false;
    reader_say(reader, words, LAST_NUMBER);
    reader->number = value;
    reader->at += length;
    free(words);
    return true;
}

/* R.S.A. */
static size_t dotted_length(const struct reader *reader)
{
    size_t at = reader->at, letters = 0;
    while (is_upper(reader_peek(reader, at)) && reader_peek(reader, at + 1) == '.') {
        letters++;
        at += 2;
    }
    return letters > 1 && is_boundary(reader, at) ? letters * 2 : 0;
}

static void say_acronym(struct reader *reader, const char *letters)
{
    const char *word = reading_table_find(&reader->rules->names, letters);
    if (word) {
        reader_say(reader, word, LAST_SPOKEN);
        return;
    }
    struct strbuf words = {0};
    for (int32_t code; (code = text_next(&letters));)
        add_character(reader, &words, " ", code);
    reader_say(reader, words.text, LAST_SPOKEN);
    strbuf_free(&words);
}

static bool read_dotted(struct reader *reader)
{
    size_t length = dotted_length(reader);
    if (!length)
        return false;
    struct strbuf letters = {0};
    for (size_t i = 0; i < length; i += 2) {
        char *letter = reader_copy(reader, reader->at + i, 1, false);
        strbuf_add(&letters, letter);
        free(letter);
    }
    say_acronym(reader, letters.text);
    strbuf_free(&letters);
    reader->at += length;
    if (sentence_follows(reader, reader->at))
        reader_mark(reader, ".", false);
    return true;
}

/* A single capital: a key, a grade, a first name's letter; not the first word of a sentence. */
static bool read_lone_capital(struct reader *reader)
{
    size_t at = reader->at;
    int32_t code = reader->text[at], next = reader_peek(reader, at + 1);
    if (!is_upper(code) || next == '\'')
        return false;
    char *lower = reader_copy(reader, at, 1, true);
    bool word = reading_table_find(&reader->rules->capitals, lower);
    free(lower);
    if (word && !reading_table_find(&reader->rules->key_words, reader->previous))
        return false;
    int32_t after = reader_peek(reader, at + 3);
    bool initial =
        next == '.' && reader_peek(reader, at + 2) == ' ' && (is_upper(after) || is_digit(after));
    char *name = reader_letter_name(reader, code);
    reader_say(reader, name, LAST_SPOKEN);
    free(name);
    reader->at += initial ? 2 : 1;
    return true;
}

/* CV, CDD, SMS; the plural may have a small s. */
static bool read_acronym(struct reader *reader, size_t length)
{
    size_t at = reader->at, upper = length;
    if (length > 2 && reader->text[at + length - 1] == 's')
        upper--;
    if (!all_upper(reader, at, upper) || upper < 2)
        return false;
    char *letters = reader_copy(reader, at, upper, false);
    bool listed = reading_table_find(&reader->rules->letters, letters);
    bool spelled = listed || !is_capital_word(reader, at, upper);
    if (spelled)
        say_acronym(reader, letters);
    free(letters);
    if (spelled)
        reader->at += length;
    return spelled;
}

static bool read_listed(struct reader *reader, size_t length)
{
    char *word = reader_copy(reader, reader->at, length, false);
    const char *words = reading_table_find(&reader->rules->names, word);
    if (words) {
        char *lower = reader_copy(reader, reader->at, length, true);
        reader_say(reader, words, LAST_WORD);
        reader_note_word(reader, lower);
        reader->at += length;
        free(lower);
    }
    free(word);
    return words;
}

static void copy_word(struct reader *reader, size_t length)
{
    char *lower = reader_copy(reader, reader->at, length, true);
    bool shout = knows_capitals(reader) && all_upper(reader, reader->at, length) &&
                 (length > 1 ||
                  (capitals_before(reader, reader->at) && capitals_after(reader, reader->at + 1)));
    char *word = reader_copy(reader, reader->at, length, shout);
    reader_say(reader, word, LAST_WORD);
    reader_note_word(reader, lower);
    reader->at += length;
    free(word);
    free(lower);
}

void reader_letters(struct reader *reader)
{
    size_t length = letters_at(reader, reader->at);
    if (!length) { /* a mark that combines with nothing */
        reader->at++;
        return;
    }
    if (read_dotted(reader) || read_listed(reader, length) || read_roman(reader, length))
        return;
    if (knows_capitals(reader) && length == 1 && read_lone_capital(reader))
        return;
    if (knows_capitals(reader) && read_acronym(reader, length))
        return;
    copy_word(reader, length);
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
    return (is_letter(code) && !is_latin(code)) || script_of(reader, code);
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
        else if (is_latin(reader->text[at]) || is_digit(reader->text[at]))
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
    if (length && is_boundary(reader, reader->at + length)) {
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
