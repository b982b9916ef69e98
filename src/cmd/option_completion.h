/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * option_completion: what a shell must know to complete a command line, made from the tables of
 * options. data/completions has the scripts that these texts become a part of. Pure. Thread: any.
 */
#ifndef PASAPAS_CMD_OPTION_COMPLETION_H
#define PASAPAS_CMD_OPTION_COMPLETION_H

#include "cmd/option_table.h"

/* Each is a piece of script, to be freed with free(). */
char *option_completion_bash(const struct messages *messages, const struct option_table *program);
char *option_completion_zsh(const struct messages *messages, const struct option_table *program);
char *option_completion_fish(const struct messages *messages, const struct option_table *program);

/* One line for each option: the subcommand's name ("-" for the program itself), a tab, "--NAME",
 * a tab, and its choices between spaces. For tests. */
char *option_completion_list(const struct messages *messages, const struct option_table *program);

#endif
