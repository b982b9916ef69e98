/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * open_page: has the desktop open a file with the program that the user likes for it (xdg-open).
 * Thread: main.
 */
#ifndef PASAPAS_APP_OPEN_PAGE_H
#define PASAPAS_APP_OPEN_PAGE_H

/* Begins to open it and waits for nothing: a browser may stay open for hours. What becomes of it is
 * the desktop's; the program is nobody's child, has no terminal (Ctrl-C at ours does not end it)
 * and none of our descriptors. -1 with errno if there is no such program. */
int open_page(const char *path);

#endif
