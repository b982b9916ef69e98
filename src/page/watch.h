/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * watch: tells when the focus comes to a label, and when the page gives way while it is there,
 * which is how pressing looks from outside.
 *
 * It waits for events of the browser and asks for nothing in between. Of what gets the focus it
 * asks as browser.h does; a name that is not the label is dropped at once. Thread: main. Only there
 * where configure found libdbus.
 */
#ifndef PASAPAS_PAGE_WATCH_H
#define PASAPAS_PAGE_WATCH_H

#include <stdbool.h>

struct atspi;
struct atspi_event;

enum watch_news { WATCH_NOTHING, WATCH_REACHED, WATCH_PRESSED };

struct watch {
    char *label; /* NULL: nothing is watched for */
    bool there;  /* the label had the focus last */
};

/* Watches for the label, or for nothing (NULL). 0, or -1: the bus does not answer. */
int watch_for(struct watch *watch, struct atspi *bus, const char *label);
/* Takes an event of atspi_next_event(). */
enum watch_news watch_take(struct watch *watch, struct atspi *bus, const struct atspi_event *event);

#endif
