/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_formula(const char *cell)
{
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        if (!strncmp(cell, starts[i], strlen(starts[i])))
            return true;
    return false;
}

static void add_cell(struct strbuf *table, const char *cell)
{
    const bool quoted = strpbrk(cell, ",\"\r\n");
    if (quoted)
        strbuf_add_char(table, '"');
    if (is_formula(cell))
        strbuf_add_char(table, '\'');
    for (; *cell; cell++) {
        if (*cell == '"')
            strbuf_add_char(table, '"');
        strbuf_add_char(table, *cell);
    }
    if (quoted)
        strbuf_add_char(table, '"');
}

/* A table is also looked at in a terminal. */
static void add_safe_cell(struct strbuf *table, const char *cell)
{
    const size_t length = strlen(cell);
    if (text_control_error(cell, length) == length) {
        add_cell(table, cell);
        return;
    }
    char *shown = text_shown(cell);
    add_cell(table, shown);
    free(shown);
}

void csv_add_line(struct strbuf *table, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            strbuf_add_char(table, ',');
        if (cells[i])
            add_safe_cell(table, cells[i]);
    }
    strbuf_add(table, "\r\n");
}
