/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of sites, e-mail addresses and names of files. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

/* Up to here digits in an address are said as one number. */
#define NUMBER_DIGITS 4

/* No label, no host and no name before an @ is longer (RFC 1035, RFC 5321), nor a file's name on
 * the usual systems. So a long text without a blank is not searched to its end at every word. */
#define LABEL_MAX 63
#define HOST_MAX  253
#define LOCAL_MAX 64
#define FILE_MAX  255

static bool ends_address(int32_t code)
{
    return code <= ' ' || reading_is_one_of(code, "<>\"«»“”()[]{}|'");
}

/* What is not blank, without the marks of the sentence after it. */
static size_t candidate_end(struct reader *reader)
{
    if (reader->at >= reader->address_end) {
        reader->address_end = reader->at;
        while (!ends_address(reader_peek(reader, reader->address_end)))
            reader->address_end++;
    }
    size_t end = reader->address_end;
    while (end > reader->at && reading_is_one_of(reader->text[end - 1], ".,;:!?…*"))
        end--;
    return end;
}

static bool is_label_character(int32_t code)
{
    return reading_is_latin(code) || reading_is_digit(code) || code == '-';
}

/* Labels with dots between them; stores where the last label begins. Returns the end or `at`. */
static size_t host_end(const struct reader *reader, size_t at, size_t end, size_t *ret_last)
{
    size_t start = at, labels = 0, host = at;
    for (;;) {
        size_t label = at;
        while (at < end && at - label <= LABEL_MAX && is_label_character(reader->text[at]))
            at++;
        if (at - label > LABEL_MAX || at - start > HOST_MAX)
            return start;
        if (at == label)
            return host;
        if (labels++)
            *ret_last = label;
        host = labels > 1 ? at : start;
        if (at + 1 >= end || reader->text[at] != '.')
            return host;
        at++;
    }
}

static bool is_in(const struct reader *reader, const struct reading_table *table, size_t at,
                  size_t end)
{
    char *word = reader_copy(reader, at, end - at, false);
    bool found = reading_table_find(table, word);
    free(word);
    return found;
}

static bool has_host(const struct reader *reader, size_t at, size_t end)
{
    size_t last = at;
    size_t host = host_end(reader, at, end, &last);
    int32_t next = host < end ? reader->text[host] : 0;
    return host > at && is_in(reader, &reader->rules->endings, last, host) &&
           (!next || reading_is_one_of(next, "/?#:"));
}

static bool is_mail(const struct reader *reader, size_t at, size_t end)
{
    size_t last;
    for (size_t i = at + 1; i < end && i - at <= LOCAL_MAX; i++)
        if (reader->text[i] == '@')
            return host_end(reader, i + 1, end, &last) == end;
    return false;
}

static bool is_file(const struct reader *reader, size_t at, size_t end)
{
    size_t dot = end;
    if (end - at > FILE_MAX)
        return false;
    while (dot > at && reader->text[dot - 1] != '.')
        dot--;
    return dot > at + 1 && dot < end && reading_is_latin(reader->text[at]) &&
           is_in(reader, &reader->rules->extensions, dot, end);
}

static bool has_letter(const struct reader *reader, size_t at, size_t end)
{
    for (size_t limit = at + HOST_MAX; at < end && at < limit; at++)
        if (reading_is_letter(reader->text[at]))
            return true;
    return false;
}

/* --- saying it ----------------------------------------------------------------------------- */

static void say_letters(struct reader *reader, size_t at, size_t end)
{
    struct strbuf words = {0};
    for (; at < end; at++) {
        char *letter = reader_copy(reader, at, 1, true);
        if (words.length)
            strbuf_add_char(&words, ' ');
        strbuf_add(&words, letter);
        free(letter);
    }
    reader_say(reader, words.text, LAST_ADDRESS);
    strbuf_free(&words);
}

static bool has_vowel(const struct reader *reader, const char *word)
{
    for (int32_t code; (code = text_next(&word));) {
        const char *vowels = reader->rules->vowels ? reader->rules->vowels : "";
        for (int32_t vowel; (vowel = text_next(&vowels));)
            if (vowel == code)
                return true;
    }
    return false;
}

/* The endings that are words (com, org) are among the domains; the others are letters. */
static void say_label(struct reader *reader, size_t at, size_t end)
{
    char *lower = reader_copy(reader, at, end - at, true);
    char *upper_listed = reader_copy(reader, at, end - at, false);
    const char *known = reading_table_find(&reader->rules->domains, lower);
    bool letters = !has_vowel(reader, lower) || is_in(reader, &reader->rules->endings, at, end) ||
                   is_in(reader, &reader->rules->extensions, at, end) ||
                   reading_table_find(&reader->rules->letters, upper_listed);
    if (known)
        reader_say(reader, known, LAST_ADDRESS);
    else if (letters)
        say_letters(reader, at, end);
    else
        reader_say(reader, lower, LAST_ADDRESS);
    free(lower);
    free(upper_listed);
}

static void say_number(struct reader *reader, size_t at, size_t end)
{
    char *digits = reader_copy(reader, at, end - at, false);
    char *words = end - at > NUMBER_DIGITS ? reading_digits(reader->rules, digits)
                                           : reading_group(reader->rules, digits);
    reader_say(reader, words, LAST_ADDRESS);
    free(words);
    free(digits);
}

static void say_sign(struct reader *reader, size_t at)
{
    char bytes[5];
    text_encode(reader->text[at], bytes);
    const char *name = reading_table_find(&reader->rules->punctuation, bytes);
    const char *symbol;
    if (!name && reader_longest(reader, &reader->rules->symbols, at, CASE_EXACT, &symbol) == 1)
        name = symbol;
    reader_say(reader, name ? name : reader->rules->unknown_symbol, LAST_ADDRESS);
}

static void say_address(struct reader *reader, size_t at, size_t end)
{
    while (at < end) {
        size_t piece = at;
        if (reading_is_latin(reader->text[at])) {
            while (at < end && reading_is_latin(reader->text[at]))
                at++;
            say_label(reader, piece, at);
        } else if (reading_is_digit(reader->text[at])) {
            while (at < end && reading_is_digit(reader->text[at]))
                at++;
            say_number(reader, piece, at);
        } else {
            say_sign(reader, at++);
        }
        reader_pause(reader);
    }
    reader->last = LAST_ADDRESS;
}

static size_t scheme_at(const struct reader *reader, size_t end, const char **ret_words)
{
    size_t length =
        reader_longest(reader, &reader->rules->schemes, reader->at, CASE_ANY, ret_words);
    return reader->at + length < end ? length : 0;
}

bool reader_address(struct reader *reader)
{
    const char *scheme = NULL;
    size_t at = reader->at;
    if (!reader->rules->endings.count || !reader->rules->cardinal.count)
        return false;
    size_t end = candidate_end(reader);
    if (end <= at + 3 || !has_letter(reader, at, end))
        return false;
    size_t length = scheme_at(reader, end, &scheme);
    if (!length && !has_host(reader, at, end) && !is_mail(reader, at, end) &&
        !is_file(reader, at, end))
        return false;
    reader_say(reader, scheme, LAST_ADDRESS);
    if (scheme)
        reader_pause(reader);
    reader->at = end;
    while (end > at + length && reader->text[end - 1] == '/')
        end--;
    say_address(reader, at + length, end);
    return true;
}

/* --- hidden signs ---------------------------------------------------------------------------- */

/* "(at)", "[dot]", perhaps between blanks: the sign it stands for, or 0; stores where it ends. */
static int32_t masked_sign(const struct reader *reader, size_t at, size_t *ret_end)
{
    const char *sign;
    at += reader_peek(reader, at) == ' ';
    int32_t open = reader_peek(reader, at);
    if (open != '(' && open != '[')
        return 0;
    size_t length = reader_longest(reader, &reader->rules->masks, at + 1, CASE_ANY, &sign);
    size_t end = at + 1 + length;
    if (!length || reader_peek(reader, end) != (open == '(' ? ')' : ']'))
        return 0;
    end++;
    end += reader_peek(reader, end) == ' ';
    *ret_end = end;
    return is_label_character(reader_peek(reader, end)) ? (unsigned char)*sign : 0;
}

/* After the @ comes a name and a dot, hidden or not. */
static bool host_follows(const struct reader *reader, size_t at)
{
    size_t start = at, end;
    while (at - start < LABEL_MAX && is_label_character(reader_peek(reader, at)))
        at++;
    return masked_sign(reader, at, &end) == '.' ||
           (reader_peek(reader, at) == '.' && is_label_character(reader_peek(reader, at + 1)));
}

void reader_unmask(struct reader *reader)
{
    size_t out = 0, end;
    bool host = false;
    if (!reader->rules->masks.count)
        return;
    for (size_t at = 0; at < reader->length;) {
        int32_t sign =
            out && is_label_character(reader->text[out - 1]) ? masked_sign(reader, at, &end) : 0;
        if ((sign == '@' && host_follows(reader, end)) || (sign == '.' && host)) {
            host = true;
            reader->text[out++] = sign;
            at = end;
            continue;
        }
        host = host && !ends_address(reader->text[at]);
        reader->text[out++] = reader->text[at++];
    }
    reader->length = out;
}
