/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way through a text: which shape stands here, and what stands between the words. */
#include "reading/reading.h"

#include "base/mem.h"
#include "reading/passes.h"

#include <stdlib.h>
#include <string.h>

/*
 * Words that a pass makes could, next to each other, look like something that is read. So passes
 * go on until nothing changes, which makes the reading idempotent; nearly always the second finds
 * nothing. The limit is for rules that a pack could write so that they never end.
 */
#define PASSES 6

static bool begins_token(const struct reader *reader)
{
    return !reading_is_word_character(reader_before(reader, reader->at));
}

static void step(struct reader *reader)
{
    int32_t code = reader->text[reader->at];
    if (code == ' ') {
        if (reader->join == JOIN_HYPHEN)
            reader->join = JOIN_PAUSE;
        reader->at++;
    } else if (code == '\n') {
        reader_newline(reader);
    } else if (begins_token(reader) &&
               (reader_address(reader) || reader_keys(reader) || reader_law_number(reader) ||
                reader_lettered_identifier(reader) || reader_signed_letters(reader) ||
                reader_abbreviation(reader))) {
        return;
    } else if (reader_shape(reader) || reader_script(reader)) {
        return;
    } else if (reading_is_letter(code)) {
        if (!begins_token(reader) || !reader_reference(reader))
            reader_letters(reader);
    } else {
        reader_any_mark(reader);
    }
}

static char *read_once(const struct reading_rules *rules, enum reading_marks marks,
                       const char *text)
{
    struct reader reader;
    reader_open(&reader, rules, text);
    reader.names_symbols = marks != READING_MARKS_NONE;
    reader.names_punctuation = marks == READING_MARKS_ALL;
    reader_unmask(&reader);
    while (reader.at < reader.length)
        step(&reader);
    char *words = strbuf_take(&reader.out);
    reader_close(&reader);
    return words;
}

char *reading_words_marks(const struct reading_rules *rules, enum reading_marks marks,
                          const char *text)
{
    if (!rules || rules->empty)
        return xstrdup(text);
    char *words = read_once(rules, marks, text);
    if (!strcmp(words, text))
        return words;
    for (int pass = 1; pass < PASSES && marks != READING_MARKS_ALL; pass++) {
        char *again = read_once(rules, marks, words);
        bool same = !strcmp(words, again);
        free(words);
        words = again;
        if (same)
            break;
    }
    return words;
}

char *reading_words(const struct reading_rules *rules, const char *text)
{
    return reading_words_marks(rules, READING_MARKS_SOME, text);
}
