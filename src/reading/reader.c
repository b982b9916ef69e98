/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reader.h"

#include "base/mem.h"
#include "base/text.h"
#include "reading/characters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* --- characters -------------------------------------------------------------------------- */

int32_t reader_peek(const struct reader *reader, size_t at)
{
    return at < reader->length ? reader->text[at] : 0;
}

int32_t reader_before(const struct reader *reader, size_t at)
{
    return at && at <= reader->length ? reader->text[at - 1] : 0;
}

bool reader_is_boundary(const struct reader *reader, size_t at)
{
    return !reading_is_word_character(reader_peek(reader, at));
}

size_t reader_digits(const struct reader *reader, size_t at)
{
    size_t count = 0;
    while (reading_is_digit(reader_peek(reader, at + count)))
        count++;
    return count;
}

/* text_encode() with a short way for ASCII. */
static size_t encode(int32_t code, char *ret_bytes)
{
    if (code <= 0 || code >= 0x80)
        return text_encode(code, ret_bytes);
    ret_bytes[0] = (char)code;
    ret_bytes[1] = '\0';
    return 1;
}

char *reader_copy(const struct reader *reader, size_t at, size_t count, bool lower)
{
    struct strbuf copy = {0};
    for (size_t i = at; i < at + count && i < reader->length; i++) {
        char bytes[5];
        int32_t code = lower ? reading_to_lower(reader->text[i]) : reader->text[i];
        strbuf_add_bytes(&copy, bytes, encode(code, bytes));
    }
    return strbuf_take(&copy);
}

static int32_t key_case(const struct reader *reader, size_t at, size_t start,
                        enum reader_case which)
{
    int32_t code = reader->text[at];
    bool lower = which == CASE_ANY || (which == CASE_FIRST && at == start);
    return lower ? reading_to_lower(code) : code;
}

/* Bytes of the longest key that a text is compared with. */
#define KEY_BYTES 256

static size_t longest_in(const struct reader *reader, const struct reading_table *table, size_t at,
                         enum reader_case which, const char **ret_value)
{
    char prefix[KEY_BYTES];
    size_t found = 0, known = 0;
    struct reading_span span = {0, table->count};
    for (size_t i = 0; at + i < reader->length && known + 5 < sizeof prefix; i++) {
        size_t length = known + encode(key_case(reader, at + i, at, which), prefix + known);
        span = reading_table_narrow(table, span, prefix, known, length);
        known = length;
        if (span.from >= span.to)
            break;
        const struct reading_pair *pair = &table->items[span.from];
        if (pair->key[length])
            continue;
        *ret_value = pair->value;
        found = i + 1;
    }
    return found;
}

static bool has_first(const struct reading_table *table, int32_t code)
{
    char bytes[5];
    encode(code, bytes);
    unsigned char first = (unsigned char)*bytes;
    return table->first[first] < table->first[first + 1];
}

/* Most places begin no key at all. */
static bool begins_key(const struct reading_table *table, int32_t code, enum reader_case which)
{
    return has_first(table, code) ||
           (which != CASE_EXACT && has_first(table, reading_to_lower(code)));
}

size_t reader_longest(const struct reader *reader, const struct reading_table *table, size_t at,
                      enum reader_case which, const char **ret_value)
{
    if (!table->count || at >= reader->length)
        return 0;
    if (!begins_key(table, reader->text[at], which))
        return 0;
    const char *exact = NULL, *other = NULL;
    size_t length = longest_in(reader, table, at, CASE_EXACT, &exact);
    bool same = which == CASE_EXACT ||
                (which == CASE_FIRST && reading_to_lower(reader->text[at]) == reader->text[at]);
    size_t other_length = same ? 0 : longest_in(reader, table, at, which, &other);
    if (!length && !other_length)
        return 0;
    *ret_value = other_length > length ? other : exact;
    return other_length > length ? other_length : length;
}

/* --- words out --------------------------------------------------------------------------- */

static const char *const marks_by_strength[] = {",", ";", ":", "…", ".", "!", "?"};

/* How strong the mark at the end of the words is, from 1; 0 without one. */
static size_t closing_strength(const struct reader *reader, size_t *ret_length)
{
    for (size_t i = 0; i < COUNT_OF(marks_by_strength); i++) {
        size_t length = strlen(marks_by_strength[i]);
        if (reader->out.length < length ||
            memcmp(reader->out.text + reader->out.length - length, marks_by_strength[i], length))
            continue;
        *ret_length = length;
        return i + 1;
    }
    return 0;
}

static void add_join(struct reader *reader, enum reader_last kind)
{
    size_t length;
    if (!reader->out.length || reader->join == JOIN_NONE)
        return;
    if (reader->join == JOIN_PAUSE && !closing_strength(reader, &length))
        strbuf_add_char(&reader->out, ',');
    bool hyphen = reader->join == JOIN_HYPHEN && kind == LAST_WORD && reader->last == LAST_WORD;
    strbuf_add_char(&reader->out, hyphen ? '-' : ' ');
}

void reader_say(struct reader *reader, const char *words, enum reader_last kind)
{
    if (!words || !*words)
        return;
    size_t length = strlen(words);
    bool pause = words[length - 1] == ',';
    add_join(reader, kind);
    strbuf_add_bytes(&reader->out, words, length - pause);
    reader->last = kind;
    reader->unit = NULL;
    if (kind == LAST_NUMBER)
        reader->words_since_number = 0;
    else if (kind == LAST_WORD)
        reader->words_since_number++;
    reader->join = pause ? JOIN_PAUSE : JOIN_SPACE;
}

void reader_pause(struct reader *reader)
{
    if (reader->join != JOIN_NONE)
        reader->join = JOIN_PAUSE;
}

static size_t strength_of(const char *mark)
{
    for (size_t i = 0; i < COUNT_OF(marks_by_strength); i++)
        if (!strcmp(marks_by_strength[i], mark))
            return i + 1;
    return 0;
}

void reader_mark(struct reader *reader, const char *mark, bool spaced)
{
    size_t length;
    reader->join = JOIN_SPACE;
    reader->words_since_number = SIZE_MAX / 2;
    if (strength_of(mark) != strength_of(":"))
        reader->previous[0] = '\0';
    if (strength_of(mark) > 3)
        reader->telephone = reader->reference = 0;
    if (strength_of(mark) > 3)
        reader->groups = NULL;
    if (!reader->out.length)
        return;
    size_t present = closing_strength(reader, &length);
    if (present >= strength_of(mark))
        return;
    if (present)
        strbuf_truncate(&reader->out, reader->out.length - length);
    while (reader->out.length && reader->out.text[reader->out.length - 1] == ' ')
        strbuf_truncate(&reader->out, reader->out.length - 1);
    if (spaced && reader->out.length)
        strbuf_add_char(&reader->out, ' ');
    strbuf_add(&reader->out, mark);
}

#define TELEPHONE_WORDS 7
#define REFERENCE_WORDS 4

void reader_note_word(struct reader *reader, const char *lower)
{
    if (reader->telephone)
        reader->telephone--;
    if (reader->reference)
        reader->reference--;
    if (reading_table_find(&reader->rules->telephone_words, lower))
        reader->telephone = TELEPHONE_WORDS;
    if (reading_table_find(&reader->rules->reference_words, lower))
        reader->reference = REFERENCE_WORDS;
    const char *groups = reading_table_find(&reader->rules->reference_groups, lower);
    if (groups)
        reader->groups = groups;
    if (reading_table_find(&reader->rules->reference_end, lower))
        reader->reference = 0;
    if (strlen(lower) < sizeof reader->previous)
        memcpy(reader->previous, lower, strlen(lower) + 1);
    else
        reader->previous[0] = '\0';
}

char *reader_letter_name(const struct reader *reader, int32_t code)
{
    char bytes[5];
    text_encode(reading_to_lower(code), bytes);
    const char *name = reading_table_find(&reader->rules->letter_names, bytes);
    return xstrdup(name ? name : bytes);
}

bool reader_ends_with_mark(const struct reader *reader)
{
    size_t length;
    return closing_strength(reader, &length);
}

/* --- cleaning ---------------------------------------------------------------------------- */

static bool is_invisible(int32_t code)
{
    return code == 0xad || (code >= 0x200b && code <= 0x200c) ||
           (code >= 0x200e && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
           (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0x1f3fb && code <= 0x1f3ff) ||
           utf8proc_category(code) == UTF8PROC_CATEGORY_ME || (code >= 0xe0000 && code <= 0xe0fff);
}

static bool is_space(int32_t code)
{
    return code <= ' ' || (code >= 0x7f && code <= 0xa0) ||
           utf8proc_category(code) == UTF8PROC_CATEGORY_ZS || code == 0x2028;
}

/* Letters in another dress (full width, mathematical, ligatures, raised) as plain ones. */
static bool is_dressed(int32_t code)
{
    return (code >= 0xff01 && code <= 0xff5e) || (code >= 0x1d400 && code <= 0x1d7ff) ||
           (code >= 0xfb00 && code <= 0xfb06) ||
           (code >= 0x1d2c && code <= 0x1d61 && code != 0x1d2f) ||
           (code >= 0x2b0 && code <= 0x2b8) || code == 0xaa || code == 0xba || code == 0x2e2 ||
           (code >= 0x2080 && code <= 0x2089) ||
           (code >= 0x2100 && code <= 0x2103 && code != 0x2102) ||
           (code >= 0x3371 && code <= 0x33df) || code == 0x207f;
}

static int32_t same_character(int32_t code)
{
    switch (code) {
    case 0x60:   /* ` */
    case 0xb4:   /* ´ */
    case 0x2bc:  /* ʼ */
    case 0x2018: /* ‘ */
    case 0x2019: /* ’ */
    case 0x201b: /* ‛ */
    case 0x2032: /* ′ */
    case 0xff07: /* full width */
        return '\'';
    case 0x2010:
    case 0x2011:
    case 0xfe63:
    case 0xff0d:
        return '-';
    case 0x2012:
    case 0x2015:
        return 0x2013;
    case 0x2029:
        return '\n';
    default:
        return is_space(code) && code != '\n' ? ' ' : code;
    }
}

static void put(struct reader *reader, int32_t code)
{
    int32_t before = reader_before(reader, reader->length);
    if (code == ' ' && (before == ' ' || before == '\n' || !before))
        return;
    if (code == '\n' && before == ' ')
        reader->length--;
    reader->text[reader->length++] = code;
}

static void put_dressed(struct reader *reader, int32_t code)
{
    char bytes[5];
    utf8proc_uint8_t *plain = NULL;
    text_encode(code, bytes);
    if (utf8proc_map((utf8proc_uint8_t *)bytes, 0, &plain,
                     UTF8PROC_NULLTERM | UTF8PROC_COMPAT | UTF8PROC_COMPOSE) < 0)
        return;
    const char *at = (const char *)plain;
    for (int32_t next; (next = text_next(&at));)
        put(reader, same_character(next));
    free(plain);
}

/* Characters that are the same when composed and never compose with another: Latin letters with
 * their accents, the punctuation and signs from U+2002. */
static bool stays_composed(int32_t code)
{
    return code < 0x300 || (code >= 0x2002 && code < 0x20d0);
}

/* Valid UTF-8 in composed form. */
static char *composed(const char *text)
{
    /* A byte that is no UTF-8 becomes one character of three bytes. */
    char *copy = xmalloc(strlen(text) * 3 + 5), *end = copy;
    bool plain = true;
    for (int32_t code; (code = text_next(&text));) {
        plain = plain && stays_composed(code);
        end += encode(code, end);
    }
    *end = '\0';
    if (plain)
        return copy;
    utf8proc_uint8_t *result = NULL;
    if (utf8proc_map((utf8proc_uint8_t *)copy, 0, &result,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0)
        return copy;
    free(copy);
    return (char *)result;
}

/* The raised letter of 2º and 2ª, which is that of "nº" elsewhere. */
static bool is_ordinal_sign(const struct reader *reader, int32_t code)
{
    int32_t before = reader_before(reader, reader->length);
    return (code == 0xba || code == 0xaa) && (reading_is_digit(before) || before == ' ');
}

#define ROMAN_MAX 399

/* Ⅰ to Ⅻ and ⅰ to ⅻ, then fifty and a hundred; 0 for other characters. */
static unsigned roman_character(int32_t code)
{
    unsigned place = code >= 0x2170 ? (unsigned)(code - 0x2170) : (unsigned)(code - 0x2160);
    if (code < 0x2160 || code > 0x217d || place > 13)
        return 0;
    return place < 12 ? place + 1 : place == 12 ? 50 : 100;
}

/* A run of Roman numerals with characters of their own, as plain figures; returns where it ends. */
static const char *put_roman(struct reader *reader, int32_t code, const char *at)
{
    unsigned sum = 0, value;
    while ((value = roman_character(code))) {
        const char *next = at;
        int32_t following = text_next(&next);
        sum = value < roman_character(following) ? sum - value : sum + value;
        if (!roman_character(following) || sum > ROMAN_MAX)
            break;
        code = following;
        at = next;
    }
    char digits[16];
    snprintf(digits, sizeof digits, "%u", sum);
    for (const char *digit = digits; *digit; digit++)
        put(reader, *digit);
    return at;
}

/* A dressed character becomes at most this many plain ones. */
#define DRESSED_MAX 4

void reader_open(struct reader *reader, const struct reading_rules *rules, const char *text)
{
    *reader =
        (struct reader){.rules = rules, .names_symbols = true, .words_since_number = SIZE_MAX / 2};
    char *valid = composed(text);
    reader->text = xcalloc(strlen(valid) * DRESSED_MAX + 1, sizeof *reader->text);
    const char *at = valid;
    for (int32_t code; (code = text_next(&at));) {
        if (roman_character(code))
            at = put_roman(reader, code, at);
        else if (is_dressed(code) && !is_ordinal_sign(reader, code))
            put_dressed(reader, code);
        else if (!is_invisible(code))
            put(reader, same_character(code));
    }
    while (reader->length && is_space(reader->text[reader->length - 1]))
        reader->length--;
    free(valid);
}

void reader_close(struct reader *reader)
{
    free(reader->text);
    strbuf_free(&reader->out);
}
