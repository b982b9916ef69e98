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

void csv_add_line(struct strbuf *table, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            strbuf_add_char(table, ',');
        char *shown = cells[i] ? text_shown(cells[i]) : NULL;
        if (shown)
            add_cell(table, shown);
        free(shown);
    }
    strbuf_add(table, "\r\n");
}
