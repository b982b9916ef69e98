/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * open_page: has the desktop open a file with the program that the user likes for it (xdg-open).
 * Thread: main.
 */
#ifndef PASAPAS_APP_OPEN_PAGE_H
#define PASAPAS_APP_OPEN_PAGE_H

/* Begins to open it and waits for nothing; what becomes of it is the desktop's. The program is
 * nobody's child, has no terminal and none of our descriptors. */
void open_page(const char *path);

#endif
