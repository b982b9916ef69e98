/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/lexicon.h"

#include "base/diag.h"
#include "base/errno_words.h"
#include "base/lines.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "listen/phones.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Some ten times the lexicon of a whole language. */
#define LEXICON_BYTES_MAX (4 << 20)

struct entry {
    char *text; /* lower case */
    struct tokens pronunciations;
};

struct lexicon {
    struct entry *entries;
    size_t count;
    size_t capacity;
};

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    for (size_t i = 0; i < lexicon->count; i++) {
        free(lexicon->entries[i].text);
        tokens_free(&lexicon->entries[i].pronunciations);
    }
    free(lexicon->entries);
    free(lexicon);
}

/* Unlike text_fold() this keeps the accents: they change how a word is said. */
static char *lower(const char *text)
{
    char *trimmed = text_trim(text);
    struct strbuf result = {0};
    const char *rest = trimmed;
    int32_t code_point;
    while ((code_point = text_next(&rest))) {
        char bytes[5];
        size_t length =
            text_encode(code_point == 0x2019 ? '\'' : utf8proc_tolower(code_point), bytes);
        strbuf_add_bytes(&result, bytes, length);
    }
    free(trimmed);
    return strbuf_take(&result);
}

static struct entry *find(const struct lexicon *lexicon, const char *lowered)
{
    for (size_t i = 0; i < lexicon->count; i++)
        if (!strcmp(lexicon->entries[i].text, lowered))
            return &lexicon->entries[i];
    return NULL;
}

const struct tokens *lexicon_find(const struct lexicon *lexicon, const char *text)
{
    char *lowered = lower(text);
    const struct entry *entry = lexicon ? find(lexicon, lowered) : NULL;
    free(lowered);
    return entry ? &entry->pronunciations : NULL;
}

static struct entry *find_or_add(struct lexicon *lexicon, const char *text)
{
    char *lowered = lower(text);
    struct entry *entry = find(lexicon, lowered);
    if (entry) {
        free(lowered);
        return entry;
    }
    lexicon->entries = mem_grow(lexicon->entries, &lexicon->capacity, lexicon->count + 1,
                                sizeof *lexicon->entries);
    entry = &lexicon->entries[lexicon->count++];
    *entry = (struct entry){.text = lowered};
    return entry;
}

static const char *wrong_phone(const struct phone_set *set, const struct tokens *phones)
{
    for (size_t i = 0; i < phones->count; i++)
        if (!phone_set_has(set, phones->items[i]))
            return phones->items[i];
    return NULL;
}

static void load_line(struct lexicon *lexicon, const struct phone_set *set, char *line, int number,
                      struct diags *diags)
{
    line[strcspn(line, "\r\n")] = '\0';
    if (!line[strspn(line, " \t")] || line[0] == '#')
        return;
    char *tab = strchr(line, '\t');
    if (tab)
        *tab = '\0';
    struct tokens phones = {0};
    tokens_split(&phones, tab ? tab + 1 : "", " \t");
    const char *wrong = wrong_phone(set, &phones);
    if (text_utf8_error(line, strlen(line)) < strlen(line))
        diags_add(diags, DIAG_ERROR, number, 1, MSG_YAML_NOT_UTF8);
    else if (!phones.count || !*line)
        diags_add(diags, DIAG_ERROR, number, 1, MSG_LEXICON_LINE);
    else if (wrong)
        diags_add(diags, DIAG_ERROR, number, 1, MSG_LEXICON_PHONE, "phone", wrong);
    else {
        struct strbuf clean = {0};
        for (size_t i = 0; i < phones.count; i++)
            strbuf_addf(&clean, "%s%s", i ? " " : "", phones.items[i]);
        tokens_add(&find_or_add(lexicon, line)->pronunciations, clean.text);
        strbuf_free(&clean);
    }
    tokens_free(&phones);
}

static void report_unread(const char *path, int error, struct diags *diags)
{
    char limit[NUMBER_TEXT_SIZE];
    if (error == EFBIG)
        diags_add(diags, DIAG_ERROR, 1, 1, MSG_YAML_SIZE, "limit",
                  number_text(limit, LEXICON_BYTES_MAX >> 20));
    else
        diags_add(diags, DIAG_ERROR, 0, 0, MSG_FILE_UNREADABLE, "file", path, "reason",
                  errno_words(diags->messages, error));
}

int lexicon_load(const char *path, const struct phone_set *set, struct diags *diags,
                 struct lexicon **ret_lexicon)
{
    diags_set_file(diags, path);
    struct lines lines;
    if (lines_read(path, LEXICON_BYTES_MAX, &lines)) {
        report_unread(path, errno, diags);
        return -1;
    }
    size_t errors = diags->errors;
    struct lexicon *lexicon = xcalloc(1, sizeof *lexicon);
    char *line;
    for (int number = 1; (line = lines_next(&lines)); number++)
        load_line(lexicon, set, line, number, diags);
    lines_free(&lines);
    if (diags->errors > errors) {
        lexicon_free(lexicon);
        return -1;
    }
    *ret_lexicon = lexicon;
    return 0;
}
