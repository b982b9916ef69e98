/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Punctuation, symbols and emoji: pauses, ends of sentences, or their names. */
#include "base/text.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

/* The name of a mark, for all levels but the usual one; "" if it has none. */
static bool say_name(struct reader *reader, int32_t code)
{
    char bytes[5];
    text_encode(code, bytes);
    const char *name = reading_table_find(&reader->rules->punctuation, bytes);
    if (!name)
        return false;
    reader_pause(reader);
    reader_say(reader, name, LAST_SPOKEN);
    reader_pause(reader);
    return true;
}

/* A line that is shorter was not broken because it was full. */
#define FULL_LINE 60

/* A short line and then a capital: two items, as in a table of hours. */
static bool is_between_items(const struct reader *reader, size_t end)
{
    size_t length = 0;
    while (length < end && length < FULL_LINE && reader->text[end - 1 - length] != '\n')
        length++;
    return length < FULL_LINE && reading_is_upper(reader_peek(reader, reader->at));
}

void reader_newline(struct reader *reader)
{
    size_t lines = 0, end = reader->at;
    while (reader_peek(reader, reader->at) == '\n' || reader_peek(reader, reader->at) == ' ')
        lines += reader_peek(reader, reader->at++) == '\n';
    bool item = reading_is_one_of(reader_peek(reader, reader->at), "-*•–—·▪◦►‣#") &&
                reader_peek(reader, reader->at + 1) == ' ';
    if ((lines > 1 || item) && !reader_ends_with_mark(reader))
        reader_mark(reader, ".", false);
    else if (is_between_items(reader, end))
        reader_pause(reader);
}

/* "3 h. de cours", "7j./7": the full stop is the unit's. */
static bool goes_on_after(const struct reader *reader, size_t at)
{
    return reader_peek(reader, at) == '/' ||
           (reader_peek(reader, at) == ' ' && reading_is_lower(reader_peek(reader, at + 1)));
}

static void read_full_stop(struct reader *reader)
{
    int32_t before = reader_before(reader, reader->at), next = reader_peek(reader, reader->at + 1);
    size_t run = 0;
    while (reading_is_one_of(reader_peek(reader, reader->at + run), ".…"))
        run++;
    if (run > 1 || reader_peek(reader, reader->at) == 0x2026) {
        reader_mark(reader, "…", false);
    } else if (reading_is_digit(before) && reading_is_digit(next)) {
        reader_say(reader, reader->rules->word.point, LAST_SPOKEN);
    } else if (reading_is_word_character(before) &&
               (reading_is_lower(next) || reading_is_digit(next))) {
        reader_pause(reader);
        reader_say(reader, reader->rules->word.point, LAST_SPOKEN);
        reader_pause(reader);
    } else if (!(reader->last == LAST_UNIT && goes_on_after(reader, reader->at + 1))) {
        reader_mark(reader, ".", false);
    }
    reader->at += run;
}

static void read_question(struct reader *reader)
{
    bool spaced = reader_before(reader, reader->at) == ' ', question = false;
    for (; reading_is_one_of(reader_peek(reader, reader->at), "?!"); reader->at++)
        question = question || reader_peek(reader, reader->at) == '?';
    reader_mark(reader, question ? "?" : "!", spaced);
}

static void read_colon(struct reader *reader)
{
    char mark[2] = {(char)reader_peek(reader, reader->at), '\0'};
    reader_mark(reader, mark, reader_before(reader, reader->at) == ' ');
    reader->at++;
}

/* In "l'" and "qu'" the apostrophe binds; after a longer word it only does so before a letter. */
static void read_apostrophe(struct reader *reader)
{
    size_t letters = 0;
    while (letters < reader->at && reading_is_letter(reader->text[reader->at - 1 - letters]))
        letters++;
    int32_t next = reader_peek(reader, reader->at + 1);
    bool bound = letters && reader->last == LAST_WORD && reader->join == JOIN_SPACE &&
                 (reading_is_word_character(next) || letters <= 2) && next != '\'';
    reader->at++;
    if (!bound) {
        reader_pause(reader);
        return;
    }
    strbuf_add_char(&reader->out, '\'');
    reader->join = JOIN_NONE;
    if (next == ' ')
        reader->at++;
}

static void read_hyphen(struct reader *reader)
{
    int32_t before = reader_before(reader, reader->at), next = reader_peek(reader, reader->at + 1);
    if (reader_range(reader))
        return;
    reader->at++;
    if (reading_is_word_character(before) && reading_is_word_character(next) &&
        reader->join == JOIN_SPACE)
        reader->join = JOIN_HYPHEN;
    else
        reader_pause(reader);
}

/* Lines drawn with marks, and bold in the manner of e-mails: they are not for the ear. */
static bool read_drawing(struct reader *reader)
{
    int32_t code = reader_peek(reader, reader->at);
    size_t run = 0;
    if (!reading_is_one_of(code, "-_=*~#|–—<>"))
        return false;
    while (reader_peek(reader, reader->at + run) == code)
        run++;
    if (run < 2)
        return false;
    reader->at += run;
    reader_pause(reader);
    return true;
}

#define LIST_TRIANGLE 0x25ba
#define THREE_DOTS    0x22ee /* the button of a menu */

static bool is_emoji(int32_t code)
{
    return (code >= 0x1f000 && code < 0x1fb00) || (code >= 0x2600 && code < 0x27c0) ||
           (code >= 0x2b00 && code < 0x2c00) || (code >= 0x2300 && code < 0x2400) ||
           (code >= 0x2460 && code < 0x2500) || code == THREE_DOTS;
}

#define JOINER 0x200d /* binds emoji into one picture */

static size_t unknown_length(const struct reader *reader)
{
    size_t at = reader->at + 1;
    bool flag = reader->text[reader->at] >= 0x1f1e6 && reader->text[reader->at] <= 0x1f1ff;
    if (flag && reader_peek(reader, at) >= 0x1f1e6 && reader_peek(reader, at) <= 0x1f1ff)
        at++;
    while (reader_peek(reader, at) == JOINER && is_emoji(reader_peek(reader, at + 1)))
        at += 2;
    return at - reader->at;
}

static void skip_repeats(struct reader *reader, size_t start, size_t length)
{
    while (reader->at + length <= reader->length &&
           !memcmp(reader->text + start, reader->text + reader->at, length * sizeof *reader->text))
        reader->at += length;
}

static void read_symbol(struct reader *reader)
{
    const char *name = NULL;
    size_t start = reader->at;
    int32_t code = reader->text[start];
    size_t length = reader_longest(reader, &reader->rules->symbols, start, CASE_EXACT, &name);
    if (!length) {
        length = unknown_length(reader);
        name = is_emoji(code) ? reader->rules->unknown_emoji : reader->rules->unknown_symbol;
        if (code == JOINER)
            name = NULL;
    }
    reader->at += length;
    skip_repeats(reader, start, length);
    if (!reader->names_symbols)
        name = NULL;
    if (is_emoji(code) || !name)
        reader_pause(reader);
    reader_say(reader, name, LAST_SPOKEN);
    if (is_emoji(code))
        reader_pause(reader);
}

/* "candidat(e)s", "inscrit(e)(s)": an ending in parentheses is no word; "candidats" is said. */
static bool read_optional_ending(struct reader *reader)
{
    size_t at = reader->at, letters = 0;
    while (reading_is_lower(reader_peek(reader, at + 1 + letters)))
        letters++;
    int32_t before = reader_before(reader, at);
    bool after_ending = before == ')' && reader->last == LAST_WORD && reader->join != JOIN_PAUSE;
    if (reader->text[at] != '(' || !(reading_is_lower(before) || after_ending) ||
        reader_peek(reader, at + 1 + letters) != ')')
        return false;
    char *ending = reader_copy(reader, at + 1, letters, false);
    bool listed = reading_table_find(&reader->rules->optional_endings, ending);
    free(ending);
    if (!listed)
        return false;
    reader->at = at + letters + 2;
    if (reading_is_lower(reader_peek(reader, reader->at)))
        reader->join = JOIN_NONE;
    return true;
}

/* Signs of several characters that begin like another mark: "->", "=>". */
static bool read_arrow(struct reader *reader)
{
    const char *name;
    if (!reading_is_one_of(reader->text[reader->at], "-="))
        return false;
    size_t length = reader_longest(reader, &reader->rules->symbols, reader->at, CASE_EXACT, &name);
    if (length < 2)
        return false;
    if (reader->names_symbols)
        reader_say(reader, name, LAST_SPOKEN);
    reader->at += length;
    return true;
}

static void read_silent(struct reader *reader)
{
    reader->at++;
    reader_pause(reader);
}

static bool is_silent(const struct reader *reader, int32_t code)
{
    if (reading_is_one_of(code, ",«»\"“”„‹›()[]{}•·‣◦▪–—¡¿"))
        return true;
    int32_t before = reader_before(reader, reader->at), next = reader_peek(reader, reader->at + 1);
    if (code == LIST_TRIANGLE)
        return !before || before == '\n';
    if (code == '<' && reading_is_letter(next))
        return true;
    /* The way through menus: Accueil > Contact. */
    if (code == '>')
        return reader->last == LAST_ADDRESS ||
               (next == ' ' && reading_is_letter(reader_peek(reader, reader->at + 2)) &&
                reading_is_letter(reader_peek(reader, reader->at + 3)));
    /* Of a list or a heading. */
    return reading_is_one_of(code, "*#") && (!before || before == '\n') && next == ' ';
}

void reader_any_mark(struct reader *reader)
{
    int32_t code = reader->text[reader->at];
    if (reader->names_punctuation && code != '\'' && code != '-')
        say_name(reader, code);
    if (read_arrow(reader) || read_drawing(reader) || read_optional_ending(reader))
        return;
    if (is_silent(reader, code))
        read_silent(reader);
    else if (code == '.' || code == 0x2026)
        read_full_stop(reader);
    else if (code == '?' || code == '!')
        read_question(reader);
    else if (code == ':' || code == ';')
        read_colon(reader);
    else if (code == '\'')
        read_apostrophe(reader);
    else if (code == '-')
        read_hyphen(reader);
    else if (code == '/')
        reader_slash(reader);
    else
        read_symbol(reader);
}
