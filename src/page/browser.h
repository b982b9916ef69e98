/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * browser: the page that a browser shows, by AT-SPI: which control has the focus, where a label is.
 *
 * Asked for: the role of controls, their name (never of a password field), whether they are
 * disabled, and which one has the focus. Never asked for: values, the text of fields or of the
 * page, its title or address. What is in a field is not looked into. Nothing is kept between calls.
 *
 * A call to the browser is waited for ATSPI_CALL_MS, a search BROWSER_SEARCH_MS in all; connecting
 * may take longer, so whoever calls sets an alarm. Thread: main. Only there where configure found
 * libdbus.
 */
#ifndef PASAPAS_PAGE_BROWSER_H
#define PASAPAS_PAGE_BROWSER_H

#include "page/page_control.h"

#include <stdbool.h>

#define BROWSER_SEARCH_MS 2500

struct atspi;
struct atspi_ref;

enum browser_answer {
    BROWSER_FOUND,
    BROWSER_ABSENT, /* the page answers, and has no such thing */
    BROWSER_SILENT  /* no browser, no page, or no answer in time */
};

struct browser_control {
    enum page_role role;
    char *name;                    /* "" where there is none to be told; to be freed */
    enum page_direction direction; /* of a search */
};

enum browser_answer browser_focus(struct atspi *bus, struct browser_control *ret_control);
/* What an event came from. What is written in, and what is in it, has no name. */
enum browser_answer browser_look_at(struct atspi *bus, const struct atspi_ref *source,
                                    struct browser_control *ret_control);
/* With `grab`, the focus is then moved there; nothing is pressed. */
enum browser_answer browser_find(struct atspi *bus, const char *label, bool grab,
                                 struct browser_control *ret_control);

#endif
