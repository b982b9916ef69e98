/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_companion: `pasapas-page` as a process beside the session, asked where a label is on the
 * browser's page.
 *
 * It is started when something is asked first, and may hang or die: it is ended and started anew.
 * After PAGE_COMPANION_SOON_MS the owner is told that it still looks, after PAGE_COMPANION_LATE_MS
 * that there is no answer. Nothing is kept or written of what it says. It tells by itself when the
 * focus comes to the label that is watched for. While nothing is asked it waits. Thread: main, in
 * the loop.
 */
#ifndef PASAPAS_APP_PAGE_COMPANION_H
#define PASAPAS_APP_PAGE_COMPANION_H

#include "dialogue/page_seen.h"

#include <stdbool.h>

#define PAGE_COMPANION_SOON_MS 1000
#define PAGE_COMPANION_LATE_MS 3000

struct event_loop;
struct page_companion;

/* `seen` and what it points to is for the call only. */
typedef void (*page_companion_sink)(void *context, const struct page_seen *seen);

struct page_companion *page_companion_open(struct event_loop *loop, page_companion_sink sink,
                                           void *context);
void page_companion_close(struct page_companion *companion); /* accepts NULL */

/* Asks where the focus is and where the label (NULL: none; several names of it with tabs between)
 * is; or, `moves`, moves the focus to it. What was asked before is forgotten. */
void page_companion_ask(struct page_companion *companion, const char *label, bool moves);
/* Has this label (or names, as above) watched for, or none (NULL); the sink is told
 * PAGE_SEEN_REACHED and _PRESSED. Who cannot be started tells nothing. */
void page_companion_watch(struct page_companion *companion, const char *label);
/* Forgets what was asked and watched for, and ends the process. */
void page_companion_end(struct page_companion *companion);

#endif
