/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys and combinations of keys: "Ctrl + L". */
#include "base/mem.h"
#include "base/text.h"
#include "reading/numbers.h"
#include "reading/passes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    if (reader->text[reader->at] < 0x80 && !reading_is_letter(reader->text[reader->at]))
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
