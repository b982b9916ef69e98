/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/option_man.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/wrap.h"

#include <stdlib.h>
#include <string.h>

struct page {
    const struct messages *messages;
    struct strbuf out;
};

/* Text that roff shows as it is; a hyphen stays one that can be searched for and copied. */
static void add_text(struct page *page, const char *text)
{
    if (*text == '.' || *text == '\'')
        strbuf_add(&page->out, "\\&");
    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '-')
            strbuf_add(&page->out, "\\-");
        else if (text[i] == '\\')
            strbuf_add(&page->out, "\\e");
        else if (text[i] == ' ' && !wrap_may_break(text, i))
            strbuf_add(&page->out, "\\ ");
        else
            strbuf_add_char(&page->out, text[i]);
    }
}

static void add_in_font(struct page *page, char font, const char *text)
{
    strbuf_addf(&page->out, "\\f%c", font);
    add_text(page, text);
    strbuf_add(&page->out, "\\fR");
}

static void add_line(struct page *page, const char *text)
{
    add_text(page, text);
    strbuf_add(&page->out, "\n");
}

/* Its lines stay lines, and an empty one begins a paragraph. */
static void add_lines(struct page *page, const char *text)
{
    for (bool is_first = true; *text; is_first = false) {
        const size_t length = strcspn(text, "\n");
        char *line = xstrndup(text, length);
        if (!is_first)
            strbuf_add(&page->out, length ? ".br\n" : ".PP\n");
        if (length)
            add_line(page, line);
        free(line);
        text += length + (text[length] == '\n');
    }
}

/* --- options ---------------------------------------------------------------------------------- */

static void add_choices(struct page *page, const struct option_choice *choices)
{
    strbuf_add(&page->out, ".RS\n");
    for (; choices->word; choices++) {
        strbuf_add(&page->out, ".TP\n");
        add_in_font(page, 'B', choices->word);
        strbuf_add(&page->out, "\n");
        add_line(page, messages_text(page->messages, choices->meaning));
    }
    strbuf_add(&page->out, ".RE\n");
}

static void add_name(struct page *page, const struct option_row *row)
{
    const char letter[] = {'-', row->letter, '\0'};
    char *name = xasprintf("--%s", row->name);
    strbuf_add(&page->out, ".TP\n");
    if (row->letter) {
        add_in_font(page, 'B', letter);
        strbuf_add(&page->out, ", ");
    }
    add_in_font(page, 'B', name);
    if (option_row_has_value(row)) {
        strbuf_add(&page->out, " ");
        add_in_font(page, 'I', messages_text(page->messages, row->value));
    }
    strbuf_add(&page->out, "\n");
    free(name);
}

static void add_option(struct page *page, const struct option_row *row)
{
    char *help = option_row_help(page->messages, row);
    add_name(page, row);
    add_line(page, help);
    if (row->choices)
        add_choices(page, row->choices);
    free(help);
}

/* A heading is a subsection in `macro`, or a paragraph of its own. */
static void add_rows(struct page *page, const struct option_table *table, const char *macro)
{
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(table, i)); i++) {
        if (row->kind == OPTION_KIND_HEADING) {
            strbuf_addf(&page->out, "%s", macro);
            add_line(page, messages_text(page->messages, row->help));
        } else if (row->kind != OPTION_KIND_HELP || table->subcommands) {
            add_option(page, row); /* that every subcommand has --help is said once */
        }
    }
}

char *option_man_options(const struct messages *messages, const struct option_table *program)
{
    struct page page = {.messages = messages};
    add_rows(&page, program, ".SS ");
    return strbuf_take(&page.out);
}

char *option_man_commands(const struct messages *messages, const struct option_table *program)
{
    struct page page = {.messages = messages};
    for (const struct subcommand *command = program->subcommands; command->name; command++) {
        char *usage = option_table_usage(messages, command->table, command->name);
        strbuf_add(&page.out, ".SS ");
        add_line(&page, usage);
        add_lines(&page, messages_text(messages, command->table->help));
        add_rows(&page, command->table, ".PP\n");
        free(usage);
    }
    return strbuf_take(&page.out);
}
