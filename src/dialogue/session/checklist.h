/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * checklist: marks and what is left of a section, the monthly windows and until when. Facts of the
 * record, and what is said of them.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_CHECKLIST_H
#define PASAPAS_DIALOGUE_SESSION_CHECKLIST_H

#include "dialogue/session/state.h"
#include "model/window.h"

/* The window of a section, or state WINDOW_WRONG_CLOCK and month 0 if it has none. */
struct window session_window(const struct session *session, const struct guide_section *section);
/* The list a section is marked in today: the open month's, else the one without a month. */
struct month session_list_month(const struct session *session, const struct guide_section *section);
/* The mark of the present step in it, or NULL. */
const struct learner_record_mark *session_mark_here(const struct session *session);
/* How many steps of a section are marked, and how many are not. */
void session_count(const struct session *session, const struct guide_section *section,
                   int *ret_marked, int *ret_left);
/* True if the learner is in a monthly section whose window is open and has steps left to mark. */
bool session_is_unfinished(const struct session *session);

char *session_counts_text(const struct session *session, int marked, int left);
/* "Vous avez jusqu'au ..."; NULL if there is no open window. */
char *session_deadline_text(const struct session *session, const struct guide_section *section);

/* Says which steps are left to do, if the list is unfinished. */
void session_say_left(struct session *session);
/* Says which needs of the present section were missing, if any. */
void session_say_missing(struct session *session);
/* Says whether a section's window is open, and until when. */
void session_say_window(struct session *session, const struct guide_section *section);
/* The same for every section that has one. */
void session_say_windows(struct session *session);
/* Says what is open and not done; false if there is nothing. */
bool session_remind(struct session *session);

#endif
