/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_control: what is known of the controls of a page, and which of them a label means.
 *
 * Names are compared as people hear them (text_fold()): case, accents, spaces and punctuation make
 * no difference. Pure. Thread: any.
 */
#ifndef PASAPAS_PAGE_PAGE_CONTROL_H
#define PASAPAS_PAGE_PAGE_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

/* What has the focus, or can have it. The words are those of page_role_word(). */
enum page_role {
    PAGE_BUTTON,
    PAGE_LINK,
    PAGE_FIELD,
    PAGE_CHECK,  /* a box to be ticked */
    PAGE_CHOICE, /* one of several */
    PAGE_LIST,   /* a list to choose from */
    PAGE_TAB,
    PAGE_MENU,
    PAGE_PASSWORD, /* never named, never searched */
    PAGE_DOCUMENT, /* the page itself: nothing on it has the focus yet */
    PAGE_OTHER,    /* something without a name that we would say */
    PAGE_ROLE_COUNT
};

/* "button", "link", "field"… as it stands in answers. */
const char *page_role_word(enum page_role role);
/* The role of a word: 0; or -1, there is none. */
int page_role_find(const char *word, enum page_role *ret_role);
/* Whether a control of this role may be asked for its name. */
bool page_role_has_name(enum page_role role);

/* Where a control is, in reading order, seen from the focus. */
enum page_direction { PAGE_HERE, PAGE_FORWARD, PAGE_BACKWARD };

/* "here", "forward", "backward". */
const char *page_direction_word(enum page_direction direction);

/* The same for directions. */
int page_direction_find(const char *word, enum page_direction *ret_direction);

struct page_control {
    enum page_role role;
    const char *name; /* NULL: it has none, or it could not be asked for */
    bool usable;      /* not disabled */
};

/* Does a name mean the label, or one of several with tabs between them? */
bool page_name_is(const char *name, const char *label);

/*
 * Which control bears the label (as page_name_is()), or -1. `controls` are in reading order.
 * `focus` is how many of them come before what has the focus; if that is one of them (`focused`),
 * it is controls[focus]. Of several it is the one that has the focus, else the first one after it,
 * else the last one before; one that is disabled only if no other bears the name.
 */
long page_find(const struct page_control *controls, size_t count, size_t focus, bool focused,
               const char *label, enum page_direction *ret_direction);

/* An answer as a line without its end: the parts with a tab between them, each as text_shown()
 * gives it and no longer than PAGE_NAME_MAX characters. NULL ends the parts. To be freed. */
#define PAGE_NAME_MAX 200
char *page_line(const char *const *parts);

#endif
