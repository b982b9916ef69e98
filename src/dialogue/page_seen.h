/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_seen: what the companion saw of the browser's page, as a dialogue is told it. */
#ifndef PASAPAS_DIALOGUE_PAGE_SEEN_H
#define PASAPAS_DIALOGUE_PAGE_SEEN_H

#include "page/page_control.h"

#include <stdbool.h>

enum page_seen_kind {
    PAGE_SEEN_LOOKING, /* it takes more than a moment */
    PAGE_SEEN_SILENT,  /* no browser, or no answer in time */
    PAGE_SEEN_MISSING, /* there is no companion to be asked */
    PAGE_SEEN_ANSWER,
    /* Of what is watched for: the focus came to it; it had the focus when the page gave way. */
    PAGE_SEEN_REACHED,
    PAGE_SEEN_PRESSED
};

struct page_seen {
    enum page_seen_kind kind;
    bool moved;                    /* the focus was to be moved to the label */
    bool found;                    /* the label is on the page */
    enum page_direction direction; /* if it is; unless moved */
    enum page_role role;           /* of what has the focus; unless moved */
    const char *name;              /* of the same, or ""; of what is watched for, its label */
};

#endif
