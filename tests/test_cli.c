/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli: what subcommands print, with what it ends, and where the output cannot be written. */
#include "app/cli.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "support/store.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct messages *messages;

/* What is done with standard output led to `fd`: its result, and what went to standard error.
 * Nothing may fail meanwhile: what cmocka prints would be lost. */
static int led_to(int fd, int (*act)(const struct cli *cli), char ret_errors[1000])
{
    const struct cli cli = {messages};
    FILE *errors = tmpfile();
    const int output = dup(STDOUT_FILENO), error = dup(STDERR_FILENO);
    fflush(stdout);
    dup2(fd, STDOUT_FILENO);
    dup2(fileno(errors), STDERR_FILENO);
    const int result = act(&cli);
    clearerr(stdout);
    dup2(output, STDOUT_FILENO);
    dup2(error, STDERR_FILENO);
    close(output);
    close(error);
    rewind(errors);
    const size_t got = fread(ret_errors, 1, 999, errors);
    ret_errors[got] = '\0';
    fclose(errors);
    return result;
}

static int answer(const struct cli *cli)
{
    cli_print(cli, MSG_CLI_MISSING, "what", "a\033[2Jb\nc");
    return cli_finish(cli);
}

static void what_is_printed_cannot_drive_a_terminal(void **state)
{
    char errors[1000], text[1000];
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    const int result = led_to(ends[1], answer, errors);
    close(ends[1]);
    const ssize_t got = read(ends[0], text, sizeof text - 1);
    close(ends[0]);
    assert_true(got > 0);
    text[got] = '\0';
    assert_int_equal(result, CLI_OK);
    assert_string_equal(errors, "");
    assert_null(strchr(text, '\033'));
    assert_ptr_equal(strchr(text, '\n'), text + got - 1);
}

static void a_full_disk_is_told(void **state)
{
    char errors[1000];
    (void)state;
    const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_true(full >= 0);
    const int result = led_to(full, answer, errors);
    close(full);
    assert_int_equal(result, CLI_FAILED);
    assert_non_null(strstr(errors, "le disque est plein"));
}

static void a_reader_that_left_is_no_error(void **state)
{
    char errors[1000];
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    const int result = led_to(ends[1], answer, errors);
    signal(SIGPIPE, SIG_DFL);
    close(ends[1]);
    assert_int_equal(result, CLI_OK);
    assert_string_equal(errors, "");
}

static int bad_value(const struct cli *cli)
{
    return cli_bad_value(cli, "--rate", "\033x");
}

static int missing(const struct cli *cli)
{
    return cli_missing(cli, "un nom");
}

static int superfluous(const struct cli *cli)
{
    return cli_superfluous(cli, "encore");
}

static int cannot_start(const struct cli *cli)
{
    return cli_cannot_start(cli, EMFILE);
}

static void mistakes_are_told_on_standard_error(void **state)
{
    static const struct {
        int (*act)(const struct cli *cli);
        int code;
        const char *told;
    } cases[] = {
        {bad_value, CLI_USAGE, "--rate"},
        {missing, CLI_USAGE, "un nom"},
        {superfluous, CLI_USAGE, "encore"},
        {cannot_start, CLI_FAILED, "Erreur"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char errors[1000];
        assert_int_equal(led_to(STDOUT_FILENO, cases[i].act, errors), cases[i].code);
        if (!strstr(errors, cases[i].told) || strchr(errors, '\033'))
            fail_msg("« %s » is not in « %s »", cases[i].told, errors);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_cannot_drive_a_terminal),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(a_reader_that_left_is_no_error),
        cmocka_unit_test(mistakes_are_told_on_standard_error),
    };
    messages = messages_load_builtin();
    const int result = cmocka_run_group_tests(tests, NULL, NULL);
    messages_free(messages);
    return result;
}
