/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words: acronyms by their letters, words in capitals, Roman numerals, all other words. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool reader_sentence_follows(const struct reader *reader, size_t at)
{
    return reader_peek(reader, at) == '\n' ||
           (reader_peek(reader, at) == ' ' && reading_is_upper(reader_peek(reader, at + 1)));
}

/* --- letter by letter ---------------------------------------------------------------------- */

static void add_piece(struct strbuf *words, const char *separator, const char *piece)
{
    if (words->length)
        strbuf_add(words, separator);
    strbuf_add(words, piece);
}

void reader_add_name(const struct reader *reader, struct strbuf *words, const char *separator,
                     int32_t code)
{
    char bytes[5];
    char *name = NULL;
    text_encode(code, bytes);
    if (reading_is_digit(code)) {
        name = reading_cardinal(reader->rules, (uint64_t)(code - '0'));
    } else if (reading_is_letter(code)) {
        name = reader_letter_name(reader, code);
    } else {
        const char *mark = reading_table_find(&reader->rules->punctuation, bytes);
        name = xstrdup(mark ? mark : bytes);
    }
    add_piece(words, separator, name);
    free(name);
}

void reader_say_characters(struct reader *reader, size_t count, const char *separator,
                           enum reader_last kind)
{
    struct strbuf words = {0};
    for (size_t i = 0; i < count; i++)
        reader_add_name(reader, &words, separator, reader->text[reader->at + i]);
    reader_say(reader, words.text, kind);
    strbuf_free(&words);
}

/* --- words in capitals --------------------------------------------------------------------- */

static size_t letters_at(const struct reader *reader, size_t at)
{
    size_t length = 0;
    while (reading_is_latin(reader_peek(reader, at + length)))
        length++;
    return length;
}

static bool all_upper(const struct reader *reader, size_t at, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (reading_is_lower(reader->text[at + i]))
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
        if (is_vowel(reader, reading_to_lower(reader->text[at + i]))) {
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
    while (start && reading_is_latin(reader->text[start - 1]))
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

/* R.S.A. */
static size_t dotted_length(const struct reader *reader)
{
    size_t at = reader->at, letters = 0;
    while (reading_is_upper(reader_peek(reader, at)) && reader_peek(reader, at + 1) == '.') {
        letters++;
        at += 2;
    }
    return letters > 1 && reader_is_boundary(reader, at) ? letters * 2 : 0;
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
        reader_add_name(reader, &words, " ", code);
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
    if (reader_sentence_follows(reader, reader->at))
        reader_mark(reader, ".", false);
    return true;
}

/* A single capital: a key, a grade, a first name's letter; not the first word of a sentence. */
static bool read_lone_capital(struct reader *reader)
{
    size_t at = reader->at;
    int32_t code = reader->text[at], next = reader_peek(reader, at + 1);
    if (!reading_is_upper(code) || next == '\'')
        return false;
    char *lower = reader_copy(reader, at, 1, true);
    bool word = reading_table_find(&reader->rules->capitals, lower);
    free(lower);
    if (word && !reading_table_find(&reader->rules->key_words, reader->previous))
        return false;
    int32_t after = reader_peek(reader, at + 3);
    bool initial = next == '.' && (reader_peek(reader, at + 2) == '-' ||
                                   (reader_peek(reader, at + 2) == ' ' &&
                                    (reading_is_upper(after) || reading_is_digit(after))));
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
    if (spelled) {
        char *lower = reader_copy(reader, at, upper, true);
        say_acronym(reader, letters);
        reader_note_word(reader, lower);
        free(lower);
        reader->at += length;
    }
    free(letters);
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
    if (read_dotted(reader) || read_listed(reader, length) || reader_roman(reader, length))
        return;
    if (knows_capitals(reader) && length == 1 && read_lone_capital(reader))
        return;
    if (knows_capitals(reader) && read_acronym(reader, length))
        return;
    copy_word(reader, length);
}
