/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_server: a few pages and one stream of states, for browsers on this machine alone.
 *
 * It listens on 127.0.0.1 at a port that the system gives, below a path that cannot be guessed, and
 * answers only who asks for it by that name and that path: another site that a browser shows cannot
 * read it, nor another user of the machine. It takes nothing: what a browser sends is not looked
 * at.
 *
 * It works in the main thread, inside the event loop, and never waits: who reads slowly misses
 * states in between, never the newest one. At most VIEW_SERVER_CLIENTS follow at a time. Thread:
 * main.
 */
#ifndef PASAPAS_APP_VIEW_SERVER_H
#define PASAPAS_APP_VIEW_SERVER_H

#include <stddef.h>

struct event_loop;
struct view_server;

#define VIEW_SERVER_CLIENTS 16

/* Beside it there are "events", the stream, "state", the state alone, and "picture". */
struct view_page {
    const char *name; /* in the address; "" for the first one */
    const char *type; /* of its content */
    char *body;       /* owned by who opens the server, and valid as long as it is open */
    size_t size;
};

enum view_opening { VIEW_OPENED, VIEW_NOT_BUILT, VIEW_NO_PORT };

enum view_opening view_server_open(struct event_loop *loop, const struct view_page *pages,
                                   size_t count, struct view_server **ret_server);
/* Tells all who follow that it is over. Accepts NULL. */
void view_server_close(struct view_server *server);

/* "http://127.0.0.1:PORT/TOKEN/"; valid as long as the server. */
const char *view_server_address(const struct view_server *server);

/* Sends a state, one line of JSON (copied), to all who follow; not again what was sent last. */
void view_server_send(struct view_server *server, const char *json);

/* What "picture" is from now on, of a type of content; copied. NULL: there is none. Before the
 * state that tells of it is sent. */
void view_server_set_picture(struct view_server *server, const char *type, const char *bytes,
                             size_t size);

/* How many follow just now. */
size_t view_server_clients(const struct view_server *server);

#endif
