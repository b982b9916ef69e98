/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guide_list: the guides that can be opened, read once at the start. One that has a mistake is told
 * of in one line and left out.
 *
 * Thread: main.
 */
#ifndef PASAPAS_APP_GUIDE_LIST_H
#define PASAPAS_APP_GUIDE_LIST_H

#include "app/cli.h"

#include <stddef.h>

struct guide;

struct guide_list {
    struct guide **items; /* in the order of search (base/paths.h), each id once */
    size_t count, capacity;
    const struct guide *usual; /* whoever has not chosen and cannot be asked: one that came with the
                                  program, else the first; NULL: there is none */
    char *asked;               /* the file of guide_list_add(), which is not read again; or NULL */
};

/* Reads a guide by its name or path, ahead of all others, with its mistakes told. Exit codes. */
int guide_list_add(struct guide_list *list, const struct cli *cli, const struct messages *messages,
                   const char *name);
/* Reads the rest of what is installed. If nothing can be opened, says why and returns a code. */
int guide_list_load(struct guide_list *list, const struct cli *cli,
                    const struct messages *messages);
/* By its id, or NULL. */
const struct guide *guide_list_find(const struct guide_list *list, const char *id);
void guide_list_free(struct guide_list *list); /* frees what it holds */

#endif
