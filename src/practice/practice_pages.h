/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * practice_pages: pages on which a guide can be rehearsed, as HTML (practice_walk.h says what a
 * section becomes).
 *
 * They hold the guide's labels, titles, questions and simple texts, and words of the voice pack;
 * each says that it is for practice. They need no script and nothing from elsewhere: links and
 * forms lead to each other by file name, and what is typed bears no name, so that it goes nowhere,
 * not even into an address. A private field is filled with something invented and cannot be typed
 * in. Pure. Thread: any.
 */
#ifndef PASAPAS_PRACTICE_PRACTICE_PAGES_H
#define PASAPAS_PRACTICE_PRACTICE_PAGES_H

#include <stddef.h>

struct guide;
struct messages;

/* The name of the page to begin with. */
#define PRACTICE_FIRST_NAME "index.html"

struct practice {
    const struct guide *guide;
    const struct messages *messages;
    const char *language; /* of guide and messages, BCP 47 */
    const char *path;     /* id of the one wanted, or NULL */
    const char *section;  /* id of the one wanted, or NULL */
};

/*
 * Makes every page and the style sheet, and hands each to `take`: its name (small letters, digits,
 * dots and dashes; one never comes twice) and its text, both valid during the call only. Ends at
 * once when `take` returns other than 0, and returns that; else 0. `path` and `section` must be in
 * the guide.
 */
int practice_make(const struct practice *practice,
                  int (*take)(void *context, const char *name, const char *text, size_t length),
                  void *context);

#endif
