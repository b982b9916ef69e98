/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/option_table.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>

static const struct option_row help_row = {
    .name = "help", .letter = 'h', .kind = OPTION_KIND_HELP, .help = MSG_OPTION_HELP};

const struct option_row *option_table_row(const struct option_table *table, size_t index)
{
    size_t count = 0;
    while (table->rows && count < index && table->rows[count].kind != OPTION_KIND_END)
        count++;
    if (table->rows && table->rows[count].kind != OPTION_KIND_END)
        return &table->rows[count];
    return count == index ? &help_row : NULL;
}

bool option_table_has_own(const struct option_table *table)
{
    return option_table_row(table, 0)->kind != OPTION_KIND_HELP;
}

bool option_row_has_value(const struct option_row *row)
{
    return row->kind >= OPTION_KIND_TEXT && row->kind <= OPTION_KIND_MONTH;
}

char *option_row_help(const struct messages *messages, const struct option_row *row)
{
    char minimum[16], maximum[16];
    snprintf(minimum, sizeof minimum, "%d", row->minimum);
    snprintf(maximum, sizeof maximum, "%d", row->maximum);
    return messages_format(messages, row->help, "min", minimum, "max", maximum);
}

char *option_table_operand(const struct messages *messages, const struct option_table *table)
{
    const struct operand *operand = &table->operand;
    if (operand->kind == OPERAND_NONE)
        return xstrdup("");
    const char *more = operand->kind == OPERAND_WORDS ? "" : "…";
    return xasprintf(operand->is_required ? "%s%s" : "[%s%s]",
                     messages_text(messages, operand->name), more);
}

char *option_table_usage(const struct messages *messages, const struct option_table *table,
                         const char *name)
{
    struct strbuf usage = {0};
    strbuf_addf(&usage, "%s %s", PACKAGE, name);
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(table, i)); i++)
        if (row->is_required)
            strbuf_addf(&usage, " --%s %s", row->name, messages_text(messages, row->value));
    if (option_table_has_own(table))
        strbuf_addf(&usage, " %s", messages_text(messages, MSG_USAGE_OPTIONS));
    char *operand = option_table_operand(messages, table);
    strbuf_addf(&usage, *operand ? " %s" : "%s", operand);
    free(operand);
    return strbuf_take(&usage);
}
