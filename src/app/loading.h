/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loading: the voice pack and the guide of a session, and whether the guide has the place that was
 * asked for. Mistakes are told on standard error; the functions return exit codes (app/cli.h).
 *
 * Thread: main.
 */
#ifndef PASAPAS_APP_LOADING_H
#define PASAPAS_APP_LOADING_H

#include "app/cli.h"

struct guide;
struct pack;

/* The pack in a folder, the guide in a file. */
int loading_read_pack(const struct messages *messages, const char *folder, struct pack **ret_pack);
int loading_read_guide(const struct messages *messages, const char *file, struct guide **ret_guide);

/* One of many guides: to be freed, or NULL if it has a mistake, which is told in one line: the
 * others do without it. */
struct guide *loading_usable_guide(const struct cli *cli, const char *file);

/* The pack that was asked for by id or path; NULL: the usual one (model/pack_choice.h). */
int loading_pack(const struct cli *cli, const char *asked, struct pack **ret_pack);

/* Says that no guide has this name, and which ones are near. Returns CLI_USAGE. */
int loading_no_guide(const struct cli *cli, const char *name);

/* Whether the guide has this path, section and step: ids, or NULL. A wrong one is told with
 * those that are near. */
int loading_check_place(const struct cli *cli, const struct guide *guide, const char *path,
                        const char *section, const char *step);

#endif
