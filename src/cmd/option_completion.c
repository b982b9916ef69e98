/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/option_completion.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

struct script {
    const struct messages *messages;
    struct strbuf out;
};

/* --- what all have in common ------------------------------------------------------------------ */

/* A table of the program; `name` is the subcommand's, "" for the program itself. */
typedef void (*table_adder)(struct script *script, const char *name,
                            const struct option_table *table);

static void for_each_table(struct script *script, const struct option_table *program,
                           table_adder add)
{
    add(script, "", program);
    for (const struct subcommand *command = program->subcommands; command->name; command++)
        add(script, command->name, command->table);
}

typedef void (*row_adder)(struct script *script, const char *name, const struct option_row *row);

static void for_each_option(struct script *script, const char *name,
                            const struct option_table *table, row_adder add)
{
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(table, i)); i++)
        if (row->kind != OPTION_KIND_HEADING)
            add(script, name, row);
}

/* A copy with `before` before each byte of `marks`. To be freed with free(). */
static char *escape(const char *text, const char *marks, const char *before)
{
    struct strbuf out = {0};
    for (; *text; text++) {
        if (strchr(marks, *text))
            strbuf_add(&out, before);
        strbuf_add_char(&out, *text);
    }
    return strbuf_take(&out);
}

/* In single quotes, for bash and zsh. */
static void add_quoted(struct script *script, const char *text)
{
    char *inside = escape(text, "'", "'\\'");
    strbuf_addf(&script->out, "'%s'", inside);
    free(inside);
}

/* What the program itself can list for the value of an option, whatever command has it: the shells
 * ask it (data/completions) when the key is pressed. NULL: nothing. */
static const char *listed(const struct option_row *row)
{
    static const char *const lists[][2] = {{"learner", "learners"},
                                           {"guide", "guides"},
                                           {"path", "paths"},
                                           {"section", "sections"},
                                           {"step", "steps"}};
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        if (!strcmp(row->name, lists[i][0]))
            return lists[i][1];
    return NULL;
}

/* --- bash ------------------------------------------------------------------------------------- */

static void add_bash_name(struct script *script, const char *name, const struct option_row *row)
{
    (void)name;
    strbuf_addf(&script->out, " --%s", row->name);
    if (row->letter)
        strbuf_addf(&script->out, " -%c", row->letter);
}

static void add_bash_names(struct script *script, const char *name,
                           const struct option_table *table)
{
    strbuf_addf(&script->out, "    '%s') echo", name);
    for_each_option(script, name, table, add_bash_name);
    strbuf_add(&script->out, " ;;\n");
}

static void add_bash_value(struct script *script, const char *name, const struct option_row *row)
{
    if (!option_row_has_value(row))
        return;
    strbuf_addf(&script->out, "    '%s --%s') echo ", name, row->name);
    if (row->choices)
        strbuf_add(&script->out, "words");
    else if (listed(row))
        strbuf_add(&script->out, listed(row));
    else
        strbuf_add(&script->out, row->kind == OPTION_KIND_FILE ? "files" : "text");
    for (const struct option_choice *choice = row->choices; choice && choice->word; choice++)
        strbuf_addf(&script->out, " %s", choice->word);
    strbuf_add(&script->out, " ;;\n");
}

static void add_bash_values(struct script *script, const char *name,
                            const struct option_table *table)
{
    for_each_option(script, name, table, add_bash_value);
    if (table->operand.kind == OPERAND_FILES)
        strbuf_addf(&script->out, "    '%s ') echo files ;;\n", name);
}

char *option_completion_bash(const struct messages *messages, const struct option_table *program)
{
    struct script script = {.messages = messages};
    strbuf_add(&script.out, "_pasapas_commands()\n{\n    echo");
    for (const struct subcommand *command = program->subcommands; command->name; command++)
        strbuf_addf(&script.out, " %s", command->name);
    strbuf_add(&script.out, "\n}\n\n_pasapas_options()\n{\n    case $1 in\n");
    for_each_table(&script, program, add_bash_names);
    strbuf_add(&script.out, "    esac\n}\n\n_pasapas_value()\n{\n    case \"$1 $2\" in\n");
    for_each_table(&script, program, add_bash_values);
    strbuf_add(&script.out, "    esac\n}\n");
    return strbuf_take(&script.out);
}

/* --- zsh -------------------------------------------------------------------------------------- */

/* "((auto\:"…" half\:"…"))" */
static void add_zsh_choices(struct strbuf *spec, const struct script *script,
                            const struct option_choice *choices)
{
    const char *between = "((";
    for (; choices->word; choices++) {
        /* Colons part the pieces of a specification, and, once more, a word from its meaning. */
        char *word = escape(choices->word, ":", "\\\\\\");
        char *quoted = escape(messages_text(script->messages, choices->meaning), "\"\\$`", "\\");
        char *meaning = escape(quoted, ":", "\\");
        strbuf_addf(spec, "%s%s\\:\"%s\"", between, word, meaning);
        between = " ";
        free(word);
        free(quoted);
        free(meaning);
    }
    strbuf_add(spec, "))");
}

/* What _arguments wants after the name: what it is for, and what can follow. */
static char *zsh_rest(const struct script *script, const struct option_row *row)
{
    struct strbuf rest = {0};
    char *help = option_row_help(script->messages, row);
    char *escaped = escape(help, "[]\\", "\\");
    const bool has_value = option_row_has_value(row);
    strbuf_addf(&rest, "%s[%s]", has_value ? "=" : "", escaped);
    if (has_value)
        strbuf_addf(&rest, ":%s:", messages_text(script->messages, row->value));
    if (row->choices)
        add_zsh_choices(&rest, script, row->choices);
    else if (listed(row))
        strbuf_addf(&rest, "_pasapas_%s", listed(row));
    else if (has_value)
        strbuf_add(&rest, row->kind == OPTION_KIND_FILE ? "_files" : " ");
    free(escaped);
    free(help);
    return strbuf_take(&rest);
}

static void add_zsh_specification(struct script *script, const char *option, const char *rest)
{
    char *specification = xasprintf("%s%s", option, rest);
    strbuf_add(&script->out, " \\\n            ");
    add_quoted(script, specification);
    free(specification);
}

static void add_zsh_option(struct script *script, const char *name, const struct option_row *row)
{
    (void)name;
    const char letter[] = {'-', row->letter, '\0'};
    char *rest = zsh_rest(script, row), *option = xasprintf("--%s", row->name);
    add_zsh_specification(script, option, rest);
    if (row->letter)
        add_zsh_specification(script, letter, rest);
    free(option);
    free(rest);
}

static void add_zsh_table(struct script *script, const char *name, const struct option_table *table)
{
    strbuf_addf(&script->out, "    ('%s')\n        _arguments -S :", name);
    for_each_option(script, name, table, add_zsh_option);
    if (table->operand.kind != OPERAND_NONE)
        strbuf_addf(&script->out, " \\\n            '*:%s:%s'",
                    messages_text(script->messages, table->operand.name),
                    table->operand.kind == OPERAND_FILES ? "_files" : " ");
    strbuf_add(&script->out, " ;;\n");
}

char *option_completion_zsh(const struct messages *messages, const struct option_table *program)
{
    struct script script = {.messages = messages};
    strbuf_add(&script.out, "_pasapas_commands() {\n    local -a commands=(");
    for (const struct subcommand *command = program->subcommands; command->name; command++) {
        char *item = xasprintf("%s:%s", command->name, messages_text(messages, command->summary));
        strbuf_add(&script.out, "\n        ");
        add_quoted(&script, item);
        free(item);
    }
    strbuf_addf(&script.out, "\n    )\n    _describe -t commands %s commands\n}\n\n",
                messages_text(messages, MSG_VALUE_COMMAND));
    strbuf_add(&script.out, "_pasapas_arguments() {\n    case $1 in\n");
    for_each_table(&script, program, add_zsh_table);
    strbuf_add(&script.out, "    esac\n}\n");
    return strbuf_take(&script.out);
}

/* --- fish ------------------------------------------------------------------------------------- */

static void add_fish_quoted(struct script *script, const char *text)
{
    char *inside = escape(text, "'\\", "\\");
    strbuf_addf(&script->out, "'%s'", inside);
    free(inside);
}

/* 'auto\t"…" half\t"…"', which fish reads once more as words. */
static void add_fish_choices(struct script *script, const struct option_choice *choices)
{
    struct strbuf words = {0};
    for (; choices->word; choices++) {
        char *meaning = escape(messages_text(script->messages, choices->meaning), "\"\\$", "\\");
        strbuf_addf(&words, "%s%s\\t\"%s\"", words.length ? " " : "", choices->word, meaning);
        free(meaning);
    }
    strbuf_add(&script->out, " -x -a ");
    add_fish_quoted(script, words.text);
    strbuf_free(&words);
}

static void add_fish_option(struct script *script, const char *name, const struct option_row *row)
{
    char *help = option_row_help(script->messages, row);
    strbuf_addf(&script->out, "complete -c pasapas -n '__pasapas_in \"%s\"' -l %s", name,
                row->name);
    if (row->letter)
        strbuf_addf(&script->out, " -s %c", row->letter);
    if (row->choices)
        add_fish_choices(script, row->choices);
    else if (listed(row))
        strbuf_addf(&script->out, "%s -a '(__pasapas_list %s)'",
                    row->kind == OPTION_KIND_FILE ? " -r -F" : " -x", listed(row));
    else if (option_row_has_value(row))
        strbuf_add(&script->out, row->kind == OPTION_KIND_FILE ? " -r -F" : " -x");
    strbuf_add(&script->out, " -d ");
    add_fish_quoted(script, help);
    strbuf_add(&script->out, "\n");
    free(help);
}

static void add_fish_table(struct script *script, const char *name,
                           const struct option_table *table)
{
    for_each_option(script, name, table, add_fish_option);
    if (table->operand.kind == OPERAND_FILES)
        strbuf_addf(&script->out, "complete -c pasapas -n '__pasapas_in \"%s\"' -F\n", name);
}

char *option_completion_fish(const struct messages *messages, const struct option_table *program)
{
    struct script script = {.messages = messages};
    for (const struct subcommand *command = program->subcommands; command->name; command++) {
        strbuf_addf(&script.out, "complete -c pasapas -n __pasapas_is_first -a %s -d ",
                    command->name);
        add_fish_quoted(&script, messages_text(messages, command->summary));
        strbuf_add(&script.out, "\n");
    }
    for_each_table(&script, program, add_fish_table);
    return strbuf_take(&script.out);
}

/* --- the plain list --------------------------------------------------------------------------- */

static void add_list_row(struct script *script, const char *name, const struct option_row *row)
{
    strbuf_addf(&script->out, "%s\t--%s\t", *name ? name : "-", row->name);
    for (const struct option_choice *choice = row->choices; choice && choice->word; choice++)
        strbuf_addf(&script->out, "%s%s", choice == row->choices ? "" : " ", choice->word);
    strbuf_add(&script->out, "\n");
}

static void add_list_table(struct script *script, const char *name,
                           const struct option_table *table)
{
    for_each_option(script, name, table, add_list_row);
}

char *option_completion_list(const struct messages *messages, const struct option_table *program)
{
    struct script script = {.messages = messages};
    for_each_table(&script, program, add_list_table);
    return strbuf_take(&script.out);
}
