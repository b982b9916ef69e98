/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options: a command line read by a table. What is told of mistakes is for tests/options.sh. */
#include "base/messages_load.h"
#include "cmd/option_help.h"
#include "cmd/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct values {
    bool flag;
    int number, choice;
    const char *text, *name, *file, *even;
    struct date date;
    struct month month;
};

static const struct option_choice choices[] = {
    {"none", MSG_CHOICE_LISTEN_NONE}, {"some", MSG_CHOICE_LISTEN_TAP}, {.word = NULL}};

static bool is_even(const char *value)
{
    return strlen(value) % 2 == 0;
}

static const struct option_row rows[] = {
    OPTION_HEADING(MSG_HEADING_SOUND),
    OPTION_FLAG("flag", struct values, flag, MSG_OPTION_SHOW),
    OPTION_PRESET("seven", struct values, number, 7, MSG_OPTION_SHOW),
    OPTION_NUMBER("number", struct values, number, -5, 450, MSG_OPTION_RATE),
    OPTION_CHOICE("choice", struct values, choice, choices, MSG_OPTION_LISTEN),
    OPTION_TEXT("text", struct values, text, MSG_VALUE_TEXT, MSG_OPTION_STEP),
    OPTION_NAME("name", struct values, name, MSG_VALUE_NAME, MSG_OPTION_LEARNER),
    OPTION_FILE("file", struct values, file, MSG_VALUE_FILE, MSG_OPTION_OUTPUT),
    OPTION_CHECKED("even", struct values, even, choices, is_even, MSG_OPTION_AUDIO),
    OPTION_DATE("date", struct values, date, MSG_OPTION_TODAY),
    OPTION_MONTH("month", struct values, month, MSG_OPTION_MONTH),
    OPTION_END,
};

static const struct option_table without_operands = {.help = MSG_HELP_SAY, .rows = rows};

static const struct option_table with_operands = {
    .help = MSG_HELP_SAY,
    .rows = rows,
    .operand = {OPERAND_FILES, MSG_VALUE_FILE, true, MSG_VALUE_FILE},
};

/* Up to NULL. */
static int parse(const struct option_table *table, const char *const *arguments,
                 struct values *values, char ***ret_operands)
{
    static char copies[8][64], *argv[9];
    int argc = 0;
    for (; arguments[argc]; argc++) {
        snprintf(copies[argc], sizeof copies[argc], "%s", arguments[argc]);
        argv[argc] = copies[argc];
    }
    argv[argc] = NULL;
    struct messages *messages = messages_load_builtin();
    const struct cli cli = {.messages = messages};
    int code = options_parse(&cli, table, argc, argv, values, ret_operands);
    messages_free(messages);
    return code;
}

#define PARSE(values, ...)                                                                         \
    parse(&without_operands, (const char *const[]){"say", __VA_ARGS__, NULL}, values, NULL)

static void each_kind_goes_into_its_member(void **state)
{
    (void)state;
    struct values values = {0};
    assert_int_equal(PARSE(&values, "--flag", "--number", "450", "--choice=some"), OPTIONS_GO_ON);
    assert_true(values.flag);
    assert_int_equal(values.number, 450);
    assert_int_equal(values.choice, 1);
    assert_int_equal(PARSE(&values, "--text", "", "--name=Zoé", "--even", "ab"), OPTIONS_GO_ON);
    assert_string_equal(values.text, "");
    assert_string_equal(values.name, "Zoé");
    assert_string_equal(values.even, "ab");
    assert_int_equal(PARSE(&values, "--date", "2026-11-23", "--month", "2026-12"), OPTIONS_GO_ON);
    assert_int_equal(values.date.day, 23);
    assert_int_equal(values.month.month, 12);
    assert_int_equal(PARSE(&values, "--seven"), OPTIONS_GO_ON);
    assert_int_equal(values.number, 7);
}

static void what_is_not_given_stays(void **state)
{
    (void)state;
    struct values values = {.number = 3, .choice = -1, .text = "old"};
    assert_int_equal(PARSE(&values, "--flag"), OPTIONS_GO_ON);
    assert_int_equal(values.number, 3);
    assert_int_equal(values.choice, -1);
    assert_string_equal(values.text, "old");
}

static void the_last_one_counts_and_a_beginning_is_enough(void **state)
{
    (void)state;
    struct values values = {0};
    assert_int_equal(PARSE(&values, "--number", "1", "--num", "2"), OPTIONS_GO_ON);
    assert_int_equal(values.number, 2);
}

static void wrong_values_are_refused_and_not_taken(void **state)
{
    (void)state;
    static const char *const wrong[] = {"--number=451",
                                        "--number=-6",
                                        "--number=",
                                        "--number=1x",
                                        "--choice=",
                                        "--choice=so",
                                        "--name=",
                                        "--even=abc",
                                        "--date=2026-2",
                                        "--month=2026-11-1",
                                        "--number=1e2",
                                        "--number=99999999999999999999",
                                        "--flag=1",
                                        "--nothing",
                                        "--n",
                                        "-x",
                                        "-xy",
                                        "word",
                                        "--month=2026-13",
                                        "--number"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct values values = {.number = 3, .choice = -1};
        assert_int_equal(PARSE(&values, wrong[i]), CLI_USAGE);
        assert_int_equal(values.number, 3);
        assert_int_equal(values.choice, -1);
        assert_null(values.name);
        assert_null(values.even);
    }
}

static void operands_are_handed_out(void **state)
{
    (void)state;
    struct values values = {0};
    char **operands = NULL;
    const char *const arguments[] = {"say", "a", "--flag", "--", "--b", NULL};
    assert_int_equal(parse(&with_operands, arguments, &values, &operands), OPTIONS_GO_ON);
    assert_true(values.flag);
    assert_string_equal(operands[0], "a");
    assert_string_equal(operands[1], "--b");
    assert_null(operands[2]);
    const char *const none[] = {"say", "--flag", NULL};
    operands = NULL;
    assert_int_equal(parse(&with_operands, none, &values, &operands), CLI_USAGE);
    assert_null(operands);
}

static void what_is_required_must_be_there(void **state)
{
    (void)state;
    static const struct option_row required_rows[] = {
        OPTION_REQUIRED_FILE("ics", struct values, file, MSG_VALUE_FILE, MSG_OPTION_ICS),
        OPTION_END,
    };
    static const struct option_table required = {.help = MSG_HELP_SAY, .rows = required_rows};
    struct values values = {0};
    const char *const given[] = {"say", "--ics", "x", NULL}, *const absent[] = {"say", NULL};
    const char *const empty[] = {"say", "--ics=", NULL};
    assert_int_equal(parse(&required, absent, &values, NULL), CLI_USAGE);
    assert_int_equal(parse(&required, empty, &values, NULL), CLI_USAGE);
    assert_int_equal(parse(&required, given, &values, NULL), OPTIONS_GO_ON);
}

static void help_has_usage_ranges_and_choices(void **state)
{
    (void)state;
    struct messages *messages = messages_load_builtin();
    char *help = option_help(messages, &with_operands, "say");
    assert_ptr_equal(strstr(help, "pasapas say [options] FICHIER…\n"), help);
    assert_non_null(strstr(help, "\n--number N             la vitesse, de -5 à 450 mots"));
    assert_non_null(strstr(help, "quand écouter : none (jamais) ou some ("));
    assert_non_null(strstr(help, "\n-h, --help "));
    free(help);
    messages_free(messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_goes_into_its_member),
        cmocka_unit_test(what_is_not_given_stays),
        cmocka_unit_test(the_last_one_counts_and_a_beginning_is_enough),
        cmocka_unit_test(wrong_values_are_refused_and_not_taken),
        cmocka_unit_test(operands_are_handed_out),
        cmocka_unit_test(what_is_required_must_be_there),
        cmocka_unit_test(help_has_usage_ranges_and_choices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
