/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/options.h"

#include "base/mem.h"
#include "base/person_name.h"
#include "base/strbuf.h"
#include "cmd/option_help.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What getopt_long() returns for the row at index 0: above all letters. */
#define FIRST_ROW 256

struct parser {
    const struct cli *cli;
    const struct option_table *table;
    char **argv;
    char *target;
    struct option *names; /* for getopt_long() */
    struct strbuf letters;
};

/* --- values ----------------------------------------------------------------------------------- */

/* Each stores a value in the member at `member`: 0, or -1 if it cannot be used. */

static int take_flag(const struct option_row *row, const char *value, void *member)
{
    (void)row;
    (void)value;
    *(bool *)member = true;
    return 0;
}

static int take_preset(const struct option_row *row, const char *value, void *member)
{
    (void)value;
    *(int *)member = row->minimum;
    return 0;
}

static int take_text(const struct option_row *row, const char *value, void *member)
{
    if (row->accepts && !row->accepts(value))
        return -1;
    *(const char **)member = value;
    return 0;
}

static int take_name(const struct option_row *row, const char *value, void *member)
{
    char *tidy = person_name_tidy(value);
    const bool said = *tidy && person_name_is_clean(value);
    free(tidy);
    return said ? take_text(row, value, member) : -1;
}

static int take_number(const struct option_row *row, const char *value, void *member)
{
    char *end;
    errno = 0;
    const long number = strtol(value, &end, 10);
    if (end == value || *end || errno || number < row->minimum || number > row->maximum)
        return -1;
    *(int *)member = (int)number;
    return 0;
}

static int take_choice(const struct option_row *row, const char *value, void *member)
{
    for (int i = 0; row->choices[i].word; i++) {
        if (strcmp(value, row->choices[i].word))
            continue;
        *(int *)member = i;
        return 0;
    }
    return -1;
}

static int take_date(const struct option_row *row, const char *value, void *member)
{
    (void)row;
    return date_parse(value, member);
}

static int take_month(const struct option_row *row, const char *value, void *member)
{
    (void)row;
    return month_parse(value, member);
}

typedef int (*taker)(const struct option_row *row, const char *value, void *member);

static const taker takers[OPTION_KIND_COUNT] = {
    [OPTION_KIND_FLAG] = take_flag,     [OPTION_KIND_PRESET] = take_preset,
    [OPTION_KIND_TEXT] = take_text,     [OPTION_KIND_NAME] = take_name,
    [OPTION_KIND_FILE] = take_text,     [OPTION_KIND_NUMBER] = take_number,
    [OPTION_KIND_CHOICE] = take_choice, [OPTION_KIND_DATE] = take_date,
    [OPTION_KIND_MONTH] = take_month,
};

/* --- getopt_long() ---------------------------------------------------------------------------- */

static void open_parser(struct parser *parser)
{
    size_t count = 0, used = 0;
    const struct option_row *row;
    while (option_table_row(parser->table, count))
        count++;
    parser->names = xcalloc(count + 1, sizeof *parser->names);
    strbuf_add(&parser->letters, ":");
    for (size_t i = 0; (row = option_table_row(parser->table, i)); i++) {
        if (row->kind == OPTION_KIND_HEADING)
            continue;
        const bool has_value = option_row_has_value(row);
        parser->names[used++] = (struct option){
            row->name, has_value ? required_argument : no_argument, NULL, FIRST_ROW + (int)i};
        if (row->letter)
            strbuf_addf(&parser->letters, "%c%s", row->letter, has_value ? ":" : "");
    }
}

/* NULL for what getopt_long() could not use. */
static const struct option_row *find_row(const struct parser *parser, int code)
{
    const struct option_row *row;
    if (code >= FIRST_ROW)
        return option_table_row(parser->table, (size_t)(code - FIRST_ROW));
    for (size_t i = 0; (row = option_table_row(parser->table, i)); i++)
        if (row->letter && row->letter == code)
            return row;
    return NULL;
}

/* --- what was given --------------------------------------------------------------------------- */

/* The argument with the letter `letter`: getopt_long() is past it if that was the last one. */
static const char *argument_of_letter(char **argv, int letter)
{
    const char *last = argv[optind - 1];
    const bool is_past = last[0] == '-' && last[1] != '-' && last[strlen(last) - 1] == (char)letter;
    return is_past || !argv[optind] ? last : argv[optind];
}

static int tell_bad_option(const struct parser *parser)
{
    const bool is_letter = optopt && optopt < FIRST_ROW;
    cli_error(parser->cli, MSG_CLI_BAD_OPTION, "option",
              is_letter ? argument_of_letter(parser->argv, optopt) : parser->argv[optind - 1]);
    return CLI_USAGE;
}

static int print_help(const struct parser *parser)
{
    char *help = option_help(parser->cli->messages, parser->table, parser->argv[0]);
    fputs(help, stdout);
    free(help);
    return cli_finish(parser->cli);
}

static int print_version(const struct parser *parser)
{
    cli_print(parser->cli, MSG_CLI_VERSION, "version", PACKAGE_VERSION);
    return cli_finish(parser->cli);
}

static int take(const struct parser *parser, const struct option_row *row, const char *value)
{
    if (row->kind == OPTION_KIND_HELP)
        return print_help(parser);
    if (row->kind == OPTION_KIND_VERSION)
        return print_version(parser);
    if (!takers[row->kind](row, value, parser->target + row->member))
        return OPTIONS_GO_ON;
    if (row->kind == OPTION_KIND_NAME && !person_name_is_clean(value)) {
        cli_error(parser->cli, MSG_NAME_INVISIBLE);
        return CLI_USAGE;
    }
    char *name = xasprintf("--%s", row->name);
    int code = cli_bad_value(parser->cli, name, value);
    free(name);
    return code;
}

static int take_all(const struct parser *parser, int argc)
{
    opterr = 0;
    optind = 0; /* start afresh (GNU) */
    for (int code; (code = getopt_long(argc, parser->argv, parser->letters.text, parser->names,
                                       NULL)) != -1;) {
        const struct option_row *row = find_row(parser, code);
        if (!row)
            return tell_bad_option(parser);
        code = take(parser, row, optarg);
        if (code != OPTIONS_GO_ON)
            return code;
    }
    return OPTIONS_GO_ON;
}

/* --- what was not given ----------------------------------------------------------------------- */

static bool has_text(const void *member)
{
    const char *text = *(const char *const *)member;
    return text && *text;
}

static int check_required(const struct parser *parser)
{
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(parser->table, i)); i++) {
        if (!row->is_required || has_text(parser->target + row->member))
            continue;
        char *name = xasprintf("--%s", row->name);
        int code = cli_missing(parser->cli, name);
        free(name);
        return code;
    }
    return OPTIONS_GO_ON;
}

static int check_operands(const struct parser *parser, char *const *operands)
{
    const struct operand *operand = &parser->table->operand;
    if (operand->kind == OPERAND_NONE && *operands)
        return cli_superfluous(parser->cli, *operands);
    if (operand->is_required && !*operands)
        return cli_missing(parser->cli, messages_text(parser->cli->messages, operand->missing));
    return OPTIONS_GO_ON;
}

int options_parse(const struct cli *cli, const struct option_table *table, int argc, char **argv,
                  void *ret_target, char ***ret_operands)
{
    struct parser parser = {.cli = cli, .table = table, .argv = argv, .target = ret_target};
    open_parser(&parser);
    int code = take_all(&parser, argc);
    if (code == OPTIONS_GO_ON)
        code = check_operands(&parser, argv + optind);
    if (code == OPTIONS_GO_ON)
        code = check_required(&parser);
    if (code == OPTIONS_GO_ON && ret_operands)
        *ret_operands = argv + optind;
    free(parser.names);
    strbuf_free(&parser.letters);
    return code;
}
