/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one sentence ends and the next begins. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/characters.h"
#include "reading/reading.h"
#include "reading/rules.h"

#include <stdlib.h>
#include <string.h>

static void add_sentence(char ***list, size_t *count, size_t *capacity, const char *from,
                         const char *to)
{
    char *piece = xstrndup(from, (size_t)(to - from));
    char *sentence = text_trim(piece);
    free(piece);
    if (!*sentence) {
        free(sentence);
        return;
    }
    *list = mem_grow(*list, capacity, *count + 1, sizeof **list);
    (*list)[(*count)++] = sentence;
}

static bool is_blank(const char *at)
{
    return *at == ' ' || *at == '\n' || !strncmp(at, "\u00a0", strlen("\u00a0"));
}

static bool before_digit(const char *at)
{
    return at[0] == ' ' && reading_is_digit((unsigned char)at[1]);
}

static bool before_capital(const char *at)
{
    const char *next = at + 1;
    return at[0] == ' ' && reading_is_upper(text_next(&next));
}

/* A value with a full stop says that the abbreviation may end a sentence, as "etc." does. */
static bool goes_on(const struct reading_table *table, const char *word, const char *end)
{
    const char *words = reading_table_find(table, word);
    if (!words)
        return false;
    size_t length = strlen(words);
    return !(length && words[length - 1] == '.' && before_capital(end));
}

/* The word that ends at `end` with a full stop is short for another, or a name's first letter. */
static bool ends_abbreviation(const struct reading_rules *rules, const char *text, const char *end)
{
    const char *start = end;
    while (start > text && start[-1] != ' ' && start[-1] != '\n' && start[-1] != '(')
        start--;
    const char *after = start;
    if (reading_is_upper(text_next(&after)) && after + 1 == end && before_capital(end))
        return true;
    char *word = xstrndup(start, (size_t)(end - start));
    bool name = before_capital(end) && reading_table_find(&rules->before_name, word);
    bool number = before_digit(end) && reading_table_find(&rules->before_number, word);
    bool other = !name && !number && goes_on(&rules->abbreviations, word, end);
    free(word);
    return name || number || other;
}

/* Moves `*at` over any of the marks; returns whether there was one. */
static bool skip_any(const char **at, const char *const *marks, size_t count)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(marks[i]);
        if (strncmp(*at, marks[i], length))
            continue;
        *at += length;
        found = true;
        i = (size_t)-1;
    }
    return found;
}

/* Where the marks at `at` end if they close a sentence, else NULL; stores where to look next. */
static const char *sentence_end(const struct reading_rules *rules, const char *text, const char *at,
                                const char **ret_next)
{
    static const char *const marks[] = {".", "!", "?", ":", "…"};
    static const char *const closing[] = {"\u00a0»", " »", "»", "”", ")", "\""};
    const char *end = at;
    *ret_next = at + 1;
    if (!skip_any(&end, marks, COUNT_OF(marks)))
        return NULL;
    *ret_next = end;
    bool single = end == at + 1;
    skip_any(&end, closing, COUNT_OF(closing));
    if (*end && !is_blank(end))
        return NULL;
    if (rules && *at == '.' && single && *end && ends_abbreviation(rules, text, at + 1))
        return NULL;
    return end;
}

size_t reading_sentences(const struct reading_rules *rules, const char *text, char ***ret_sentences)
{
    char **list = NULL;
    size_t count = 0, capacity = 0;
    const char *start = text, *at = text;
    while (*at) {
        const char *end = sentence_end(rules, text, at, &at);
        if (!end)
            continue;
        add_sentence(&list, &count, &capacity, start, end);
        start = at = end;
    }
    add_sentence(&list, &count, &capacity, start, at);
    *ret_sentences = list;
    return count;
}
