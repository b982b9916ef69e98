/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/option_help.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/wrap.h"

#include <stdlib.h>

/* Where the words begin that say what an option is for. */
#define TEXT_COLUMN 23

struct help {
    const struct messages *messages;
    struct strbuf out;
};

static void add_paragraph(struct help *help, const char *text)
{
    wrap_add(&help->out, text, 0, 0, OPTION_HELP_WIDTH);
    strbuf_add(&help->out, "\n");
}

/* "NAME   text", the text in a column of its own, below a name that is too long. */
static void add_item(struct help *help, const char *name, const char *text)
{
    size_t column = text_length(name);
    strbuf_add(&help->out, name);
    if (column >= TEXT_COLUMN) {
        strbuf_add(&help->out, "\n");
        column = 0;
    }
    strbuf_addf(&help->out, "%*s", (int)(TEXT_COLUMN - column), "");
    wrap_add(&help->out, text, TEXT_COLUMN, TEXT_COLUMN, OPTION_HELP_WIDTH);
    strbuf_add(&help->out, "\n");
}

static void add_heading(struct help *help, enum message id)
{
    char *heading =
        messages_format(help->messages, MSG_HEADING, "title", messages_text(help->messages, id));
    strbuf_add(&help->out, "\n");
    add_paragraph(help, heading);
    free(heading);
}

/* --- options ---------------------------------------------------------------------------------- */

static char *item_name(const struct help *help, const struct option_row *row)
{
    struct strbuf name = {0};
    if (row->letter)
        strbuf_addf(&name, "-%c, ", row->letter);
    strbuf_addf(&name, "--%s", row->name);
    if (option_row_has_value(row))
        strbuf_addf(&name, " %s", messages_text(help->messages, row->value));
    return strbuf_take(&name);
}

/* "off (sans), one (un contacteur) ou two (deux contacteurs)" */
static char *list_choices(const struct help *help, const struct option_choice *choices)
{
    char *list = NULL;
    for (const struct option_choice *choice = choices; choice->word; choice++) {
        const enum message joint = choice[1].word ? MSG_CHOICES_NEXT : MSG_CHOICES_LAST;
        char *item = messages_format(help->messages, MSG_CHOICES_ITEM, "word", choice->word,
                                     "meaning", messages_text(help->messages, choice->meaning));
        char *longer =
            list ? messages_format(help->messages, joint, "list", list, "item", item) : item;
        if (list)
            free(item);
        free(list);
        list = longer;
    }
    return list;
}

static char *item_text(const struct help *help, const struct option_row *row)
{
    char *text = option_row_help(help->messages, row);
    if (!row->choices)
        return text;
    char *list = list_choices(help, row->choices);
    char *longer = messages_format(help->messages, MSG_CHOICES, "help", text, "list", list);
    free(list);
    free(text);
    return longer;
}

static void add_option(struct help *help, const struct option_row *row)
{
    char *name = item_name(help, row), *text = item_text(help, row);
    add_item(help, name, text);
    free(name);
    free(text);
}

/* --- subcommands ------------------------------------------------------------------------------ */

static void add_subcommands(struct help *help, const struct subcommand *subcommands)
{
    add_heading(help, MSG_HEADING_COMMANDS);
    for (const struct subcommand *command = subcommands; command->name; command++) {
        char *operand = option_table_operand(help->messages, command->table);
        char *name = xasprintf(*operand ? "%s %s" : "%s", command->name, operand);
        add_item(help, name, messages_text(help->messages, command->summary));
        free(name);
        free(operand);
    }
}

char *option_help(const struct messages *messages, const struct option_table *table,
                  const char *name)
{
    struct help help = {.messages = messages};
    const struct option_row *row;
    if (!table->subcommands) {
        char *usage = option_table_usage(messages, table, name);
        add_paragraph(&help, usage);
        free(usage);
    }
    add_paragraph(&help, messages_text(messages, table->help));
    if (option_table_row(table, 0)->kind != OPTION_KIND_HEADING)
        strbuf_add(&help.out, "\n");
    for (size_t i = 0; (row = option_table_row(table, i)); i++) {
        if (row->kind == OPTION_KIND_HEADING)
            add_heading(&help, row->help);
        else
            add_option(&help, row);
    }
    if (table->subcommands)
        add_subcommands(&help, table->subcommands);
    return strbuf_take(&help.out);
}
