/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/diag.h"

#include "base/mem.h"
#include "base/number.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void diags_init(struct diags *diags, const struct messages *messages)
{
    *diags = (struct diags){.messages = messages};
}

void diags_free(struct diags *diags)
{
    if (!diags)
        return;
    for (size_t i = 0; i < diags->count; i++) {
        free(diags->items[i].file);
        free(diags->items[i].text);
    }
    free(diags->items);
    free(diags->file);
    *diags = (struct diags){0};
}

void diags_set_file(struct diags *diags, const char *file)
{
    char *copy = xstrdup(file);
    free(diags->file);
    diags->file = copy;
}

/*
 * Takes `text` (freed) as one line that a terminal can be given: what a file or its name holds must
 * neither drive the terminal nor look like another mistake.
 */
static char *safe_line(char *text)
{
    char *line = text_shown(text);
    free(text);
    size_t length = strlen(line);
    if (length <= DIAG_TEXT_MAX)
        return line;
    /* Not in the middle of a character. */
    for (length = DIAG_TEXT_MAX; (line[length] & 0xc0) == 0x80;)
        length--;
    line[length] = '\0';
    char *cut = xasprintf("%s…", line);
    free(line);
    return cut;
}

void diags_add_pairs(struct diags *diags, enum diag_severity severity, int line, int column,
                     enum message id, ...)
{
    va_list pairs;
    va_start(pairs, id);
    char *text = messages_vformat(diags->messages, id, pairs);
    va_end(pairs);
    diags->items = mem_grow(diags->items, &diags->capacity, diags->count + 1, sizeof *diags->items);
    diags->items[diags->count++] = (struct diag){
        .severity = severity,
        .file = safe_line(xstrdup(diags->file ? diags->file : "")),
        .line = line,
        .column = column,
        .text = safe_line(text),
    };
    if (severity == DIAG_ERROR)
        diags->errors++;
}

char *diag_line(const struct messages *messages, const struct diag *diag)
{
    if (!diag->line)
        return xstrdup(diag->text);
    char line[16], column[16];
    snprintf(line, sizeof line, "%d", diag->line);
    snprintf(column, sizeof column, "%d", diag->column);
    enum message id = diag->severity == DIAG_ERROR ? MSG_DIAG_LINE : MSG_DIAG_WARNING_LINE;
    return messages_format(messages, id, "file", diag->file, "line", line, "column", column, "text",
                           diag->text);
}

static int compare_places(const void *a, const void *b)
{
    const struct diag *left = a, *right = b;
    int files = strcmp(left->file, right->file);
    if (files)
        return files;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return strcmp(left->text, right->text);
}

static void print_line(const struct diags *diags, const struct diag *diag, FILE *stream)
{
    char *line = diag_line(diags->messages, diag);
    fprintf(stream, "%s\n", line);
    free(line);
}

void diags_print(struct diags *diags, FILE *stream)
{
    size_t errors = 0, warnings = 0;
    /* No warning takes the place of a mistake. */
    const size_t most_warnings =
        diags->errors < DIAGS_PRINTED_MAX ? DIAGS_PRINTED_MAX - diags->errors : 0;
    if (diags->count)
        qsort(diags->items, diags->count, sizeof *diags->items, compare_places);
    for (size_t i = 0; i < diags->count; i++) {
        const bool error = diags->items[i].severity == DIAG_ERROR;
        if (error ? errors < DIAGS_PRINTED_MAX : warnings < most_warnings) {
            print_line(diags, &diags->items[i], stream);
            *(error ? &errors : &warnings) += 1;
        }
    }
    char count[NUMBER_TEXT_SIZE];
    const size_t left = diags->count - errors - warnings;
    if (!left)
        return;
    char *more =
        messages_format(diags->messages, MSG_DIAG_MORE, "count", number_text(count, (long)left));
    fprintf(stream, "%s\n", more);
    free(more);
}
