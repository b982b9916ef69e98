/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * atspi: the few calls of AT-SPI that we need, by D-Bus (libdbus).
 *
 * Not by libatspi: it takes signals of the browser in the middle of its own calls, asks then for
 * more, and waits for ever for its own lock while a page is being made. It also fetches the names
 * of everything at once. Here each call is one message with one answer, nothing is kept, only the
 * events of atspi_listen() are subscribed to, and no call takes longer than ATSPI_CALL_MS.
 *
 * Thread: one at a time. Only there where configure found libdbus.
 */
#ifndef PASAPAS_PAGE_ATSPI_H
#define PASAPAS_PAGE_ATSPI_H

#include <stdbool.h>
#include <stddef.h>

#define ATSPI_CALL_MS 500

/* Numbers of the protocol (atspi-constants.h of at-spi2-core; they never change). */
enum atspi_role {
    ATSPI_CHECK_BOX = 7,
    ATSPI_CHECK_MENU_ITEM = 8,
    ATSPI_COMBO_BOX = 11,
    ATSPI_DATE_EDITOR = 12,
    ATSPI_INTERNAL_FRAME = 28,
    ATSPI_MENU_ITEM = 35,
    ATSPI_PAGE_TAB = 37,
    ATSPI_PASSWORD_TEXT = 40,
    ATSPI_PUSH_BUTTON = 43,
    ATSPI_RADIO_BUTTON = 44,
    ATSPI_RADIO_MENU_ITEM = 45,
    ATSPI_SPIN_BUTTON = 52,
    ATSPI_TOGGLE_BUTTON = 62,
    ATSPI_ENTRY = 79,
    ATSPI_DOCUMENT_FRAME = 82,
    ATSPI_LINK = 88,
    ATSPI_DOCUMENT_WEB = 95,
    ATSPI_LIST_BOX = 98
};
enum atspi_state {
    ATSPI_ANY_STATE = 0,
    ATSPI_ACTIVE = 1,
    ATSPI_EDITABLE = 7,
    ATSPI_ENABLED = 8,
    ATSPI_FOCUSED = 12,
    ATSPI_SHOWING = 25
};

/* The accessibility bus. */
struct atspi;

/* Something on a screen: whose it is, and its path there. */
struct atspi_ref {
    char *owner, *path;
};
struct atspi_list {
    struct atspi_ref *items;
    size_t count;
};

bool atspi_same(const struct atspi_ref *a, const struct atspi_ref *b);
/* Frees what they hold, and empties them. */
void atspi_ref_clear(struct atspi_ref *ref);
void atspi_list_clear(struct atspi_list *list);
struct atspi_ref atspi_ref_copy(const struct atspi_ref *ref);

/* The bus of this session, or NULL. */
struct atspi *atspi_open(void);
void atspi_close(struct atspi *bus); /* accepts NULL */

/* Functions that return an int return 0, or -1 if there is no answer; then nothing is stored. */

/* All programs of the session; what is right below something. */
int atspi_programs(struct atspi *bus, struct atspi_list *ret_list);
int atspi_children(struct atspi *bus, const struct atspi_ref *of, struct atspi_list *ret_list);
int atspi_parent(struct atspi *bus, const struct atspi_ref *of, struct atspi_ref *ret_parent);
int atspi_index(struct atspi *bus, const struct atspi_ref *of, int *ret_index);

/* All below `top` that has one of the roles (`role_count` 0: any) and the state, in reading order;
 * `most` (0: all) may end it sooner. The other side looks by itself. */
int atspi_below(struct atspi *bus, const struct atspi_ref *top, const int *roles, size_t role_count,
                enum atspi_state state, int most, struct atspi_list *ret_list);

int atspi_role(struct atspi *bus, const struct atspi_ref *of, int *ret_role);
int atspi_has_state(struct atspi *bus, const struct atspi_ref *of, enum atspi_state state,
                    bool *ret_has);
/* To be freed with free(). */
int atspi_name(struct atspi *bus, const struct atspi_ref *of, char **ret_name);
/* The same of up to ATSPI_NAMES_MAX things (NULL: of none) at once, which saves the time between a
 * question and its answer; NULL where there is no answer. */
#define ATSPI_NAMES_MAX 64
void atspi_names(struct atspi *bus, const struct atspi_ref *const *of, size_t count,
                 char **ret_names);
/* "Gecko", "Chromium"…, of a program; to be freed with free(). */
int atspi_toolkit(struct atspi *bus, const struct atspi_ref *program, char **ret_toolkit);
int atspi_grab_focus(struct atspi *bus, const struct atspi_ref *of);

/* Events. Programs are told that we wish for them, and send them until the bus is closed or that is
 * taken back. */
enum atspi_event_kind {
    ATSPI_EVENT_NONE,
    ATSPI_EVENT_FOCUSED, /* something has the focus now */
    ATSPI_EVENT_LOADED   /* a page is there */
};
struct atspi_event {
    enum atspi_event_kind kind;
    struct atspi_ref source; /* to be cleared, unless none */
};
int atspi_listen(struct atspi *bus, bool wished);
/* The next one that came, without waiting; of the kind ATSPI_EVENT_NONE: there is none. -1: the bus
 * is gone. */
int atspi_next_event(struct atspi *bus, struct atspi_event *ret_event);
/* To be watched for reading while atspi_next_event() has none. */
int atspi_fd(struct atspi *bus);

/* org.a11y.Status IsEnabled, on the session's bus; never ScreenReaderEnabled, which starts a screen
 * reader. */
int atspi_get_enabled(bool *ret_enabled);
/* Whether a screen reader is there, as the desktop has it. */
int atspi_get_screen_reader(bool *ret_there);
int atspi_set_enabled(bool enabled);

#endif
