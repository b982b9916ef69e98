/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * option_man: the lists of the man page (doc/pasapas.1.in), made from the tables of options. Pure.
 * Thread: any.
 */
#ifndef PASAPAS_CMD_OPTION_MAN_H
#define PASAPAS_CMD_OPTION_MAN_H

#include "cmd/option_table.h"

/* The options of the program itself, and the subcommands with theirs, as roff with the macros of
 * man(7). To be freed with free(). */
char *option_man_options(const struct messages *messages, const struct option_table *program);
char *option_man_commands(const struct messages *messages, const struct option_table *program);

#endif
