#include "diag.h"

#include "mem.h"

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
        .file = xstrdup(diags->file ? diags->file : ""),
        .line = line,
        .column = column,
        .text = text,
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

void diags_print(struct diags *diags, FILE *stream)
{
    if (diags->count)
        qsort(diags->items, diags->count, sizeof *diags->items, compare_places);
    for (size_t i = 0; i < diags->count; i++) {
        char *line = diag_line(diags->messages, &diags->items[i]);
        fprintf(stream, "%s\n", line);
        free(line);
    }
}
