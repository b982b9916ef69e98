/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letter by letter, and the last respelling before the voice. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/characters.h"
#include "reading/numbers.h"
#include "reading/reader.h"
#include "reading/reading.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool is_blank(int32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xa0 ||
           code == 0x202f || code == 0x2009;
}

/* Hyphens and apostrophes of every form have the name of the plain one. */
static int32_t plain(int32_t code)
{
    if (code == 0x2019 || code == 0x2018 || code == 0x2bc)
        return '\'';
    if (code == 0x2010 || code == 0x2011)
        return '-';
    return code;
}

static void add(struct strbuf *out, const char *words)
{
    if (!words || !*words)
        return;
    if (out->length)
        strbuf_add(out, ", ");
    strbuf_add(out, words);
}

static const char *find_code(const struct reading_table *table, int32_t code)
{
    char bytes[5];
    text_encode(code, bytes);
    return reading_table_find(table, bytes);
}

static int32_t base_letter(int32_t code)
{
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        code, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_COMPAT, &boundary);
    return count > 0 ? parts[0] : code;
}

/* {letter} and {word} in a template of the pack. */
static char *fill(const char *template, const char *letter, const char *word)
{
    struct strbuf out = {0};
    for (const char *at = template; *at;) {
        if (!strncmp(at, "{letter}", 8)) {
            strbuf_add(&out, letter);
            at += 8;
        } else if (!strncmp(at, "{word}", 6)) {
            strbuf_add(&out, word);
            at += 6;
        } else {
            strbuf_add_char(&out, *at++);
        }
    }
    return strbuf_take(&out);
}

static char *letter_words(const struct reading_rules *rules, int32_t code)
{
    const char *name = find_code(&rules->letter_names, reading_to_lower(code));
    char bytes[5];
    text_encode(code, bytes);
    if (!name && base_letter(code) != code)
        name = find_code(&rules->letter_names, reading_to_lower(base_letter(code)));
    return xstrdup(name ? name : bytes);
}

static char *example_words(const struct reading_rules *rules, int32_t code)
{
    char upper[5];
    int32_t base = reading_to_lower(base_letter(code));
    const char *word = find_code(&rules->examples, reading_to_lower(code));
    if (!word)
        word = find_code(&rules->examples, base);
    if (!word || !rules->example)
        return NULL;
    text_encode(utf8proc_toupper(base), upper);
    char *words = fill(rules->example, upper, word);
    const char *name = find_code(&rules->letter_names, reading_to_lower(code));
    if (base == reading_to_lower(code) || !name)
        return words;
    /* An accent is in the letter's own name; the example shows the letter without it. */
    char *both = xasprintf("%s, %s", words, name);
    free(words);
    return both;
}

/* How a letter is told: by its name, by a word that begins with it, or as it is written. */
enum telling { BY_NAME, BY_EXAMPLE, AS_WRITTEN };

static void add_letter(const struct reading_rules *rules, struct strbuf *out, int32_t code,
                       enum telling telling, bool capitals)
{
    char bytes[5];
    text_encode(code, bytes);
    if (telling == AS_WRITTEN) {
        add(out, bytes);
        return;
    }
    char *words = telling == BY_EXAMPLE ? example_words(rules, code) : NULL;
    if (!words)
        words = letter_words(rules, code);
    if (capitals && reading_is_upper(code) && rules->capital) {
        char *with = fill(rules->capital, words, "");
        free(words);
        words = with;
    }
    add(out, words);
    free(words);
}

static void add_other(const struct reading_rules *rules, struct strbuf *out, int32_t code)
{
    const char *name = find_code(&rules->punctuation, code);
    if (reading_is_digit(code)) {
        char *digit = reading_cardinal(rules, (uint64_t)(code - '0'));
        add(out, digit);
        free(digit);
        return;
    }
    if (!name)
        name = find_code(&rules->symbols, code);
    /* What follows a letter and only changes it, or is not seen, has no name. */
    if (!name && utf8proc_category(code) != UTF8PROC_CATEGORY_MN &&
        utf8proc_category(code) != UTF8PROC_CATEGORY_CF)
        name = rules->unknown_symbol;
    add(out, name);
}

struct capitals {
    size_t upper, lower, words;
};

static struct capitals count_capitals(const char *text)
{
    struct capitals found = {0};
    bool inside = false;
    for (int32_t code; (code = text_next(&text));) {
        found.upper += reading_is_upper(code);
        found.lower += reading_is_lower(code);
        found.words += reading_is_letter(code) && !inside;
        inside = reading_is_letter(code);
    }
    return found;
}

/* An acronym is in capitals as a matter of course; of another text it is said once. */
static bool is_acronym(const struct reading_rules *rules, const char *text)
{
    return reading_table_find(&rules->letters, text) || reading_table_find(&rules->names, text);
}

/* "Ctrl + Maj": the blanks beside a plus are not typed. */
static bool is_beside_plus(int32_t before, const char *next)
{
    return before == '+' || *next == '+';
}

static char *spell(const struct reading_rules *rules, const char *text, enum telling telling)
{
    if (!rules || rules->empty)
        return xstrdup(text);
    utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)text);
    char *copy = composed ? (char *)composed : xstrdup(text);
    char *trimmed = text_trim(copy);
    struct capitals found = count_capitals(trimmed);
    bool shouted = found.upper > 1 && !found.lower;
    struct strbuf out = {0};
    if (shouted && telling != AS_WRITTEN && !is_acronym(rules, trimmed))
        add(&out, rules->all_capitals);
    const char *at = trimmed;
    int32_t before = 0;
    for (int32_t code; (code = plain(text_next(&at))); before = code) {
        if (is_blank(code)) {
            if (!is_blank(before) && !is_beside_plus(before, at))
                add(&out, rules->space);
        } else if (reading_is_letter(code) && reading_is_latin(code) && !utf8proc_charwidth(code)) {
            continue;
        } else if (reading_is_letter(code)) {
            add_letter(rules, &out, code, telling, !shouted);
        } else {
            add_other(rules, &out, code);
        }
    }
    free(trimmed);
    free(copy);
    return strbuf_take(&out);
}

char *reading_spell(const struct reading_rules *rules, const char *text)
{
    return spell(rules, text, BY_NAME);
}

char *reading_spell_examples(const struct reading_rules *rules, const char *text)
{
    return spell(rules, text, BY_EXAMPLE);
}

char *reading_spell_letters(const struct reading_rules *rules, const char *text)
{
    return spell(rules, text, AS_WRITTEN);
}

/* --- for the voice ------------------------------------------------------------------------- */

static bool is_inside_word(const struct reader *reader, size_t at)
{
    return reading_is_letter(reader_before(reader, at)) &&
           reading_is_letter(reader_peek(reader, at));
}

/* The longest respelling of what stands here: a whole word, the end of one, a part of one. */
static size_t respelling(const struct reader *reader, const char **ret_spelling)
{
    const struct reading_rules *rules = reader->rules;
    size_t at = reader->at, length = 0;
    if (!is_inside_word(reader, at))
        length = reader_longest(reader, &rules->pronunciations, at, CASE_ANY, ret_spelling);
    if (length && !is_inside_word(reader, at + length))
        return length;
    length = reader_longest(reader, &rules->ends, at, CASE_ANY, ret_spelling);
    if (length && !is_inside_word(reader, at + length))
        return length;
    return reader_longest(reader, &rules->parts, at, CASE_ANY, ret_spelling);
}

char *reading_pronounce(const struct reading_rules *rules, const char *words)
{
    if (!rules || !rules->pronunciations.count)
        return xstrdup(words);
    struct reader reader;
    struct strbuf out = {0};
    reader_open(&reader, rules, words);
    while (reader.at < reader.length) {
        const char *spelling;
        size_t length = respelling(&reader, &spelling);
        if (length) {
            strbuf_add(&out, spelling);
            reader.at += length;
            continue;
        }
        char bytes[5];
        strbuf_add_bytes(&out, bytes, text_encode(reader.text[reader.at], bytes));
        reader.at++;
    }
    reader_close(&reader);
    return strbuf_take(&out);
}
