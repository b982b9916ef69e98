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
/* The same with Chromium, told to show its controls to pasapas-page: it asks whether anybody looks
 * only when it starts. One that runs already opens it as it was started. For a program that is
 * about to end: the environment changes. */
int open_page_in_chromium(const char *path);

#endif
