/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view: the page for those who look on, from the back of a room: what app/live_state.h says, in
 * large letters, in a browser on this machine. The page's files are data (data/view), its words the
 * voice pack's: {{key}} stands for the message of that key, {{lang}} for the pack's language.
 * Thread: main.
 */
#ifndef PASAPAS_APP_VIEW_H
#define PASAPAS_APP_VIEW_H

#include "app/view_server.h"

#include <stdbool.h>

struct cli;
struct pack;
struct view;

/* Serves the page. NULL once it was told why it cannot be: the session does without. */
struct view *view_open(const struct cli *cli, struct event_loop *loop, const struct pack *pack);
void view_close(struct view *view); /* accepts NULL */

const char *view_address(const struct view *view);

/* Has the desktop open the page, and waits for nothing. The address stands in a file of the
 * learner's own and in no command line, which others could read. */
void view_show(struct view *view);

/* The picture that is shown from now on: `name` in the folder of the guide's `file`; NULL: none.
 * Read only when it changes; one that cannot be used is not shown. Before the state that names it.
 */
void view_set_picture(struct view *view, const char *file, const char *name);
/* A new state, one line of JSON. */
void view_send(struct view *view, const char *json);
/* True if somebody looks on. */
bool view_is_watched(const struct view *view);

#endif
