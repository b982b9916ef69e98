/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli: what the program and its subcommands share on the command line.
 *
 * Answers go to standard output, errors to standard error; all words come from messages. Thread:
 * main.
 */
#ifndef PASAPAS_APP_CLI_H
#define PASAPAS_APP_CLI_H

#include "base/messages.h"

enum cli_exit { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

struct cli {
    const struct messages *messages; /* the built-in French, or the pack of --voice */
};

/* Prints a message on standard output or standard error, with its line end. What it is given from
 * outside (names, values of options) cannot drive the terminal and begins no line. */
#define cli_print(...) cli_print_pairs(__VA_ARGS__, (const char *)NULL)
void cli_print_pairs(const struct cli *cli, enum message id, ...) __attribute__((sentinel));
#define cli_error(...) cli_error_pairs(__VA_ARGS__, (const char *)NULL)
void cli_error_pairs(const struct cli *cli, enum message id, ...) __attribute__((sentinel));

/* Says that an argument is missing or superfluous or has a wrong value. Returns CLI_USAGE. */
int cli_bad_value(const struct cli *cli, const char *option, const char *value);
int cli_missing(const struct cli *cli, const char *what);
int cli_superfluous(const struct cli *cli, const char *argument);

/* Says that the program cannot start for want of something of the system's (an errno). Returns
 * CLI_FAILED. */
int cli_cannot_start(const struct cli *cli, int error);

/* Flushes standard output: CLI_OK, or CLI_FAILED after saying that it could not be written (a full
 * disk). A closed pipe is no error. Every subcommand that prints an answer ends with it. */
int cli_finish(const struct cli *cli);

#endif
