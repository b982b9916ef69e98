/*
 * cli: what the program and its subcommands share on the command line.
 *
 * A subcommand is one file, cmd_NAME.c, with one function, listed in cli_subcommands (main.c's
 * table). Answers go to standard output, errors to standard error; all words come from messages.
 * Thread: main.
 */
#ifndef PASAPAS_APP_CLI_H
#define PASAPAS_APP_CLI_H

#include "base/messages.h"

enum cli_exit { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

struct cli {
    const struct messages *messages; /* the built-in French, or the pack of --voice */
};

/* Runs a subcommand: argv[0] is its name, getopt_long() starts afresh. Returns an exit code. */
typedef int (*cli_function)(const struct cli *cli, int argc, char **argv);

int cmd_calibrate(const struct cli *cli, int argc, char **argv);
int cmd_check(const struct cli *cli, int argc, char **argv);
int cmd_devices(const struct cli *cli, int argc, char **argv);
int cmd_guides(const struct cli *cli, int argc, char **argv);
int cmd_listen(const struct cli *cli, int argc, char **argv);
int cmd_progress(const struct cli *cli, int argc, char **argv);
int cmd_pronounce(const struct cli *cli, int argc, char **argv);
int cmd_reminders(const struct cli *cli, int argc, char **argv);
int cmd_reset(const struct cli *cli, int argc, char **argv);
int cmd_run(const struct cli *cli, int argc, char **argv); /* no subcommand: the assistant */
int cmd_say(const struct cli *cli, int argc, char **argv);
int cmd_sound_check(const struct cli *cli, int argc, char **argv);
int cmd_tell(const struct cli *cli, int argc, char **argv);
int cmd_voices(const struct cli *cli, int argc, char **argv);

/* Prints a message on standard output or standard error, with its line end. */
#define cli_print(...) cli_print_pairs(__VA_ARGS__, (const char *)NULL)
void cli_print_pairs(const struct cli *cli, enum message id, ...) __attribute__((sentinel));
#define cli_error(...) cli_error_pairs(__VA_ARGS__, (const char *)NULL)
void cli_error_pairs(const struct cli *cli, enum message id, ...) __attribute__((sentinel));

/*
 * What getopt_long() could not use, to be called on '?' or ':' with opterr 0: says which option is
 * unknown or lacks its value and how to get help. Returns CLI_USAGE.
 */
int cli_bad_option(const struct cli *cli, char **argv);

/*
 * For a subcommand without options of its own: prints `help` if --help (or -h) is given. Returns
 * an exit code, or -1 to go on; the arguments then start at argv[optind].
 */
int cli_help_only(const struct cli *cli, int argc, char **argv, enum message help);

/* Says that an argument is missing or superfluous or has a wrong value. Returns CLI_USAGE. */
int cli_bad_value(const struct cli *cli, const char *option, const char *value);
int cli_missing(const struct cli *cli, const char *what);
int cli_superfluous(const struct cli *cli, const char *argument);

/* Flushes standard output: CLI_OK, or CLI_FAILED after saying that it could not be written (a full
 * disk). A closed pipe is no error. Every subcommand that prints an answer ends with it. */
int cli_finish(const struct cli *cli);

#endif
